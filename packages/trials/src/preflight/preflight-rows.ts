import type { CheckId, CheckOutcome, PreflightInput } from '@verapipe/ci-kit';
import type { ScenarioInput } from '@verapipe/emulator';

/** What a row may be made from: addresses that are known only once the emulator runs. */
export interface RowPlace {
  readonly url: string;
  readonly tlsUrl: string;
  readonly proxyUrl: string;
  readonly caFile: string;
  /** A port of this machine at which nobody listens. */
  readonly closedPort: number;
}

/** One check, and how it is made to fail; or to warn, where it can do no more. */
export interface PreflightRow {
  readonly check: CheckId;
  /** What is wrong, for people. */
  readonly by: string;
  readonly wanted: Extract<CheckOutcome, 'failure' | 'warning'>;
  readonly scenario?: ScenarioInput;
  /** Arguments of the command. @defaultValue the emulator's address, and the application "Shop" */
  readonly args?: (place: RowPlace) => readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** True where the pair comes from a credentials file, and its home folder is a checkout. */
  readonly isHomeCheckout?: boolean;
  readonly freeBytes?: PreflightInput['freeBytes'];
  /** Fields of one answer that come otherwise than the emulator, which lets nobody in with them, sends them. */
  readonly answer?: ChangedAnswer;
}

/** An answer that is changed on its way. */
export interface ChangedAnswer {
  readonly operation: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const SHOP = { applications: [{ name: 'Shop', sandboxes: [{ name: 'dev' }], builds: [{ name: 'release 1' }] }] } satisfies ScenarioInput;

const atShop = ({ url }: RowPlace, ...more: readonly string[]): readonly string[] => ['--platform-url', url, '--app', 'Shop', ...more];

const OWN_PAIR = 'GET /api/authn/v2/api_credentials';

const GITLAB = { GITLAB_CI: 'true', CI_PROJECT_PATH: 'team/shop', CI_PIPELINE_ID: '7', CI_JOB_NAME: 'scan' };

/** Every check, in their order, each with one cause. */
export const PREFLIGHT_ROWS: readonly PreflightRow[] = [
  { check: 'names', by: 'a host name that does not exist', wanted: 'failure', args: () => ['--platform-url', 'https://veracode.invalid'] },
  {
    check: 'proxy',
    by: 'a proxy at which nobody listens',
    wanted: 'failure',
    args: ({ closedPort }) => ['--proxy', `http://127.0.0.1:${String(closedPort)}`],
  },
  { check: 'proxy', by: 'a proxy that refuses the host', wanted: 'failure', args: ({ proxyUrl }) => ['--proxy', proxyUrl, '--platform-url', 'https://veracode.invalid'] },
  { check: 'tls', by: 'a certificate of an unknown authority', wanted: 'failure', args: ({ tlsUrl }) => ['--platform-url', tlsUrl] },
  { check: 'tls', by: 'a port at which nobody listens', wanted: 'failure', args: ({ closedPort }) => ['--platform-url', `http://127.0.0.1:${String(closedPort)}`] },
  { check: 'clock', by: 'a platform whose clock is an hour ahead', wanted: 'failure', scenario: { ...SHOP, faults: [{ operation: '*', kind: 'clock-skew:3600', count: 'all' }] }, args: atShop },
  { check: 'credentials', by: 'no credentials', wanted: 'failure', args: atShop, env: { VERACODE_API_KEY_ID: '', VERACODE_API_KEY_SECRET: '' } },
  { check: 'credentials', by: 'a reference that the CI did not replace', wanted: 'failure', args: atShop, env: { VERACODE_API_KEY_SECRET: '$VERACODE_KEY' } },
  { check: 'credentials', by: 'a credentials file inside of a checkout', wanted: 'failure', isHomeCheckout: true },
  {
    check: 'region',
    by: 'a European key and another region',
    wanted: 'failure',
    scenario: { accounts: [{ apiId: `vera01ei-${'0'.repeat(32)}`, apiKey: `vera01es-${'1'.repeat(128)}` }] },
    args: ({ proxyUrl, caFile }) => ['--proxy', proxyUrl, '--ca-file', caFile, '--region', 'fedramp'],
  },
  { check: 'health', by: 'a health check that answers 503', wanted: 'failure', scenario: { ...SHOP, faults: [{ operation: 'GET /healthcheck/status', kind: 'status:503', count: 'all' }] }, args: atShop },
  {
    check: 'status-page',
    by: 'an incident on the status page',
    wanted: 'warning',
    scenario: { ...SHOP, settings: { statusPage: { indicator: 'major', description: 'Partial outage', incidents: [{ name: 'Scans are slow', impact: 'major' }] } } },
    args: (place) => atShop(place, '--status-url', place.url),
  },
  {
    check: 'access',
    by: 'credentials that the platform refuses',
    wanted: 'failure',
    scenario: { ...SHOP, faults: [{ operation: OWN_PAIR, kind: 'expired-credentials', count: 'all' }] },
    args: atShop,
  },
  { check: 'expiry', by: 'credentials that end in five days', wanted: 'warning', scenario: { ...SHOP, accounts: [{ credentialsExpireInDays: 5.5 }] }, args: atShop },
  {
    check: 'expiry',
    by: 'a pair that is shown as revoked, and still accepted (changed on the way)',
    wanted: 'failure',
    scenario: SHOP,
    args: atShop,
    answer: { operation: OWN_PAIR, fields: { revocation_ts: '2026-01-01T00:00:00.000+0000' } },
  },
  {
    check: 'expiry',
    by: 'a pair that is shown as ended, and still accepted (changed on the way)',
    wanted: 'failure',
    scenario: SHOP,
    args: atShop,
    answer: { operation: OWN_PAIR, fields: { expiration_ts: '2026-01-01T00:00:00.000+0000' } },
  },
  {
    check: 'expiry',
    by: 'a newer pair of the account (changed on the way)',
    wanted: 'warning',
    scenario: SHOP,
    args: atShop,
    answer: { operation: OWN_PAIR, fields: { api_id: 'f'.repeat(32) } },
  },
  {
    check: 'account',
    by: 'an account that is shown as not active (changed on the way)',
    wanted: 'failure',
    scenario: SHOP,
    args: atShop,
    answer: { operation: 'GET /api/authn/v2/users/self', fields: { active: false } },
  },
  { check: 'account', by: "a person's account", wanted: 'warning', scenario: { ...SHOP, accounts: [{ kind: 'person', userName: 'ann', roles: ['extseclead', 'extcreator'] }] }, args: atShop },
  { check: 'roles', by: 'an account that may only read results', wanted: 'failure', scenario: { ...SHOP, accounts: [{ roles: ['resultsapi', 'noteamrestrictionapi'] }] }, args: atShop },
  {
    check: 'teams',
    by: 'an account in no team',
    wanted: 'failure',
    scenario: { ...SHOP, accounts: [{ roles: ['uploadapi', 'resultsapi', 'apisubmitstaticscan'] }] },
    args: ({ url }) => ['--platform-url', url],
  },
  { check: 'application', by: 'a name with two letters swapped', wanted: 'failure', scenario: SHOP, args: ({ url }) => ['--platform-url', url, '--app', 'Shpo'] },
  {
    check: 'application',
    by: 'a name with two letters swapped, for a pipeline scan, which can do without',
    wanted: 'warning',
    scenario: SHOP,
    args: ({ url }) => ['--platform-url', url, '--app', 'Shpo', '--for', 'pipeline-scan'],
  },
  { check: 'sandbox', by: 'a sandbox of another name', wanted: 'failure', scenario: SHOP, args: (place) => atShop(place, '--sandbox', 'dve') },
  {
    check: 'sandboxes-left',
    by: '25 sandboxes, and a new one to be made',
    wanted: 'failure',
    scenario: { applications: [{ name: 'Shop', sandboxes: Array.from({ length: 25 }, (_, index) => ({ name: `branch ${String(index)}` })) }] },
    args: (place) => atShop(place, '--sandbox', 'quite another', '--create-sandbox'),
  },
  { check: 'policy', by: 'a policy that is not there', wanted: 'failure', scenario: { ...SHOP, policies: [{ name: 'Strict' }] }, args: (place) => atShop(place, '--policy', 'Stricd') },
  {
    check: 'latest-build',
    by: 'an unfinished scan of somebody else',
    wanted: 'failure',
    scenario: { applications: [{ name: 'Shop', builds: [{ name: 'nightly', status: 'Pre-Scan Success', submittedBy: 'lee', startedMinutesAgo: 300 }] }] },
    args: atShop,
  },
  { check: 'artifacts', by: 'an empty file', wanted: 'failure', scenario: SHOP, args: (place) => atShop(place, '--file', 'empty.war') },
  { check: 'artifacts', by: 'a pattern that matches nothing', wanted: 'failure', scenario: SHOP, args: (place) => atShop(place, '--file', 'target/*.war') },
  { check: 'artifact-lint', by: 'a file that is no archive, with --lint error', wanted: 'failure', scenario: SHOP, args: (place) => atShop(place, '--file', 'broken.war', '--lint', 'error') },
  {
    check: 'org-policy',
    by: "an organisation's file with a word that nobody knows",
    wanted: 'failure',
    scenario: SHOP,
    args: (place) => atShop(place, '--org-policy', 'org.yml'),
  },
  { check: 'org-policy', by: "an organisation's file that is not there", wanted: 'failure', scenario: SHOP, args: (place) => atShop(place, '--org-policy', 'none.yml') },
  { check: 'outputs', by: 'a file in the place of the output folder', wanted: 'failure', scenario: SHOP, args: (place) => atShop(place, '--output-dir', 'empty.war') },
  { check: 'outputs', by: 'the same, for findings', wanted: 'failure', scenario: SHOP, args: (place) => atShop(place, '--for', 'findings', '--output-dir', 'empty.war') },
  { check: 'disk', by: 'a disk with 10 MB left (told by the caller)', wanted: 'failure', scenario: SHOP, args: atShop, freeBytes: () => Promise.resolve(10 * 1024 * 1024) },
  {
    check: 'disk',
    by: 'the same, for findings',
    wanted: 'failure',
    scenario: SHOP,
    args: (place) => atShop(place, '--for', 'findings'),
    freeBytes: () => Promise.resolve(10 * 1024 * 1024),
  },
  { check: 'time-limit', by: 'a GitLab job of 60 minutes and the default of 360', wanted: 'failure', scenario: SHOP, args: atShop, env: { ...GITLAB, CI_JOB_TIMEOUT: '3600' } },
  { check: 'time-limit', by: '--job-timeout 30 and --timeout 45', wanted: 'failure', scenario: SHOP, args: (place) => atShop(place, '--job-timeout', '30', '--timeout', '45') },
  { check: 'masking', by: 'a GitLab job that traces every variable', wanted: 'failure', scenario: SHOP, args: atShop, env: { ...GITLAB, CI_DEBUG_TRACE: 'true' } },
  {
    check: 'write',
    by: 'a platform that refuses new builds',
    wanted: 'failure',
    scenario: { ...SHOP, faults: [{ operation: 'createbuild.do', kind: 'status:403', count: 'all' }] },
    args: (place) => atShop(place, '--write'),
  },
  {
    check: 'conformance',
    by: 'an answer of another kind',
    wanted: 'warning',
    scenario: { ...SHOP, faults: [{ operation: 'getapplist.do', kind: 'wrong-root', count: 'all' }] },
    args: (place) => atShop(place, '--conformance'),
  },
];
