import { describe, expect, it } from '@jest/globals';
import { startInProcess, type InProcess } from '../../../test/in-process.js';
import { bodyOf } from '../../../test/rehearsal.js';
import type { RoleName } from '../../scenarios/account-schema.js';
import type { ScenarioInput } from '../../scenarios/scenario.js';

type Json = Readonly<Record<string, unknown>>;

/** Asks, and gives status and JSON; null for an empty body. */
async function rest({ ask }: InProcess, call: string, body?: unknown): Promise<{ readonly status: number; readonly json: Json }> {
  const [method = '', target = ''] = call.split(' ');
  const { status, text } = await ask(target, { method, ...(body === undefined ? {} : { body: bodyOf(JSON.stringify(body)) }) });
  return { status, json: text === '' ? {} : (JSON.parse(text) as Json) };
}

const titleOf = ({ json }: { readonly json: Json }): unknown =>
  (json as { readonly _embedded?: { readonly api_errors?: readonly { readonly title: string }[] } })._embedded?.api_errors?.[0]?.title;

function withRoles(...roles: RoleName[]): ScenarioInput {
  return { accounts: [{ roles, teams: ['Default Team'] }], applications: [{ name: 'Shop', teams: ['Default Team'] }] };
}

describe('POST and DELETE /appsec/v1/applications', () => {
  it('makes a profile, and deletes it', async () => {
    const started = startInProcess();
    const made = await rest(started, 'POST /appsec/v1/applications', { profile: { name: 'Shop', business_criticality: 'LOW', custom_fields: [{ name: 'Custom 2', value: 'x' }] } });
    expect(made).toMatchObject({ status: 200, json: { profile: { name: 'Shop', business_criticality: 'LOW', policies: [{ name: 'Veracode Recommended Low' }], custom_fields: [{ name: 'Custom 2', value: 'x' }] }, scans: [] } });
    const { guid } = made.json as { guid: string };
    expect(started.emulator.snapshot().applications).toMatchObject([{ guid, name: 'Shop', createdBy: 'ci-pipeline-api' }]);
    expect(await rest(started, `DELETE /appsec/v1/applications/${guid}`)).toEqual({ status: 204, json: {} });
    expect(await rest(started, `DELETE /appsec/v1/applications/${guid}`)).toMatchObject({ status: 404 });
    expect(started.emulator.snapshot().applications).toMatchObject([{ guid, deleted: true }]);
  });

  it.each<[string, unknown, string]>([
    ['a name that is taken', { profile: { name: 'SHOP', business_criticality: 'LOW' } }, 'already in use'],
    ['no criticality', { profile: { name: 'x' } }, 'business_criticality'],
    ['no profile', { name: 'x' }, 'profile'],
    ['an unknown custom field', { profile: { name: 'x', business_criticality: 'LOW', custom_fields: [{ name: 'no', value: '' }] } }, 'There is no custom field'],
  ])('refuses %s, and makes nothing', async (_, body, reason) => {
    const started = startInProcess({ scenario: { applications: [{ name: 'Shop' }] } });
    const refused = await rest(started, 'POST /appsec/v1/applications', body);
    expect(refused.status).toBe(400);
    expect(titleOf(refused)).toContain(reason);
    expect(started.emulator.snapshot().applications).toHaveLength(1);
  });

  it('wants a team from an account that is restricted to its own', async () => {
    const started = startInProcess({ scenario: { accounts: [{ roles: ['uploadapi'], teams: ['Default Team'] }] } });
    expect(titleOf(await rest(started, 'POST /appsec/v1/applications', { profile: { name: 'x', business_criticality: 'LOW' } }))).toContain('must name at least one of its teams');
  });
});

describe('who may read over REST', () => {
  it.each<[RoleName[], number]>([
    [['submitterapi'], 403],
    [['submitterapi', 'apisubmitanyscan', 'noteamrestrictionapi'], 403],
    [['resultsapi'], 200],
    [['submitterapi', 'resultsapi'], 200],
    [['uploadapi'], 200],
  ])('%j: %i', async (roles, status) => {
    const started = startInProcess({ scenario: withRoles(...roles) });
    const { guid } = started.emulator.snapshot().applications[0] ?? { guid: '' };
    for (const target of ['applications', `applications/${guid}`, `applications/${guid}/sandboxes`, 'policies']) {
      expect([target, (await rest(started, `GET /appsec/v1/${target}`)).status]).toEqual([target, status]);
    }
  });
});

describe('sandboxes', () => {
  const scenario: ScenarioInput = {
    settings: { sandboxLimit: 3 },
    applications: [{ name: 'Shop', sandboxes: [{ name: 'dev', owner: 'dana', builds: [{ name: 'v1' }] }] }, { name: 'Bank' }],
  };
  const start = (): InProcess & { readonly path: string } => {
    const started = startInProcess({ scenario });
    return { ...started, path: `/appsec/v1/applications/${started.emulator.snapshot().applications[0]?.guid ?? ''}/sandboxes` };
  };
  const truth = ({ emulator }: InProcess) => emulator.snapshot().applications[0]?.sandboxes ?? [];
  const guidOfDev = (started: InProcess): string => truth(started)[0]?.guid ?? '';

  it('lists them; without any nothing is embedded', async () => {
    const started = start();
    expect((await rest(started, `GET ${started.path}`)).json).toMatchObject({
      _embedded: { sandboxes: [{ id: 400_001, guid: guidOfDev(started), name: 'dev', owner_username: 'dana', auto_recreate: false, custom_fields: [] }] },
      page: { total_elements: 1 },
    });
    const bank = started.emulator.snapshot().applications[1]?.guid ?? '';
    const { json } = await rest(started, `GET /appsec/v1/applications/${bank}/sandboxes`);
    expect(json).not.toHaveProperty('_embedded');
    expect(json).toMatchObject({ page: { total_elements: 0, total_pages: 0 }, _links: { self: { href: `https://api.veracode.com/appsec/v1/applications/${bank}/sandboxes{?page,size}`, templated: true } } });
  });

  it('makes, reads, changes and deletes one', async () => {
    const started = start();
    const made = await rest(started, `POST ${started.path}`, { name: 'feature', auto_recreate: true, custom_fields: [{ name: 'Custom 1', value: 'squad' }] });
    expect(made).toMatchObject({ status: 200, json: { name: 'feature', owner_username: 'ci-pipeline-api', auto_recreate: true, custom_fields: [{ name: 'Custom 1', value: 'squad' }] } });
    const one = `${started.path}/${(made.json as { guid: string }).guid}`;
    expect(await rest(started, `GET ${one}`)).toEqual({ status: 200, json: made.json });
    expect(await rest(started, `PUT ${one}`, { name: 'renamed' })).toMatchObject({ status: 200, json: { name: 'renamed', auto_recreate: false, custom_fields: [] } });
    expect(truth(started)[1]).toMatchObject({ name: 'renamed' });
    expect(await rest(started, `DELETE ${one}`)).toEqual({ status: 204, json: {} });
    expect(await rest(started, `GET ${one}`)).toMatchObject({ status: 404 });
    expect(truth(started)[1]?.deleted).toBe(true);
  });

  it.each<[string, string, unknown, number, string]>([
    ['a name that is taken', 'POST', { name: 'DEV' }, 400, 'already exists'],
    ['no name', 'POST', { auto_recreate: true }, 400, 'name'],
    ['an unknown custom field', 'POST', { name: 'x', custom_fields: [{ name: 'Custom 6', value: 'x' }] }, 400, 'There is no custom field'],
    ['a change without a name', 'PUT', { auto_recreate: true }, 400, 'name'],
  ])('refuses %s, and changes nothing', async (_, method, body, status, reason) => {
    const started = start();
    const before = started.emulator.snapshot();
    const refused = await rest(started, `${method} ${started.path}${method === 'PUT' ? `/${guidOfDev(started)}` : ''}`, body);
    expect(refused.status).toBe(status);
    expect(titleOf(refused)).toContain(reason);
    expect(started.emulator.snapshot()).toEqual(before);
  });

  it('speaks of the limit when there are too many', async () => {
    const started = start();
    await rest(started, `POST ${started.path}`, { name: 'a' });
    await rest(started, `POST ${started.path}`, { name: 'b' });
    const refused = await rest(started, `POST ${started.path}`, { name: 'c' });
    expect([refused.status, titleOf(refused)]).toEqual([400, 'The limit of 3 sandboxes for this application is reached']);
  });

  it('promotes the newest scan, and deletes the sandbox when asked', async () => {
    const started = start();
    expect(await rest(started, `POST ${started.path}/${guidOfDev(started)}/promote?delete_on_promote=true`)).toMatchObject({ status: 200, json: { name: 'dev' } });
    expect(started.emulator.snapshot().applications[0]?.builds).toMatchObject([{ name: 'v1' }, { name: 'v1 Promoted', sandboxId: null }]);
    expect(truth(started)[0]?.deleted).toBe(true);
  });

  it('promotes no scan twice, and none of an empty sandbox', async () => {
    const started = start();
    await rest(started, `POST ${started.path}/${guidOfDev(started)}/promote`);
    expect(titleOf(await rest(started, `POST ${started.path}/${guidOfDev(started)}/promote`))).toContain('already been promoted');
    const { json } = await rest(started, `POST ${started.path}`, { name: 'empty' });
    expect(titleOf(await rest(started, `POST ${started.path}/${(json as { guid: string }).guid}/promote`))).toContain('has no scan');
  });

  it('are closed to whoever may only submit', async () => {
    const started = startInProcess({ scenario: withRoles('submitterapi') });
    const { guid } = started.emulator.snapshot().applications[0] ?? { guid: '' };
    expect((await rest(started, `POST /appsec/v1/applications/${guid}/sandboxes`, { name: 'x' })).status).toBe(403);
  });
});

describe('policies', () => {
  const scenario: ScenarioInput = {
    policies: [{ name: 'House rules', version: 3, forbiddenSeverity: 4, forbiddenCwes: [78, 89], graceDays: { high: 30, veryHigh: 7 } }],
  };
  const started = startInProcess({ scenario });
  const namesFor = async (query: string): Promise<unknown> => {
    const { json } = await rest(started, `GET /appsec/v1/policies?${query}`);
    return (json as { _embedded?: { policy_versions: { name: string }[] } })._embedded?.policy_versions.map(({ name }) => name);
  };
  const recommended = ['Very High', 'High', 'Medium', 'Low', 'Very Low'].map((grade) => `Veracode Recommended ${grade}`);

  it.each([
    ['', ['House rules', ...recommended]],
    ['name=HOUSE', ['House rules']],
    ['name=Recommended%20Low', ['Veracode Recommended Low']],
    ['name=Veracode%20Recommended%20Low&name_exact=true', ['Veracode Recommended Low']],
    ['name=low&name_exact=true', undefined],
    ['public_policy=false', ['House rules']],
    ['vendor_policy=true', undefined],
    ['category=COMPONENT', undefined],
    ['category=APPLICATION&size=1', ['House rules']],
    ['legacy_policy_id=5002', ['Veracode Recommended Very High']],
  ])('%s: %j', async (query, names) => {
    expect(await namesFor(query)).toEqual(names);
  });

  it('show their rules and grace periods, in every version', async () => {
    const { json } = await rest(started, 'GET /appsec/v1/policies?name=House');
    const [policy] = (json as { _embedded: { policy_versions: [Json & { guid: string }] } })._embedded.policy_versions;
    expect(policy).toMatchObject({
      version: 3,
      type: 'CUSTOMER',
      category: 'APPLICATION',
      finding_rules: [
        { type: 'MAX_SEVERITY', scan_type: ['STATIC'], value: '4' },
        { type: 'CWE', scan_type: ['STATIC'], value: '78,89' },
      ],
      sev5_grace_period: 7,
      sev4_grace_period: 30,
      sev3_grace_period: 0,
      _links: { versions: { templated: true } },
    });
    const path = `/appsec/v1/policies/${policy.guid}`;
    expect(await rest(started, `GET ${path}`)).toEqual({ status: 200, json: policy });
    expect(await rest(started, `GET ${path}/versions`)).toMatchObject({ json: { _embedded: { policy_versions: [{ version: 3 }, { version: 2 }, { version: 1 }] } } });
    expect(await rest(started, `GET ${path}/versions/2`)).toMatchObject({ json: { ...policy, version: 2 } });
    expect((await rest(started, `GET ${path}/versions/4`)).status).toBe(404);
    expect((await rest(started, 'GET /appsec/v1/policies/none')).status).toBe(404);
  });
});

describe('identity lists', () => {
  const scenario: ScenarioInput = {
    teams: ['Blue', 'Green'],
    accounts: [
      { userName: 'admin', kind: 'person', roles: ['extadmin'], teams: ['Blue'] },
      { userName: 'ci', roles: ['uploadapi'], teams: ['Green'] },
    ],
    applications: [{ name: 'Shop', businessUnit: 'Retail' }],
  };
  const started = startInProcess({ scenario });

  it.each<[string, unknown]>([
    ['users', { users: [{ user_name: 'admin' }, { user_name: 'ci' }] }],
    ['users?user_name=ci', { users: [{ user_name: 'ci', user_type: 'API' }] }],
    ['users?user_name=c', undefined],
    ['users?email_address=ci@example.com,x@example.com', { users: [{ user_name: 'ci' }] }],
    ['users?user_name=ci&detailed=Yes', { users: [{ roles: [{ role_name: 'uploadapi' }], permissions: [{ permission_name: 'apiUser' }] }] }],
    ['users/search?search_term=CI', { users: [{ user_name: 'ci' }] }],
    ['users/search?user_type=user', { users: [{ user_name: 'admin' }] }],
    ['users/search?saml_user=Yes', undefined],
    ['users/search?login_status=Locked', undefined],
    ['teams', { teams: [{ team_name: 'Blue' }, { team_name: 'Green' }] }],
    ['teams?team_name=gre', { teams: [{ team_name: 'Green' }] }],
    ['teams?ignore_self_teams=Yes', { teams: [{ team_name: 'Green' }] }],
    ['teams?deleted=Yes', undefined],
    ['teams/self', { teams: [{ team_name: 'Blue' }] }],
    ['business_units', { business_units: [{ bu_name: 'Not Specified', is_default: true }, { bu_name: 'Retail' }] }],
    ['business_units?search_term=RET', { business_units: [{ bu_name: 'Retail' }] }],
  ])('%s', async (target, embedded) => {
    const { status, json } = await rest(started, `GET /api/authn/v2/${target}`);
    expect(status).toBe(200);
    if (embedded === undefined) {
      expect(json).not.toHaveProperty('_embedded');
    } else {
      expect(json['_embedded']).toMatchObject(embedded as object);
    }
  });

  it('are for administrators', async () => {
    const ci = startInProcess({ scenario: { accounts: [{ userName: 'ci' }, { userName: 'other' }] } });
    for (const target of ['users', 'users/search', 'teams', 'business_units']) {
      expect([target, (await rest(ci, `GET /api/authn/v2/${target}`)).status]).toEqual([target, 403]);
    }
    expect((await rest(ci, 'GET /api/authn/v2/users/self')).status).toBe(200);
  });

  it('refuse values that are none', async () => {
    expect((await rest(started, 'GET /api/authn/v2/users?detailed=perhaps')).status).toBe(400);
    expect((await rest(started, 'GET /api/authn/v2/users/search?user_type=robot')).status).toBe(400);
  });
});
