import { describe, expect, it } from '@jest/globals';
import { bodyOf } from '../../test/rehearsal.js';
import { startInProcess, type Request } from '../../test/in-process.js';

const applications = [{ name: 'Web shop' }, { name: 'Café' }];
const list = '/api/5.0/getapplist.do';
const rest = '/appsec/v1/applications';

describe('strictness', () => {
  it.each<[string, string, Request, number, string]>([
    ['an unknown XML call', '/api/5.0/getaplist.do', {}, 404, 'Did you mean "/api/5.0/getapplist.do"?'],
    ['an unknown REST call', '/appsec/v1/nothing', {}, 404, 'The emulated platform has no /appsec/v1/nothing.'],
    ['another case', '/api/5.0/GetAppList.do', {}, 404, 'has no'],
    ['a slash behind an XML call', `${list}/`, {}, 404, 'has no'],
    ['another method', list, { method: 'DELETE' }, 405, `${list} takes GET, POST, not DELETE.`],
    ['an upload with GET', '/api/5.0/uploadlargefile.do', {}, 405, 'takes POST, not GET.'],
    ['an unknown parameter', '/api/5.0/createbuild.do?verson=1', {}, 400, 'createbuild.do does not know "verson" (did you mean "version"?). It takes: app_id, '],
    ['an unknown form field', '/api/5.0/createbuild.do', { form: 'colour=red' }, 400, 'does not know "colour". It takes'],
    ['an unknown REST parameter', `${rest}?colour=red`, {}, 400, 'does not know "colour"'],
    ['a broken escape', `${list}?include_user_info=%zz`, {}, 400, 'The escape "%zz" is not'],
    ['a huge form', list, { form: `a=${'x'.repeat(1024 * 1024)}` }, 413, 'The form is larger than 1048576 bytes.'],
    ['a chunked upload', '/api/5.0/uploadlargefile.do?app_id=1', { method: 'POST' }, 411, 'needs a Content-Length'],
    ['a plus sign in a REST query', `${rest}?name=Web+shop`, {}, 401, 'written as %20, never as +'],
    ['a CONNECT that a proxy handed on', 'example.com:443', { method: 'CONNECT' }, 403, 'this proxy leads to the emulated Veracode hosts'],
    ['a request that a proxy is to forward', 'http://example.com/', {}, 403, 'this proxy leads to the emulated Veracode hosts'],
  ])('refuses %s, and the journal says why', async (_, target, request, status, reason) => {
    const { emulator, ask } = startInProcess({ scenario: { applications } });
    const reply = await ask(target, request);
    expect(reply.status).toBe(status);
    expect(emulator.journal()).toEqual([expect.objectContaining({ status, acted: false, refusal: expect.stringContaining(reason) })]);
    expect(reply.text.replaceAll('\\"', '"').includes(reason)).toBe(status !== 401);
  });

  it.each([
    ['older versions of a call', '/api/4.0/getapplist.do'],
    ['a slash behind a REST collection', `${rest}/?page=0`],
    ['known parameters in both places', `${list}?include_user_info=true`],
  ])('takes %s', async (_, target) => {
    const { ask } = startInProcess({ scenario: { applications } });
    expect((await ask(target)).status).toBe(200);
  });
});

describe('parameters', () => {
  it('come from query and form together, the query first', async () => {
    const { emulator, ask } = startInProcess({ scenario: { applications } });
    const id = emulator.snapshot().applications[0]?.id ?? '';
    const reply = await ask(`/api/5.0/createbuild.do?version=from%20query`, { form: `app_id=${id}&version=from+form` });
    expect(reply.status).toBe(200);
    expect(emulator.snapshot().applications[0]?.builds.map(({ name }) => name)).toEqual(['from query']);
    expect(emulator.journal()[0]?.parameters).toEqual({ app_id: id, version: 'from query' });
  });

  it('of an upload may be Latin-1', async () => {
    const { emulator, ask } = startInProcess({ scenario: { applications } });
    const id = emulator.snapshot().applications[0]?.id ?? '';
    const headers = { 'content-length': '5', 'content-type': 'binary/octet-stream' };
    await ask(`/api/5.0/uploadlargefile.do?app_id=${id}&filename=b+%E9.jar`, { method: 'POST', body: bodyOf('12345'), headers });
    expect(emulator.snapshot().applications[0]?.builds[0]?.files[0]).toMatchObject({ name: 'b é.jar', sizeBytes: 5 });
    expect(emulator.journal()[0]?.bodyBytes).toBe(5);
  });

  it.each([
    ['announces more than it brings', bodyOf('12345'), 'The upload broke off: 5 of 9 bytes arrived.'],
    ['breaks off', bodyOf('1234567890', 5), 'The body broke off after 7 bytes.'],
  ])('an upload that %s leaves no file', async (_, body, refusal) => {
    const { emulator, ask } = startInProcess({ scenario: { applications } });
    const id = emulator.snapshot().applications[0]?.id ?? '';
    const reply = await ask(`/api/5.0/uploadlargefile.do?app_id=${id}&filename=b.jar`, { method: 'POST', body, headers: { 'content-length': '9' } });
    expect(reply.status).toBe(400);
    expect(emulator.snapshot().applications[0]?.builds).toEqual([]);
    expect(emulator.journal()[0]).toMatchObject({ status: 400, acted: false, refusal });
  });
});

describe('401', () => {
  it('is a page on XML calls', async () => {
    const { ask } = startInProcess();
    const reply = await ask(list, { authorization: null });
    expect(reply.status).toBe(401);
    expect(reply.headers['content-type']).toBe('text/html;charset=UTF-8');
    expect(reply.text).toContain('Error Code: 401');
    expect(reply.text).toContain('Request requires HTTP authentication');
  });

  it('is JSON on REST calls, and repeats the conversation id', async () => {
    const { ask } = startInProcess();
    const reply = await ask(rest, { authorization: null });
    expect(reply.headers['content-type']).toBe('application/json;charset=UTF-8');
    expect(JSON.parse(reply.text)).toEqual({ message: reply.headers['x-conversation-id'], http_code: 401, http_status: 'Unauthorized' });
    expect(reply.headers['x-conversation-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('comes before everything else: a stranger learns nothing about calls', async () => {
    const { ask } = startInProcess();
    expect((await ask('/api/5.0/nothing.do', { authorization: null })).status).toBe(401);
  });

  it('comes for expired credentials', async () => {
    const { emulator, ask } = startInProcess({ scenario: { accounts: [{ credentialsExpireInDays: -1 }] } });
    expect((await ask(list)).status).toBe(401);
    expect(emulator.journal()[0]).toMatchObject({ refusal: 'the credentials have expired', account: null });
  });
});

describe('journal', () => {
  it('has every request in order, with times and the account', async () => {
    const { emulator, ask } = startInProcess({ scenario: { applications } });
    await ask(list);
    emulator.advance(60_000);
    await ask(`${rest}?name=Caf%C3%A9`, { host: 'api.veracode.com' });
    const { wallMs } = emulator.journal()[0] ?? { wallMs: 0 };
    expect(emulator.journal()).toEqual([
      {
        sequence: 1,
        wallMs,
        emulatedMs: wallMs,
        method: 'GET',
        host: 'localhost',
        path: list,
        operation: 'getapplist.do',
        parameters: {},
        json: null,
        status: 200,
        account: 'ci-pipeline-api',
        faults: [],
        acted: true,
        refusal: null,
        bodyBytes: 0,
      },
      expect.objectContaining({ sequence: 2, wallMs, emulatedMs: wallMs + 60_000, host: 'api.veracode.com', operation: `GET ${rest}`, parameters: { name: 'Café' } }),
    ]);
  });

  it.each([
    ['a JSON document', 'application/json', { name: 'feature' }],
    ['no other body', 'text/plain', null],
  ])('has %s', async (_, type, json) => {
    const { emulator, ask } = startInProcess({ scenario: { applications } });
    const guid = emulator.snapshot().applications[0]?.guid ?? '';
    await ask(`${rest}/${guid}/sandboxes`, { method: 'POST', headers: { 'content-type': type }, body: bodyOf('{"name":"feature"}') });
    expect(emulator.journal()[0]).toMatchObject({ json, bodyBytes: 18 });
  });

  it('says what the platform refused, and that it did not act', async () => {
    const { emulator, ask } = startInProcess();
    const reply = await ask('/api/5.0/createbuild.do?version=v1');
    expect(reply.status).toBe(200);
    expect(emulator.journal()[0]).toMatchObject({ status: 200, acted: false, refusal: 'No app_id parameter specified' });
  });

  it('holds no secret, wherever a client puts one', async () => {
    const { emulator, ask } = startInProcess();
    const { apiKey } = emulator;
    await ask(`${list}?vkey=${apiKey}`);
    await ask(`/${apiKey.toUpperCase()}`);
    await ask('/api/5.0/createapp.do', { form: `app_name=${apiKey}&business_criticality=${apiKey}` });
    await ask(rest, { method: 'POST', headers: { 'content-type': 'application/json' }, body: bodyOf(JSON.stringify({ profile: { name: apiKey } })) });
    const text = JSON.stringify(emulator.journal());
    expect(text.toLowerCase()).not.toContain(apiKey);
    expect(text).not.toMatch(/authorization|sig=|VERACODE-HMAC/i);
    expect(text).toContain('[secret key]');
  });
});

describe('repeatability', () => {
  async function journalOfARun(): Promise<string> {
    const { emulator, ask } = startInProcess({ scenario: { applications, faults: [{ operation: 'createbuild.do', kind: 'reset-after' }] } });
    const id = emulator.snapshot().applications[0]?.id ?? '';
    await ask(list);
    await ask('/api/5.0/createbuild.do', { form: `app_id=${id}&version=v1` });
    await ask(rest, { authorization: null });
    const reply = await ask('/api/authn/v2/users/self');
    return JSON.stringify([emulator.apiId, emulator.journal(), emulator.snapshot(), reply.headers, reply.text]);
  }

  it('the same clock and the same random source give the same run, byte for byte', async () => {
    expect(await journalOfARun()).toBe(await journalOfARun());
  });
});
