import { describe, expect, it } from '@jest/globals';
import { startInProcess, type InProcess } from '../../../test/in-process.js';
import { startMs } from '../../../test/rehearsal.js';
import type { ScenarioInput } from '../../scenarios/scenario.js';

const list = '/appsec/v1/applications';
const dayMs = 86_400_000;

const day = (daysAgo: number): string => new Date(startMs - daysAgo * dayMs).toISOString().slice(0, 10);
const time = (daysAgo: number): string => encodeURIComponent(new Date(startMs - daysAgo * dayMs).toISOString());
const build = (daysAgo: number, status = 'Results Ready' as const) => ({ name: `v${daysAgo}`, status, startedMinutesAgo: daysAgo * 24 * 60 });

const scenario: ScenarioInput = {
  organization: { accountId: '777' },
  policies: [{ name: 'House rules' }],
  applications: [
    { name: 'old', createdDaysAgo: 90, builds: [build(40)] },
    { name: 'fresh', createdDaysAgo: 2, policy: 'House rules', builds: [build(1)] },
    { name: 'running', createdDaysAgo: 20, builds: [{ name: 'v1', status: 'Scan In Process' }] },
    { name: 'never', createdDaysAgo: 20 },
  ],
  scans: [{ application: 'fresh', findings: [], components: [] }],
};

async function namesFor({ ask }: InProcess, query: string): Promise<readonly string[]> {
  const reply = await ask(`${list}?${query}`);
  expect([query, reply.status]).toEqual([query, 200]);
  const { _embedded: embedded } = JSON.parse(reply.text) as { _embedded?: { applications: { profile: { name: string } }[] } };
  return (embedded?.applications ?? []).map(({ profile }) => profile.name);
}

describe('filters of the list', () => {
  const platform = startInProcess({ scenario });

  it.each<[string, string[]]>([
    ['policy_compliance=PASSED', ['fresh']],
    ['policy_compliance=DID_NOT_PASS', ['old']],
    ['policy_compliance=NOT_ASSESSED', ['running', 'never']],
    ['policy_compliance=VENDOR_REVIEW', []],
    [`policy_compliance_checked_after=${day(1)}`, ['fresh']],
    [`policy_compliance_checked_after=${day(40)}`, ['old', 'fresh']],
    [`policy_compliance_checked_after=${time(1)}`, ['fresh']],
    [`policy_compliance_checked_after=${time(0.5)}`, []],
    [`modified_after=${day(10)}`, ['fresh']],
    [`modified_after=${day(30)}`, ['fresh', 'running', 'never']],
    ['scan_status=PUBLISHED', ['old', 'fresh']],
    ['scan_status=SCAN_IN_PROGRESS', ['running']],
    ['scan_status=SCAN_IN_PROGRESS&scan_status=PUBLISHED', ['old', 'fresh', 'running']],
    ['scan_type=STATIC', ['old', 'fresh', 'running']],
    ['scan_type=MANUAL', []],
    ['policy=House%20rules', ['fresh']],
    ['policy_id=5001', ['fresh']],
    ['org=777', ['old', 'fresh', 'running', 'never']],
    ['org=1', []],
    ['policy_compliance=DID_NOT_PASS&scan_status=PUBLISHED&name=OL', ['old']],
  ])('%s', async (query, names) => {
    expect(await namesFor(platform, query)).toEqual(names);
  });

  it.each([
    'policy_compliance=Pass',
    'policy_compliance_checked_after=2026-02-31T00:00',
    'policy_compliance_checked_after=01/31/2026',
    'policy_compliance_checked_after=2026-13-01',
    'modified_after=yesterday',
    'scan_status=DONE',
    'scan_status=PUBLISHED&scan_status=DONE',
    'scan_type=SCA',
    'custom_field_names=Custom%201',
    'custom_field_names=Colour&custom_field_values=red',
    'sort_by_custom_field_name=Colour',
  ])('refuses %s', async (query) => {
    expect((await platform.ask(`${list}?${query}`)).status).toBe(400);
  });

  it.each([
    ['both', day(1), 200],
    ['both', time(1), 200],
    ['day', day(1), 200],
    ['day', time(1), 400],
    ['time', day(1), 400],
    ['time', time(1), 200],
    ['time', `${day(1)}T00:00:00Z`, 400],
  ] as const)('that take the spelling "%s" answer %s with %i', async (checkedAfterSpelling, text, status) => {
    const { ask } = startInProcess({ scenario: { ...scenario, settings: { checkedAfterSpelling } } });
    expect((await ask(`${list}?policy_compliance_checked_after=${text}`)).status).toBe(status);
  });

  it('finds and sorts by custom fields, by pairs and with wildcards', async () => {
    const started = startInProcess({ scenario: { applications: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] } });
    const values: Readonly<Record<string, readonly [string, string]>> = { a: ['team red', 'x'], b: ['team blue', 'y'], c: ['red team', 'x'] };
    for (const { guid, name } of started.emulator.snapshot().applications) {
      const [first, second] = values[name] ?? ['', ''];
      const body = JSON.stringify({ profile: { name, business_criticality: 'LOW', custom_fields: [{ name: 'Custom 1', value: first }, { name: 'Custom 2', value: second }] } });
      await started.ask(`${list}/${guid}`, { method: 'PUT', body: (async function* () { yield await Promise.resolve(Buffer.from(body)); })() });
    }
    const pair = (name: string, value: string): string => `custom_field_names=Custom%20${name}&custom_field_values=${encodeURIComponent(value)}`;
    expect(await namesFor(started, pair('1', 'team%'))).toEqual(['a', 'b']);
    expect(await namesFor(started, pair('1', '%RED%'))).toEqual(['a', 'c']);
    expect(await namesFor(started, pair('1', 'team'))).toEqual([]);
    expect(await namesFor(started, `${pair('1', '%')}&${pair('2', 'x')}`)).toEqual(['a', 'c']);
    expect(await namesFor(started, 'sort_by_custom_field_name=Custom%201')).toEqual(['c', 'b', 'a']);
  });

  it('are kept in the links, which no plus sign makes useless', async () => {
    const { ask } = startInProcess({ scenario: { applications: [{ name: 'shop a' }, { name: 'shop b' }] } });
    const reply = await ask(`${list}?name=shop%20&scan_type=&size=1`);
    const { _links: links } = JSON.parse(reply.text) as { _links: { next: { href: string }; self: { href: string } } };
    expect(links.next.href).toBe('https://api.veracode.com/appsec/v1/applications/?name=shop%20&page=1&size=1');
    expect(links.self.href).toMatch(/\/\?name=shop%20\{&page,size,org,policy_id,/);
    const { pathname, search } = new URL(links.next.href);
    expect((await ask(pathname + search)).status).toBe(200);
  });
});
