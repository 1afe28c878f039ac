import type { ScenarioInput } from '@verapipe/emulator';
import { describe, expect, it } from '@jest/globals';

import { startEmulatedPlatform } from '../../test/emulated-platform.js';
import type { HttpClient, HttpResponse } from '../transport/http.js';
import { type ComparedAnswer, readConformance } from './read-conformance.js';
import { createDeadline } from '../kernel/deadline.js';
import type { CallingRun } from './run.js';

const RICH: ScenarioInput = {
  accounts: [{ teams: ['Payments'] }],
  teams: ['Payments'],
  policies: [{ name: 'Strict', forbiddenSeverity: 3, forbiddenCwes: [89] }],
  applications: [
    {
      name: 'Shop',
      teams: ['Payments'],
      tags: 'a,b',
      description: 'sells',
      businessOwner: 'Ann',
      businessOwnerEmail: 'ann@example.com',
      repositoryUrl: 'https://example.com/shop',
      sandboxes: [{ name: 'dev', builds: [{ name: 'nightly' }] }],
      builds: [{ name: 'one' }, { name: 'two', status: 'Pre-Scan Success' }],
    },
    { name: 'Empty' },
  ],
};

function callingOf(platform: { readonly client: CallingRun['client'] }): CallingRun {
  const deadline = createDeadline(platform.client.clock, 600_000);
  return { client: platform.client, deadline, call: { deadline } };
}

function wrong(answers: readonly ComparedAnswer[]): readonly ComparedAnswer[] {
  return answers.filter(({ outcome, code, differences }) => outcome !== 'compared' || code !== null || differences.length > 0);
}

describe('readConformance', () => {
  it('finds nothing at the emulator: both are made after the same picture', async () => {
    const platform = await startEmulatedPlatform(RICH);
    const answers = await readConformance(callingOf(platform), null);
    expect(wrong(answers)).toEqual([]);
    expect(answers).toHaveLength(11);
    expect(platform.calls()).toEqual(answers.map(({ operation }) => operation));
  });

  it('asks about the application that is given, and for few items of each list', async () => {
    const platform = await startEmulatedPlatform(RICH);
    const [shop, empty] = platform.emulator.snapshot().applications;
    if (shop === undefined || empty === undefined) throw new Error('no applications');
    const answers = await readConformance(callingOf(platform), { guid: empty.guid, applicationId: empty.id });
    // It has no build, and getbuildinfo.do says so.
    expect(wrong(answers)).toMatchObject([{ operation: 'getbuildinfo.do', outcome: 'refused' }]);
    const asked = platform.emulator.journal().slice(-6);
    expect(asked.slice(0, 3).map(({ path }) => path)).toEqual(['', '/sandboxes', '/findings'].map((part) => expect.stringMatching(new RegExp(`/applications/${empty.guid}${part}$`))));
    expect(asked.map(({ parameters }) => parameters)).toEqual([
      {},
      { page: '0', size: '20' },
      { page: '0', size: '20', scan_type: 'STATIC' },
      { app_id: empty.id },
      { app_id: empty.id },
      { app_id: empty.id },
    ]);
  });

  it.each([
    ['is cancelled', AbortSignal.abort(new Error('enough')), 600_000, 'AbortedError'],
    ['has no time left', undefined, 0, 'DeadlineError'],
  ])('ends with a run that %s, and calls that no fault of the platform', async (_name, signal, timeoutMs, name) => {
    const platform = await startEmulatedPlatform(RICH);
    const deadline = createDeadline(platform.clock, timeoutMs);
    await expect(readConformance({ client: platform.client, deadline, call: { deadline, ...(signal && { signal }) } }, null)).rejects.toMatchObject({ name });
  });

  it('changes nothing', async () => {
    const platform = await startEmulatedPlatform(RICH);
    const before = JSON.stringify(platform.emulator.snapshot().applications);
    await readConformance(callingOf(platform), null);
    expect(JSON.stringify(platform.emulator.snapshot().applications)).toBe(before);
  });

  it('asks nothing about an application where there is none', async () => {
    const platform = await startEmulatedPlatform({});
    const answers = await readConformance(callingOf(platform), null);
    expect(answers.filter(({ outcome }) => outcome === 'not asked').map(({ operation }) => operation)).toEqual([
      'GET /appsec/v1/applications/{guid}',
      'GET /appsec/v1/applications/{guid}/sandboxes',
      'GET /appsec/v2/applications/{guid}/findings',
      'getsandboxlist.do',
      'getbuildlist.do',
      'getbuildinfo.do',
    ]);
  });

  it.each<[name: string, operation: string, change: (text: string) => string, path: string, kind: string, code: string | null]>([
    ['a renamed field that is relied on', 'GET /api/authn/v2/users/self', (text) => text.replace('"user_name"', '"userName"'), 'user_name', 'missing', 'unexpected-shape'],
    ['a number that has become text', 'GET /appsec/v1/applications', (text) => text.replace(/"id":(\d+)/u, '"id":"$1"'), '_embedded.applications[].id', 'other-kind', 'unexpected-shape'],
    ['a new word', 'GET /appsec/v1/applications', (text) => text.replace('"VERY_HIGH"', '"EXTREME"'), '_embedded.applications[].profile.business_criticality', 'unknown-word', null],
    ['a new field', 'GET /appsec/v1/policies', (text) => text.replace('{"guid"', '{"risk_model":1,"guid"'), '_embedded.policy_versions[].risk_model', 'unknown-field', null],
    ['a policy without guid', 'GET /appsec/v1/policies', (text) => text.replaceAll('"guid"', '"gid"'), '_embedded.policy_versions[].guid', 'missing', 'unexpected-shape'],
    ['an application without guid', 'GET /appsec/v1/applications/{guid}', (text) => text.replaceAll('"guid"', '"gid"'), 'guid', 'missing', 'unexpected-shape'],
    ['a sandbox without guid', 'GET /appsec/v1/applications/{guid}/sandboxes', (text) => text.replaceAll('"guid"', '"gid"'), '_embedded.sandboxes[].guid', 'missing', 'unexpected-shape'],
    ['a finding without severity', 'GET /appsec/v2/applications/{guid}/findings', (text) => text.replaceAll('"severity"', '"grade"'), '_embedded.findings[].finding_details.severity', 'missing', 'unexpected-shape'],
    ['another spelling of dates', 'GET /api/authn/v2/api_credentials', (text) => text.replace(/"expiration_ts":"[^"]+"/u, '"expiration_ts":"next year"'), 'expiration_ts', 'other-kind', 'unexpected-shape'],
    ['an attribute that is gone', 'getapplist.do', (text) => text.replaceAll('app_name', 'application_name'), 'app[].app_name', 'missing', 'unexpected-document'],
    ['a new status', 'getbuildinfo.do', (text) => text.replace(/ status="[^"]+"/u, ' status="Scan Teleported"'), 'build[].analysis_unit[].status', 'unknown-word', null],
  ])('finds %s', async (_name, operation, change, path, kind, code) => {
    const platform = await startEmulatedPlatform(RICH, (network) => changing(network, operation, change));
    const [deviation, ...others] = wrong(await readConformance(callingOf(platform), null)).filter(({ outcome }) => outcome !== 'not asked');
    expect(others).toEqual([]);
    expect(deviation).toMatchObject({ operation, outcome: 'compared', code });
    expect(deviation?.differences).toContainEqual(expect.objectContaining({ path, kind }));
    expect(JSON.stringify(deviation)).not.toMatch(/Shop|ann@|next year/u);
  });

  it('tells what it could not have', async () => {
    const platform = await startEmulatedPlatform({ ...RICH, accounts: [{ roles: ['submitterapi', 'noteamrestrictionapi'] }], faults: [{ operation: 'getapplist.do', kind: 'html-200', count: 'all' }] });
    const answers = await readConformance(callingOf(platform), null);
    expect(answers).toContainEqual({ operation: 'GET /appsec/v1/applications', outcome: 'refused', code: 'access-denied', differences: [] });
    expect(answers).toContainEqual({ operation: 'getapplist.do', outcome: 'unreadable', code: 'html-answer', differences: [] });
  });
});

/** A platform whose answers to one operation are other ones. */
function changing(network: HttpClient, operation: string, change: (text: string) => string): HttpClient {
  return {
    async send(request, signal) {
      const response = await network.send(request, signal);
      if (request.operation.name !== operation) return response;
      const { 'content-length': _length, ...headers } = response.headers;
      return { ...response, headers, body: changed(response, change) };
    },
    close: () => network.close(),
  };
}

async function* changed({ body }: HttpResponse, change: (text: string) => string): AsyncGenerator<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  yield Buffer.from(change(Buffer.concat(chunks).toString('utf8')));
}
