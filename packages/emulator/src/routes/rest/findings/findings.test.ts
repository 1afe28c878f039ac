import { describe, expect, it } from '@jest/globals';
import { startInProcess, type InProcess, type Reply } from '../../../../test/in-process.js';
import type { RoleName } from '../../../scenarios/account-schema.js';
import type { ScenarioInput } from '../../../scenarios/scenario.js';

interface Finding {
  readonly issue_id?: number;
  readonly scan_type: string;
  readonly description: string;
  readonly violates_policy: boolean;
  readonly finding_status: Readonly<Record<string, unknown>>;
  readonly finding_details: Readonly<Record<string, unknown>>;
  readonly [other: string]: unknown;
}

interface Page {
  readonly _embedded?: { readonly findings: readonly Finding[] };
  readonly _links: Readonly<Record<string, { readonly href: string; readonly templated?: boolean }>>;
  readonly page: Readonly<Record<'size' | 'total_elements' | 'total_pages' | 'number', number>>;
}

const scenario: ScenarioInput = {
  policies: [{ name: 'House rules', forbiddenSeverity: 4, graceDays: 10 }],
  applications: [
    { name: 'Shop', policy: 'House rules', builds: [{ name: 'v1' }], sandboxes: [{ name: 'dev', builds: [{ name: 'd1' }] }] },
    { name: 'Unscanned' },
  ],
  scans: [
    { scanName: 'd1', findings: [{ cwe: 117 }], dynamicFindings: [], manualFindings: [], components: [] },
    {
      findings: [
        { cwe: 89, file: 'src/Orders.java', line: 7, function: 'void find(int)', firstFoundDaysAgo: 3 },
        { cwe: 80, remediationStatus: 'Fixed' },
        { cwe: 89, remediationStatus: 'Open', firstFoundDaysAgo: 30, mitigation: { action: 'fp', status: 'accepted', comment: 'No.', by: 'dana' } },
        { cwe: 404, mitigation: { status: 'proposed' } },
      ],
      dynamicFindings: [{ cwe: 80, severity: 4, url: 'https://shop.example:8443/search?q=1', parameter: 'q' }],
      manualFindings: [{ id: 7, cwe: 287, location: 'https://shop.example/orders/1', cvss: 8.1, capecId: 1 }],
    },
  ],
};

async function ask({ ask: send, emulator }: InProcess, query = '', application = 0, headers = {}): Promise<Reply> {
  return send(`/appsec/v2/applications/${emulator.snapshot().applications[application]?.guid ?? ''}/${query}`, headers);
}

async function find(started: InProcess, query: string, application = 0): Promise<Page> {
  const reply = await ask(started, `findings${query}`, application);
  expect([reply.status, reply.text.slice(0, 1)]).toEqual([200, '{']);
  return JSON.parse(reply.text) as Page;
}

function idsOf(page: Page): (number | undefined)[] {
  return (page._embedded?.findings ?? []).map(({ issue_id: id }) => id).sort();
}

describe('GET /appsec/v2/applications/{guid}/findings', () => {
  const [dynamic, manual] = [10_000_001, 7];

  it.each<[string, number[]]>([
    ['', [1, 10_000_001, 2, 3, 4, 7]],
    ['?scan_type=STATIC', [1, 2, 3, 4]],
    ['?scan_type=DYNAMIC,MANUAL', [dynamic, manual]],
    ['?scan_type=DYNAMIC&scan_type=MANUAL', [dynamic, manual]],
    ['?severity=0', [4]],
    ['?severity_gte=4', [1, dynamic, 3, manual]],
    ['?cwe=80', [dynamic, 2]],
    ['?cwe=80,404', [dynamic, 2, 4]],
    ['?finding_category=19', [1, 3]],
    ['?cvss=8.1', [manual]],
    ['?cvss_gte=8.2', []],
    ['?cve=CVE-1999-99001', []],
    ['?violates_policy=True', [1, dynamic, manual]],
    ['?violates_policy=false', [2, 3, 4]],
    ['?new=true', [1, dynamic, 4, manual]],
    ['?new=false', [2, 3]],
    ['?mitigated_after=2019-07-01', [3]],
    ['?mitigated_after=2019-08-01', []],
  ])('%s finds %j', async (query, ids) => {
    expect(idsOf(await find(startInProcess({ scenario }), query))).toEqual(ids);
  });

  it('shows a static finding with its mitigation and its grace period', async () => {
    const started = startInProcess({ scenario });
    const page = await find(started, '?scan_type=STATIC&cwe=89&include_annot=true&include_exp_date=true');
    expect(page._embedded?.findings).toMatchObject([
      {
        issue_id: 1,
        description: expect.stringMatching(/^<span>.*<\/span>$/),
        context_type: 'APPLICATION',
        violates_policy: true,
        finding_status: { status: 'OPEN', resolution: 'UNRESOLVED', resolution_status: 'NONE', new: true },
        finding_details: { severity: 4, cwe: { id: 89 }, file_path: 'src/Orders.java', file_name: 'Orders.java', file_line_number: 7, procedure: 'src.Orders.find' },
        annotations: [],
        grace_period_expires_date: '2019-08-20T18:00:10.000Z',
      },
      {
        issue_id: 3,
        violates_policy: false,
        finding_status: { status: 'OPEN', resolution: 'POTENTIAL_FALSE_POSITIVE', resolution_status: 'APPROVED', new: false },
        annotations: [
          { action: 'FP', comment: 'No.', user_name: 'dana' },
          { action: 'APPROVED', user_name: 'dana' },
        ],
      },
    ]);
    expect(page._embedded?.findings[1]).not.toHaveProperty('grace_period_expires_date');
    const plain = await find(started, '?cwe=89');
    expect(plain._embedded?.findings[0]).not.toHaveProperty('annotations');
    expect(plain._embedded?.findings[0]).not.toHaveProperty('grace_period_expires_date');
  });

  it('shows fixed ones as closed, dynamic ones in base64, manual ones with their texts', async () => {
    const page = await find(startInProcess({ scenario }), '?cwe=80,287');
    const [scripting, login] = [page._embedded?.findings.filter(({ finding_details: d }) => d['url'] === undefined), page._embedded?.findings.find(({ scan_type: type }) => type === 'DYNAMIC')];
    expect(scripting).toMatchObject([
      { scan_type: 'MANUAL', finding_details: { location: 'https://shop.example/orders/1', cvss: '8.1', capec_id: '1' } },
      { scan_type: 'STATIC', finding_status: { status: 'CLOSED' } },
    ]);
    expect(login?.finding_details).toMatchObject({ hostname: 'shop.example', port: '8443', path: '/search', vulnerable_parameter: 'q' });
    expect(Buffer.from(login?.description ?? '', 'base64').toString()).toMatch(/^<span>/);
  });

  it('keeps components apart, without id and build', async () => {
    const started = startInProcess({ scenario });
    const page = await find(started, '?scan_type=SCA&include_annot=TRUE');
    expect(page._embedded?.findings).toMatchObject([{ scan_type: 'SCA', finding_details: { component_filename: 'example-json-1.4.2.jar', cve: { name: 'CVE-1999-99001' } } }]);
    expect(Object.keys(page._embedded?.findings[0] ?? {})).not.toEqual(expect.arrayContaining(['issue_id']));
    expect(page._embedded?.findings[0]).not.toHaveProperty('build_id');
    expect(Object.keys(page._links)).toEqual(['self', 'application', 'non-sca']);
    for (const query of ['&cve=CVE-2000-1', '&cvss=1', '&cvss_gte=9', '&severity=1', '&severity_gte=5', '&cwe=1', '&violates_policy=true', '&new=false', '&sca_scan_mode=AGENT', '&sca_dep_mode=DIRECT']) {
      expect([query, (await find(started, `?scan_type=SCA${query}`)).page.total_elements]).toEqual([query, 0]);
    }
    for (const query of ['&cve=CVE-1999-99001', '&cvss=7.5', '&cvss_gte=7', '&severity=4', '&severity_gte=4', '&cwe=502', '&violates_policy=false', '&new=true', '&sca_scan_mode=BOTH', '&sca_dep_mode=UNKNOWN']) {
      expect([query, (await find(started, `?scan_type=SCA${query}`)).page.total_elements]).toEqual([query, 1]);
    }
  });

  it('reads a sandbox by its guid', async () => {
    const started = startInProcess({ scenario });
    const guid = started.emulator.snapshot().applications[0]?.sandboxes[0]?.guid ?? '';
    const page = await find(started, `?context=${guid}`);
    expect(page._embedded?.findings).toMatchObject([{ context_type: 'SANDBOX', context_guid: guid, finding_details: { cwe: { id: 117 } } }]);
  });

  it('has pages of 20 unless told, embeds nothing where there is nothing, and links like the platform', async () => {
    const started = startInProcess({ scenario: { applications: [{ name: 'Shop', builds: [{ name: 'v1' }] }, { name: 'Unscanned' }], scans: [{ findings: { generate: 45 } }] } });
    const first = await find(started, '?violates_policy=TRUE&scan_type=STATIC');
    expect(first.page.size).toBe(20);
    expect(first._links['self']?.href).toMatch(/\/findings\?violates_policy=true&scan_type=STATIC\{&context,severity,.*include_annot,new,.*\}$/);
    expect((await find(started, '')).page).toEqual({ size: 20, total_elements: 45, total_pages: 3, number: 0 });
    const sizes = await Promise.all([0, 1, 2, 3].map(async (number) => (await find(started, `?page=${number}`))._embedded?.findings.length));
    expect(sizes).toEqual([20, 20, 5, undefined]);
    expect(await find(started, '', 1)).toEqual({ _links: expect.anything(), page: { size: 20, total_elements: 0, total_pages: 0, number: 0 } });
  });

  it('finds a page among millions by counting', async () => {
    const started = startInProcess({ scenario: { applications: [{ name: 'Shop', builds: [{ name: 'v1' }] }], scans: [{ findings: { generate: 5_000_000 } }] } });
    const all = await find(started, '?size=500&page=9999');
    expect(all.page).toEqual({ size: 500, total_elements: 5_000_000, total_pages: 10_000, number: 9_999 });
    expect(all._embedded?.findings).toHaveLength(500);
    const pages = await Promise.all([3, 4].map((page) => find(started, `?size=3&page=${page}&cwe=404`)));
    expect(pages.map(idsOf)).toEqual([
      [11 + 15 * 9, 11 + 15 * 10, 11 + 15 * 11],
      [11 + 15 * 12, 11 + 15 * 13, 11 + 15 * 14],
    ]);
  });

  it.each([
    ['?scan_type=SCA,STATIC', 'scan_type SCA cannot be combined'],
    ['?scan_type=static', 'scan_type must be one of'],
    ['?severity=6', 'severity must be'],
    ['?severity_gte=high', 'severity_gte must be'],
    ['?cwe=CWE-79', 'cwe must be'],
    ['?cvss=11', 'cvss must be'],
    ['?new=maybe', 'new must be'],
    ['?mitigated_after=01/02/2025', 'mitigated_after must be'],
    ['?sca_dep_mode=ALL', 'sca_dep_mode must be'],
    ['?size=0', 'page must be'],
    ['?colour=red', 'does not know'],
  ])('refuses %s', async (query, reason) => {
    const reply = await ask(startInProcess({ scenario }), `findings${query}`);
    expect({ status: reply.status, text: reply.text }).toEqual({ status: 400, text: expect.stringContaining(reason) });
  });

  it.each([
    ['findings', 404],
    ['summary_report', 404],
    ['findings/1/static_flaw_info', 403],
  ])('says of an application that the account does not see: %s, %i', async (path, status) => {
    const started = startInProcess({ scenario });
    expect((await started.ask(`/appsec/v2/applications/nobody/${path}`)).status).toBe(status);
    expect((await ask(started, `${path}?context=nobody`)).status).toBe(status);
  });

  it.each(['findings', 'summary_report', 'findings/1/static_flaw_info'])('%s is forbidden without the role', async (path) => {
    const roles: RoleName[] = ['uploadapi', 'noteamrestrictionapi'];
    expect((await ask(startInProcess({ scenario: { ...scenario, accounts: [{ roles }] } }), path)).status).toBe(403);
  });
});

describe('details of one finding', () => {
  it('has data paths of static findings, request and response of dynamic ones', async () => {
    const started = startInProcess({ scenario });
    const paths = await ask(started, 'findings/1/static_flaw_info');
    expect(JSON.parse(paths.text)).toMatchObject({ issue_summary: { issue_id: 1 }, data_paths: [{ steps: 2, local_path: 'src/Orders.java', line_number: 7, calls: [{ line_number: 7 }, { line_number: 4 }] }] });
    const request = await ask(started, 'findings/10000001/dynamic_flaw_info');
    expect(JSON.parse(request.text)).toMatchObject({ dynamic_flaw_info: { request: { port: '8443', attack_vectors: [{ name: 'q', original_value: '1' }] } } });
  });

  it.each(['findings/99/static_flaw_info', 'findings/1/dynamic_flaw_info', 'findings/10000001/static_flaw_info'])('refuses %s', async (path) => {
    const reply = await ask(startInProcess({ scenario }), path);
    expect([reply.status, JSON.parse(reply.text)]).toEqual([400, { code: 'BAD_REQUEST', message: expect.any(String) }]);
  });
});

describe('GET /appsec/v2/applications/{guid}/summary_report', () => {
  it('agrees with the findings, in three styles of names', async () => {
    const started = startInProcess({ scenario });
    const report = JSON.parse((await ask(started, 'summary_report')).text) as Record<string, unknown>;
    expect(report).toMatchObject({
      app_name: 'Shop',
      total_flaws: 6,
      flaws_not_mitigated: 5,
      scan_overdue: 'false',
      policy_compliance_status: 'Conditional Pass',
      'static-analysis': { modules: { module: expect.any(Array) } },
      'dynamic-analysis': { modules: { module: [{ name: 'dynamic_analysis', num_flaws_sev_4: 1 }] } },
      'manual-analysis': { modules: { module: [{ name: 'manual', num_flaws_sev_4: 1 }] } },
      flaw_status: { fixed: 1, total: 6, not_mitigated: 5, 'sev-4-change': 3 },
      software_composition_analysis: { vulnerable_components: { component_dto: [{ licenses: { license_dto: [{ spdx_id: 'Apache-2.0' }] } }, expect.anything()] } },
    });
    expect(report).not.toHaveProperty('sandbox_name');
  });

  it('takes a sandbox and a build, and says 404 where nothing is published', async () => {
    const started = startInProcess({ scenario });
    const [shop] = started.emulator.snapshot().applications;
    const sandbox = JSON.parse((await ask(started, `summary_report?context=${shop?.sandboxes[0]?.guid ?? ''}`)).text) as unknown;
    expect(sandbox).toMatchObject({ sandbox_name: 'dev', version: 'd1', total_flaws: 1 });
    const build = shop?.builds.find(({ name }) => name === 'v1')?.id ?? '';
    expect((await ask(started, `summary_report?build_id=${build}`)).status).toBe(200);
    expect((await ask(started, 'summary_report?build_id=1')).status).toBe(404);
    expect((await ask(started, 'summary_report', 1)).status).toBe(404);
  });
});

describe('the detailed report', () => {
  it('lists findings of every kind, with the right totals', async () => {
    const started = startInProcess({ scenario });
    const build = started.emulator.snapshot().applications[0]?.builds[0]?.id ?? '';
    const { text } = await started.ask(`/api/5.0/detailedreport.do?build_id=${build}`);
    expect(text.match(/<flaw /g)).toHaveLength(6);
    expect(text).toMatch(/total_flaws="6"[^>]* flaws_not_mitigated="5"/);
    expect(text.match(/<(?:static|dynamic|manual)-analysis/g)).toEqual(['<static-analysis', '<dynamic-analysis', '<manual-analysis']);
    expect(text.match(/<(?:static|dynamic|manual)flaws/g)).toEqual(['<manualflaws', '<staticflaws', '<dynamicflaws', '<staticflaws', '<staticflaws']);
    expect(text).toMatch(/<flaw [^>]*vuln_parameter="q"/);
  });
});
