import { describe, expect, it } from '@jest/globals';
import { attribute, rehearse, type Answer, type Rehearsal } from '../../../test/rehearsal.js';
import type { RoleName } from '../../scenarios/account-schema.js';
import type { ScenarioInput } from '../../scenarios/scenario.js';

const finished: ScenarioInput = {
  settings: { xmlStyle: 'plain' },
  applications: [
    { name: 'Web shop', builds: [{ name: 'v1', startedMinutesAgo: 2880 }, { name: 'v2' }], sandboxes: [{ name: 'dev', builds: [{ name: 'd1' }, { name: 'd2' }] }] },
    { name: 'Old shop', builds: [{ name: 'o1', startedMinutesAgo: 90 * 24 * 60 }] },
  ],
  scans: [{ findings: [{ cwe: 89, severity: 5 }, { cwe: 79, severity: 3, mitigation: { status: 'proposed' } }] }],
};

const appId = '200001';

/** Ids of the builds of the first application, by name. */
function buildIds(rehearsal: Rehearsal): Record<string, string> {
  return Object.fromEntries(rehearsal.snapshot().applications.flatMap(({ builds }) => builds.map(({ name, id }) => [name, id])));
}

function approver(): RoleName[] {
  return ['extseclead', 'mitigationapi', 'uploadapi', 'extreviewer'];
}

describe('mitigations', () => {
  const start = (): { rehearsal: Rehearsal; update: (form: Record<string, string>) => Promise<Answer>; build: string } => {
    const rehearsal = rehearse({ ...finished, accounts: [{ userName: 'ci', roles: approver() }] });
    const build = buildIds(rehearsal)['v2'] ?? '';
    const update = (form: Record<string, string>): Promise<Answer> =>
      rehearsal.call('updatemitigationinfo.do', { build_id: build, comment: 'because', ...form });
    return { rehearsal, update, build };
  };

  it('are proposed, decided, read, and change the report; each answer carries the whole history', async () => {
    const { rehearsal, update, build } = start();
    const proposed = await update({ action: 'appdesign', flaw_id_list: '1' });
    expect(proposed.text).toMatch(/<issue flaw_id="1"[^>]*>\s*<mitigation_action action="appdesign" desc="Mitigate by Design" reviewer="ci" date="2019-08-13 14:00:10" comment="because"\/>/);
    await update({ action: 'accepted', flaw_id_list: '1' });
    const read = await rehearsal.call('getmitigationinfo.do', { build_id: build, flaw_id_list: '1,2' });
    expect(read.text.match(/action="[a-z]+"/g)).toEqual(['action="appdesign"', 'action="accepted"', 'action="appdesign"']);
    const report = await rehearsal.call('detailedreport.do', { build_id: build });
    expect(report.text).toMatch(/issueid="1"[^>]*mitigation_status="accepted"/);
    expect(attribute(report.text, 'detailedreport', 'flaws_not_mitigated')).toBe('1');
  });

  it('a repeat adds another entry', async () => {
    const { update } = start();
    await update({ action: 'comment', flaw_id_list: '1' });
    expect((await update({ action: 'comment', flaw_id_list: '1' })).text.match(/<mitigation_action /g)).toHaveLength(2);
  });

  it('partial failures stand behind what worked', async () => {
    const { update } = start();
    const answer = await update({ action: 'accepted', flaw_id_list: '1, 2, 99' });
    expect(answer.text).toMatch(/<issue flaw_id="2"[\s\S]*<error type="not_found" flaw_id_list="99"\/>\s*<error type="invalid_action" flaw_id_list="1"\/>/);
    expect(answer.text).not.toContain('<issue flaw_id="1"');
  });

  it.each<[string, Record<string, string>, string]>([
    ['an unknown action', { action: 'remediated', flaw_id_list: '1' }, 'The parameter action must be one of'],
    ['a long comment', { action: 'fp', flaw_id_list: '1', comment: 'x'.repeat(2049) }, 'longer than 2048'],
    ['no finding', { action: 'fp' }, 'No flaw_id_list parameter specified'],
    ['an unknown build', { action: 'fp', flaw_id_list: '1', build_id: '1' }, 'A valid app could not be found for build_id=1'],
  ])('refuse %s', async (_, form, message) => {
    expect((await start().update(form)).error).toContain(message);
  });

  it('of an older build are refused', async () => {
    const { rehearsal } = start();
    const answer = await rehearsal.call('updatemitigationinfo.do', { build_id: buildIds(rehearsal)['v1'] ?? '', action: 'fp', comment: 'x', flaw_id_list: '1' });
    expect(answer.error).toContain('is not the latest build');
  });

  it('a decision needs a role of its own', async () => {
    const rehearsal = rehearse({ ...finished, accounts: [{ roles: ['resultsapi', 'noteamrestrictionapi'] }] });
    const form = { build_id: buildIds(rehearsal)['v2'] ?? '', comment: 'x', flaw_id_list: '2' };
    expect((await rehearsal.call('updatemitigationinfo.do', { ...form, action: 'accepted' })).error).toBe('Access denied.');
    expect((await rehearsal.call('updatemitigationinfo.do', { ...form, action: 'fp' })).error).toBeUndefined();
  });
});

describe('reports of findings', () => {
  it('getcallstacks shows a path to the finding, deepest step first', async () => {
    const rehearsal = rehearse(finished);
    const { v2 = '' } = buildIds(rehearsal);
    const answer = await rehearsal.call('getcallstacks.do', { build_id: v2, flaw_id: '1' });
    expect(answer.text).toMatch(/<callstacks [^>]*build_id="\d+" flaw_id="1">\s*<callstack [^>]*steps="2"[^>]*>\s*<call data_path="2"[^>]*\/>\s*<call data_path="1"/);
    expect((await rehearsal.call('getcallstacks.do', { build_id: v2, flaw_id: '99' })).error).toContain('Could not find the flaw 99');
  });

  it('downloadflawreport is empty until the report is ready', async () => {
    const rehearsal = rehearse(finished);
    const token = attribute((await rehearsal.call('generateflawreport.do', { app_id_list: appId, scan_type: 'static' })).text, 'archerreport', 'token') ?? '';
    expect(await rehearsal.call('downloadflawreport.do', { token })).toMatchObject({ status: 204, text: '' });
    rehearsal.passSeconds(120);
    const report = await rehearsal.call('downloadflawreport.do', { token });
    expect(report.text).toMatch(/<Records xmlns="http:\/\/www\.archer-tech\.com\/">/);
    expect(report.text.match(/<Record /g)).toHaveLength(2);
    expect((await rehearsal.call('downloadflawreport.do', { token: 'x' })).error).toBe('Please provide a valid report token.');
    expect((await rehearsal.call('generateflawreport.do', { app_id_list: appId })).error).toBe('No scan_type parameter specified');
  });

  it.each([
    [{}, ['v2']],
    [{ only_latest: 'false' }, ['v1', 'v2']],
    [{ only_latest: 'false', report_changed_since: '01/01/2019' }, ['v1', 'v2', 'o1']],
  ])('getappbuilds with %j has %j', async (parameters, versions) => {
    const answer = await rehearse(finished).call('getappbuilds.do', parameters);
    expect([...answer.text.matchAll(/<build version="([^"]+)"/g)].map((match) => match[1])).toEqual(versions);
    expect(answer.text).toMatch(/<!-- Parameters: report_changed_since=[\s\S]*-->\n$/);
  });

  it('getappbuilds wants a date', async () => {
    expect((await rehearse().call('getappbuilds.do', { report_changed_since: '2019-01-01' })).error).toContain('mm/dd/yyyy');
  });

  it.each(['detailedreportpdf.do', 'summaryreportpdf.do', 'thirdpartyreportpdf.do'])('%s is a PDF that says what it is', async (operation) => {
    const rehearsal = rehearse(finished);
    const answer = await rehearsal.call(operation, { build_id: buildIds(rehearsal)['v2'] ?? '' });
    expect(answer.headers['content-type']).toBe('application/pdf');
    expect(answer.text).toMatch(/^%PDF-1\.[\s\S]*nothing was analysed[\s\S]*%%EOF\s*$/);
  });

  it('any number of findings, the same ones each time, and the numbers agree', async () => {
    const scenario: ScenarioInput = { ...finished, scans: [{ findings: { generate: 5000 } }] };
    const rehearsal = rehearse(scenario);
    const { v1 = '', v2 = '' } = buildIds(rehearsal);
    const [first, second] = [await rehearsal.call('detailedreport.do', { build_id: v1 }), await rehearsal.call('detailedreport.do', { build_id: v2 })];
    const flaws = [...second.text.matchAll(/<flaw [^>]*>/g)].map((match) => match[0]);
    expect(flaws).toHaveLength(5000);
    expect(attribute(second.text, 'detailedreport', 'total_flaws')).toBe('5000');
    expect(attribute(second.text, 'flaw-status', 'total')).toBe('5000');
    expect(new Set(flaws.map((flaw) => attribute(flaw, 'flaw', 'issueid'))).size).toBe(5000);
    const sourcesOf = ({ text }: Answer): string[] => [...text.matchAll(/sourcefile="[^"]*" line="\d+"/g)].map((match) => match[0]);
    expect(sourcesOf(first)).toEqual(sourcesOf(second));
    expect((await rehearsal.call('getcallstacks.do', { build_id: v2, flaw_id: '5000' })).error).toBeUndefined();
    expect((await rehearsal.call('getcallstacks.do', { build_id: v2, flaw_id: '5001' })).error).toContain('Could not find');
  });
});

describe('things of the account', () => {
  it.each<[string, ScenarioInput, RegExp]>([
    ['getpolicylist.do', { policies: [{ name: 'Own' }] }, /<policies names="Own,Veracode /],
    ['getvendorlist.do', { vendors: [{ id: '7', name: 'Maker' }] }, /<vendor vendor_id="7" vendor_name="Maker"\/>/],
    ['getaccountcustomfieldlist.do', {}, /<account_customfield id="10" name="Custom 10"\/>/],
    ['getteamlist.do', { teams: ['Blue'] }, /<team team_id="\d+" team_name="Blue" creation_date="08\/13\/2019"\/>/],
    ['getmaintenancescheduleinfo.do', {}, /<title>No maintenance is planned<\/title>/],
    ['getmaintenancescheduleinfo.do', { settings: { maintenance: { startsInMinutes: 60, lastsMinutes: 30 } } }, /<downtime_start>2019-08-13T15:00:10-04:00<[\s\S]*T15:30:10-04:00</],
  ])('%s with %j', async (operation, scenario, wanted) => {
    const rehearsal = rehearse({ ...scenario, settings: { xmlStyle: 'plain', ...scenario.settings } });
    expect((await rehearsal.call(operation)).text).toMatch(wanted);
  });

  it('getapplist tells what the caller may do, when asked', async () => {
    const rehearsal = rehearse(finished);
    expect((await rehearsal.call('getapplist.do')).text).not.toContain('<user ');
    const answer = await rehearsal.call('getapplist.do', { include_user_info: 'True' });
    expect(attribute(answer.text, 'user', 'create_application_profile')).toBe('true');
  });
});

describe('profiles', () => {
  it('change in the given fields only, and in one custom field per call', async () => {
    const rehearsal = rehearse(finished);
    const change = { app_id: appId, description: 'The shop', industry: 'retail', web_application: 'TRUE', custom_field_name: 'Custom 3', custom_field_value: 'x' };
    const answer = await rehearsal.call('updateapp.do', change);
    expect(answer.text).toContain('<customfield name="Custom 3" value="x"/>');
    const read = await rehearsal.call('getappinfo.do', { app_id: appId });
    expect(read.text).toBe(answer.text);
    expect(['app_name', 'description', 'industry_vertical', 'is_web_application'].map((name) => attribute(read.text, 'application', name))).toEqual([
      'Web shop',
      'The shop',
      'Retail',
      'true',
    ]);
  });

  it.each<[Record<string, string>, string]>([
    [{ app_name: 'OLD SHOP' }, 'already in use'],
    [{ teams: 'Nobody' }, 'The team "Nobody" does not exist.'],
    [{ policy: 'None' }, 'The policy "None" does not exist.'],
    [{ industry: 'magic' }, 'The industry "magic" is not known.'],
    [{ business_criticality: 'VeryHigh' }, 'must be one of: Very High, '],
    [{ custom_field_name: 'Custom 11', custom_field_value: 'x' }, 'There is no custom field "Custom 11"'],
    [{ web_application: 'maybe' }, 'must be true or false'],
  ])('are not changed by %j', async (change, message) => {
    const rehearsal = rehearse(finished);
    const before = rehearsal.snapshot();
    expect((await rehearsal.call('updateapp.do', { app_id: appId, ...change })).error).toContain(message);
    expect(rehearsal.snapshot()).toEqual(before);
  });

  it('are deleted with everything below', async () => {
    const rehearsal = rehearse(finished);
    expect((await rehearsal.call('deleteapp.do', { app_id: appId })).text).toContain('<result>success</result>');
    const view = rehearsal.snapshot().applications[0];
    expect([view?.deleted, ...(view?.builds ?? []).map(({ deleted }) => deleted), view?.sandboxes[0]?.deleted]).not.toContain(false);
    expect((await rehearsal.call('getappinfo.do', { app_id: appId })).error).toBe('Access denied.');
  });

  it('of a restricted account need one of its teams', async () => {
    const rehearsal = rehearse({ teams: ['Blue', 'Green'], accounts: [{ roles: ['uploadapi'], teams: ['Blue'] }] });
    const create = (more: Record<string, string>): Promise<Answer> => rehearsal.call('createapp.do', { app_name: 'x', business_criticality: 'Low', ...more });
    expect((await create({})).error).toContain('must name at least one of its teams');
    expect((await create({ teams: 'Green' })).error).toContain('not a member of the team "Green"');
    expect((await create({ teams: 'Blue' })).error).toBeUndefined();
  });
});

describe('sandboxes', () => {
  it('change name, owner stays, and custom fields', async () => {
    const rehearsal = rehearse(finished);
    const sandboxId = rehearsal.snapshot().applications[0]?.sandboxes[0]?.id ?? '';
    const change = { sandbox_id: sandboxId, sandbox_name: 'feature', auto_recreate: 'true', custom_field_name: 'Custom 1', custom_field_value: 'x' };
    const answer = await rehearsal.call('updatesandbox.do', change);
    expect(attribute(answer.text, 'sandbox', 'sandbox_name')).toBe('feature');
    const list = await rehearsal.call('getsandboxlist.do', { app_id: appId });
    expect([attribute(list.text, 'sandbox', 'owner'), attribute(list.text, 'sandbox', 'auto_recreate')]).toEqual(['someone-else', 'true']);
    expect(list.text).toContain('<customfield name="Custom 1" value="x"/>');
  });

  it('names are taken whatever their case, and there is a limit', async () => {
    const rehearsal = rehearse({ ...finished, settings: { sandboxLimit: 2 } });
    const create = (name: string): Promise<Answer> => rehearsal.call('createsandbox.do', { app_id: appId, sandbox_name: name });
    expect((await create('DEV')).error).toContain('already exists');
    expect((await create('second')).error).toBeUndefined();
    expect((await create('third')).error).toBe('An application can have up to 2 sandboxes. To create a new sandbox, you must delete one.');
  });

  it('are promoted once, from their newest scan, and go if wanted', async () => {
    const rehearsal = rehearse(finished);
    const { v2 = '', d1 = '', d2 = '' } = buildIds(rehearsal);
    const promote = (buildId: string, more = {}): Promise<Answer> => rehearsal.call('promotesandbox.do', { build_id: buildId, ...more });
    expect((await promote(v2)).error).toBe(`Build ${v2} is not a sandbox scan.`);
    expect((await promote(d1)).error).toBe(`Build ${d1} is not the latest scan of its sandbox.`);
    expect((await promote('1')).error).toBe('Access denied.');
    const promoted = await promote(d2);
    expect(attribute(promoted.text, 'sandbox', 'sandbox_status')).toBe('policy');
    expect(attribute(promoted.text, 'sandbox', 'sandbox_name')).toBeUndefined();
    expect((await promote(d2, { delete_on_promote: 'true' })).error).toBe(`Build ${d2} has already been promoted.`);
    expect(rehearsal.snapshot().applications[0]?.builds.at(-1)).toMatchObject({ name: 'd2 Promoted', sandboxId: null, status: 'Results Ready' });
  });

  it('old scans are not promoted, nor over an unfinished policy scan', async () => {
    const old = rehearse(finished);
    old.passSeconds(61 * 86_400);
    expect((await old.call('promotesandbox.do', { build_id: buildIds(old)['d2'] ?? '' })).error).toContain('is older than 60 days');
    const busy = rehearse(finished);
    await busy.call('createbuild.do', { app_id: appId, version: 'v3' });
    expect((await busy.call('promotesandbox.do', { build_id: buildIds(busy)['d2'] ?? '' })).error).toContain('while the policy scan');
  });
});
