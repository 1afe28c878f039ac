import { describe, expect, it } from '@jest/globals';
import { startInProcess, type InProcess, type Request } from '../../../test/in-process.js';
import { bodyOf } from '../../../test/rehearsal.js';
import type { RoleName } from '../../scenarios/account-schema.js';
import type { ScenarioInput } from '../../scenarios/scenario.js';

const list = '/appsec/v1/applications';

interface Profile {
  readonly name: string;
  readonly business_criticality: string;
  readonly policies: readonly { readonly guid: string; readonly policy_compliance_status: string }[];
  readonly teams: readonly { readonly guid: string; readonly team_name: string }[];
  readonly git_repo_url?: string;
  readonly tags: string | null;
  readonly custom_fields: readonly { readonly name: string; readonly value: string }[];
}

interface Application {
  readonly id: number;
  readonly guid: string;
  readonly profile: Profile;
  readonly scans: readonly { readonly status: string; readonly scan_type: string }[];
}

interface Page {
  readonly _embedded?: { readonly applications: readonly Application[] };
  readonly _links: Readonly<Record<string, { readonly href: string; readonly templated?: boolean }>>;
  readonly page: object;
}

const scenario: ScenarioInput = {
  teams: ['Blue', 'Green'],
  applications: [
    { name: 'Web shop', criticality: 'High', teams: ['Blue'], tags: 'java, web', builds: [{ name: 'v1' }] },
    { name: 'Web shop - test', criticality: 'Low', teams: ['Green'] },
    { name: 'Café', criticality: 'Very High' },
  ],
};

async function get<T>({ ask }: InProcess, target: string, request: Request = {}): Promise<T> {
  const reply = await ask(target, request);
  expect([reply.status, reply.headers['content-type']]).toEqual([200, 'application/json;charset=UTF-8']);
  return JSON.parse(reply.text) as T;
}

function put(body: unknown): Request {
  return { method: 'PUT', body: bodyOf(typeof body === 'string' ? body : JSON.stringify(body)), headers: { 'content-type': 'application/json' } };
}

describe('GET /appsec/v1/applications', () => {
  it.each([
    ['', ['Web shop', 'Web shop - test', 'Café']],
    ['?name=WEB%20shop', ['Web shop', 'Web shop - test']],
    ['?name=Caf%C3%A9', ['Café']],
    ['?tag=web', ['Web shop']],
    ['?team=Green', ['Web shop - test']],
    ['?legacy_id=200003', ['Café']],
    ['?name=web&team=Green', ['Web shop - test']],
    ['?business_unit=Sales', undefined],
  ])('%s finds %j', async (query, names) => {
    const page = await get<Page>(startInProcess({ scenario }), `${list}${query}`);
    expect(page._embedded?.applications.map(({ profile }) => profile.name)).toEqual(names);
  });

  it('pages like the platform: next where there is more, self as a template, nothing embedded beyond the end', async () => {
    const started = startInProcess({ scenario });
    const first = await get<Page>(started, `${list}?name=web&page=0&size=1`);
    expect(first.page).toEqual({ size: 1, total_elements: 2, total_pages: 2, number: 0 });
    expect(first._links['self']).toEqual({ href: expect.stringContaining('?name=web{&page,size,'), templated: true });
    expect(Object.keys(first._links)).toEqual(['first', 'next', 'last', 'self']);
    const next = new URL(first._links['next']?.href ?? '');
    expect(next.href).toBe('https://api.veracode.com/appsec/v1/applications/?name=web&page=1&size=1');
    const second = await get<Page>(started, `${next.pathname}${next.search}`);
    expect(second._embedded?.applications.map(({ profile }) => profile.name)).toEqual(['Web shop - test']);
    expect(Object.keys(second._links)).toEqual(['first', 'prev', 'last', 'self']);
    const beyond = await get<Page>(started, `${list}?page=7`);
    expect(beyond).toEqual({ _links: { self: expect.anything() }, page: { size: 50, total_elements: 3, total_pages: 1, number: 7 } });
  });

  it('cuts sizes above the limit, and names the region that was called', async () => {
    const page = await get<Page>(startInProcess({ scenario }), `${list}?size=9999`, { host: 'api.veracode.eu' });
    expect(page.page).toMatchObject({ size: 500 });
    expect(page._links['self']?.href).toMatch(/^https:\/\/api\.veracode\.eu\//);
  });

  it('shows scan and policy of an application', async () => {
    const page = await get<Page>(startInProcess({ scenario }), `${list}?name=shop`);
    expect(page._embedded?.applications).toMatchObject([
      { id: 200_001, scans: [{ scan_type: 'STATIC', status: 'PUBLISHED' }], profile: { policies: [{ policy_compliance_status: 'DID_NOT_PASS' }] } },
      { id: 200_002, scans: [], profile: { policies: [{ policy_compliance_status: 'NOT_ASSESSED' }] } },
    ]);
  });

  it.each(['page=-1', 'size=0', 'page=x'])('refuses %s', async (query) => {
    const { ask } = startInProcess();
    expect((await ask(`${list}?${query}`)).status).toBe(400);
  });

  it('shows only what the teams of an account may see', async () => {
    const roles: RoleName[] = ['uploadapi'];
    const page = await get<Page>(startInProcess({ scenario: { ...scenario, accounts: [{ roles, teams: ['Green'] }] } }), list);
    expect(page._embedded?.applications.map(({ profile }) => profile.name)).toEqual(['Web shop - test']);
  });

  it('is forbidden without any role', async () => {
    const { emulator, ask } = startInProcess({ scenario: { accounts: [{ roles: [] }] } });
    const reply = await ask(list);
    expect(reply.status).toBe(403);
    expect(JSON.parse(reply.text)).toEqual({ http_code: 403, http_status: 'Forbidden', message: 'Access denied.' });
    expect(emulator.journal()[0]).toMatchObject({ acted: false, refusal: 'Access denied.' });
  });
});

describe('/appsec/v1/applications/{guid}', () => {
  async function firstOf(started: InProcess): Promise<Application> {
    const page = await get<Page>(started, `${list}?name=Web%20shop`);
    const first = page._embedded?.applications[0];
    if (first === undefined) {
      throw new Error('the scenario has applications');
    }
    return first;
  }

  it('reads one, and says 404 for none', async () => {
    const started = startInProcess({ scenario });
    const application = await firstOf(started);
    expect(await get(started, `${list}/${application.guid}`)).toEqual(application);
    const missing = await started.ask(`${list}/${application.guid.replace(/^./, 'x')}`);
    expect(missing.status).toBe(404);
    expect(JSON.parse(missing.text)).toMatchObject({ _embedded: { api_errors: [{ code: 'NOT_FOUND', status: '404' }] } });
  });

  it('replaces the whole profile: what is left out is cleared', async () => {
    const started = startInProcess({ scenario });
    const { guid, profile } = await firstOf(started);
    const change = {
      name: 'Web shop 2',
      business_criticality: 'VERY_LOW',
      policies: profile.policies,
      teams: profile.teams,
      custom_fields: [{ name: 'Custom 2', value: 'x' }],
      git_repo_url: 'https://git.example.com/shop',
    };
    const changed = await get<Application>(started, `${list}/${guid}`, put({ profile: change }));
    expect(changed.profile).toMatchObject({ ...change, tags: null, policies: [{ guid: profile.policies[0]?.guid }] });
    expect(started.emulator.snapshot().applications[0]).toMatchObject({
      name: 'Web shop 2',
      criticality: 'Very Low',
      tags: '',
      teams: ['Blue'],
      repositoryUrl: 'https://git.example.com/shop',
    });
  });

  it.each<[string, unknown, string]>([
    ['text that is no JSON', '{"profile":', 'The body is not JSON'],
    ['a missing criticality', { profile: { name: 'x' } }, 'business_criticality'],
    ['an unknown team', { profile: { name: 'x', business_criticality: 'LOW', teams: [{ guid: 'no' }] } }, 'There is no team with the guid no'],
    ['an unknown policy', { profile: { name: 'x', business_criticality: 'LOW', policies: [{ guid: 'no' }] } }, 'There is no policy with the guid no'],
    ['an unknown custom field', { profile: { name: 'x', business_criticality: 'LOW', custom_fields: [{ name: 'no', value: '' }] } }, 'There is no custom field'],
    ['a name that is taken', { profile: { name: 'Café', business_criticality: 'LOW' } }, 'already in use'],
    ['a huge body', `"${'x'.repeat(1024 * 1024)}"`, 'The body is larger than'],
  ])('refuses %s, and changes nothing', async (_, body, reason) => {
    const started = startInProcess({ scenario });
    const { guid } = await firstOf(started);
    const before = started.emulator.snapshot();
    const reply = await started.ask(`${list}/${guid}`, put(body));
    expect(reply.status).toBe(400);
    expect(reply.text).toContain(reason);
    expect(started.emulator.snapshot()).toEqual(before);
  });
});

describe('identity', () => {
  it('shows the credentials and the account of the caller', async () => {
    const started = startInProcess({ scenario: { ...scenario, accounts: [{ userName: 'ci', teams: ['Blue'], credentialsExpireInDays: 5 }] } });
    const { apiId } = started.emulator;
    const credentials = await get<{ expiration_ts: string }>(started, '/api/authn/v2/api_credentials');
    expect(credentials).toMatchObject({ api_id: apiId, expiration_ts: expect.stringMatching(/\.000\+0000$/) });
    const wallMs = started.emulator.clock.wallMs();
    expect(Date.parse(credentials.expiration_ts.replace('+0000', 'Z'))).toBe(Math.floor(wallMs / 1000) * 1000 + 5 * 86_400_000);
    expect(await get(started, '/api/authn/v2/users/self')).toMatchObject({
      user_name: 'ci',
      user_type: 'API',
      roles: expect.arrayContaining([expect.objectContaining({ role_name: 'uploadapi' })]),
      teams: [{ team_name: 'Blue' }],
      api_credentials: { api_id: apiId },
    });
  });

  it('healthcheck is empty, and signed like everything else', async () => {
    const { ask } = startInProcess();
    expect(await ask('/healthcheck/status')).toMatchObject({ status: 200, text: '' });
    expect((await ask('/healthcheck/status', { authorization: null })).status).toBe(401);
  });
});
