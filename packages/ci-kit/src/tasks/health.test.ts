import { startEmulator } from '@verapipe/emulator';
import { afterEach, describe, expect, it } from '@jest/globals';

import { type EmulatedRun, startEmulatedRun } from '../../test/emulated-run.js';
import { schemaFaults } from '../../test/results-schema.js';
import { runScan } from '../run/run-scan.js';
import { runFindings } from './findings.js';
import { runHealth } from './health.js';

type Scenario = Parameters<typeof startEmulatedRun>[0];

let world: EmulatedRun;

const OWN = 'GET /api/authn/v2/api_credentials';
const reads = (operation: string): number => world.emulator.journal().filter((entry) => entry.operation === operation).length;

afterEach(() => world.close());

const TROUBLE: Scenario = {
  settings: {
    statusPage: { indicator: 'major', description: 'Partial outage', incidents: [{ name: 'Scans are slow', impact: 'major' }] },
    maintenance: { startsInMinutes: 120, lastsMinutes: 60, title: 'New database' },
  },
};

async function health(more: Readonly<Record<string, string | true>> = {}): Promise<{ readonly result: unknown; readonly printed: string }> {
  const result = await runHealth(world.taskInput('health', { 'status-url': world.emulator.url, ...more }));
  return { result, printed: world.printed() };
}

describe('health', () => {
  it('is one line', async () => {
    world = await startEmulatedRun();
    const { result, printed } = await health();
    expect(result).toEqual({ kind: 'done', exitCode: 0 });
    expect(printed).toMatch(/^127\.0\.0\.1:\d+ is well; status page: "All Systems Operational"\.\n$/u);
  });

  it('tells incidents and planned maintenance, which are no failure of the platform', async () => {
    world = await startEmulatedRun(TROUBLE);
    const { result, printed } = await health();
    expect(result).toEqual({ kind: 'done', exitCode: 0 });
    expect(printed).toMatch(/"Partial outage"; incident "Scans are slow" \(investigating, since \S+Z\); maintenance planned: "New database" from \S+Z to \S+Z\.\n$/u);
  });

  it('is one object with --json', async () => {
    world = await startEmulatedRun(TROUBLE);
    const json = JSON.parse((await health({ json: true })).printed) as unknown;
    expect(schemaFaults(json, 'health')).toEqual([]);
    expect(json).toMatchObject({ endpoint: { healthy: true, code: null }, statusPage: { known: true, troubled: true, indicator: 'major', incidents: [{ name: 'Scans are slow' }], maintenances: [{ name: 'New database' }] } });
  });

  it('ends with 5 when the platform fails, after it has told what is known', async () => {
    world = await startEmulatedRun({ ...TROUBLE, faults: [{ operation: 'GET /healthcheck/status', kind: 'status:503', count: 'all' }] });
    const { result, printed } = await health({ json: true });
    expect(result).toMatchObject({ kind: 'failed', exitCode: 5, failure: { code: 'service-failed' } });
    expect(schemaFaults(JSON.parse(printed), 'health')).toEqual([]);
    expect(JSON.parse(printed)).toMatchObject({ endpoint: { healthy: false, code: 'service-failed' }, statusPage: { indicator: 'major' } });
  });

  it('ends with 3 when the credentials are refused', async () => {
    world = await startEmulatedRun({ faults: [{ operation: 'GET /healthcheck/status', kind: 'expired-credentials', count: 'all' }] });
    expect((await health()).result).toMatchObject({ kind: 'failed', exitCode: 3 });
  });

  it.each(['status:500', 'html-200', 'bad-json', 'reset-before', 'stall'])('is content with a status page that nobody can read: %s', async (kind) => {
    world = await startEmulatedRun({ faults: [{ operation: 'GET /api/v2/summary.json', kind, count: 'all' }] });
    const { result, printed } = await health();
    expect(result).toEqual({ kind: 'done', exitCode: 0 });
    expect(printed).toMatch(/is well; status page: unknown, http:\S+ could not be read \([a-z-]+\)\.\n$/u);
    expect(world.calls().filter((call) => call === 'GET /api/v2/summary.json')).toHaveLength(1);
  });

  it('ends with 5 for the page of a gateway, whatever its status', async () => {
    world = await startEmulatedRun({ faults: [{ operation: 'GET /healthcheck/status', kind: 'html-200', count: 'all' }] });
    const { result, printed } = await health();
    expect(result).toMatchObject({ kind: 'failed', exitCode: 5, failure: { code: 'html-answer' } });
    expect(printed).toMatch(/does not answer as it should/u);
  });

  it('warns once of a pair that ends soon, as every command does', async () => {
    world = await startEmulatedRun({ accounts: [{ credentialsExpireInDays: 5.5 }] });
    expect((await health()).result).toEqual({ kind: 'done', exitCode: 0 });
    expect(world.events.filter(({ type }) => type === 'expiry')).toEqual([{ type: 'expiry', loud: true, message: expect.stringMatching(/end in 5 days/u) }]);
    expect(reads(OWN)).toBe(1);
  });

  it('warns of it where the look-up of the pair stands for a health check, after that one call', async () => {
    world = await startEmulatedRun();
    const accounts = [{ apiId: `vera01ei-${'0'.repeat(32)}`, apiKey: `vera01es-${'1'.repeat(128)}`, credentialsExpireInDays: 5.5 }];
    const european = await startEmulator({ tlsPort: 0, proxyPort: 0, scenario: { accounts } });
    try {
      const { proxyUrl: proxy, caFile, apiId, apiKey } = european;
      const options = { 'platform-url': null, 'status-url': world.emulator.url, proxy: proxy ?? '', 'ca-file': caFile ?? '' };
      const result = await runHealth(world.taskInput('health', options, { env: { VERACODE_API_KEY_ID: apiId, VERACODE_API_KEY_SECRET: apiKey } }));
      expect(result).toEqual({ kind: 'done', exitCode: 0 });
      expect(world.printed()).toMatch(/^api\.veracode\.eu is well/u);
      expect(european.journal().flatMap(({ operation }) => (operation.startsWith('CONNECT') ? [] : [operation]))).toEqual([OWN]);
      expect(world.events).toContainEqual({ type: 'expiry', loud: true, message: expect.stringMatching(/end in 5 days/u) });
    } finally {
      await european.close();
    }
  });

  it('does not mind an end that cannot be looked up', async () => {
    world = await startEmulatedRun({ faults: [{ operation: OWN, kind: 'status:502', count: 'all' }] });
    expect((await health()).result).toEqual({ kind: 'done', exitCode: 0 });
    expect(reads(OWN)).toBe(1);
  });

  it('wants credentials, and asks nobody without', async () => {
    world = await startEmulatedRun();
    const result = await runHealth(world.taskInput('health', {}, { env: { VERACODE_API_KEY_ID: '', VERACODE_API_KEY_SECRET: '' } }));
    expect(result).toMatchObject({ kind: 'failed', exitCode: 3 });
    expect(world.emulator.journal()).toEqual([]);
  });

  it('asks no page about a platform of its own address', async () => {
    world = await startEmulatedRun();
    await runHealth(world.taskInput('health'));
    expect(world.printed()).toMatch(/status page: unknown, a platform of its own address has no public status page/u);
    expect(world.calls()).toEqual(['GET /healthcheck/status']);
  });
});

describe('a run that the platform ended', () => {
  const failing = (operation: string, kind: string): Scenario => ({ ...TROUBLE, applications: [{ name: 'Shop', builds: [{ name: 'one' }] }], faults: [{ operation, kind, count: 'all' }] });
  const reads = (): number => world.calls().filter((call) => call === 'GET /api/v2/summary.json').length;

  it('says in its advice what the status page says, after one read', async () => {
    world = await startEmulatedRun(failing('createbuild.do', 'status:503'));
    const result = await runScan(world.scanInput({ 'status-url': world.emulator.url, 'create-profile': null }));
    expect(result).toMatchObject({ exitCode: 5, failure: { code: 'service-failed', advice: expect.stringMatching(/The status page says now: "Partial outage"; incident "Scans are slow"/u) } });
    expect(reads()).toBe(1);
  });

  it('says so of tasks as well', async () => {
    world = await startEmulatedRun(failing('GET /appsec/v1/applications', 'status:502'));
    const result = await runFindings(world.taskInput('findings', { app: 'Shop', 'status-url': world.emulator.url }));
    expect(result).toMatchObject({ exitCode: 5, failure: { advice: expect.stringContaining('The status page says now:') } });
    expect(reads()).toBe(1);
  });

  it.each([
    ['a refusal', 'status:403', 3],
    ['a lost connection', 'reset-before', 5],
    ['a bad request', 'status:400', 5],
  ])('asks nobody after %s', async (_name, kind, exitCode) => {
    world = await startEmulatedRun(failing('GET /appsec/v1/applications', kind));
    expect(await runFindings(world.taskInput('findings', { app: 'Shop', 'status-url': world.emulator.url }))).toMatchObject({ exitCode });
    expect(reads()).toBe(0);
  });

  it('keeps its own advice when the page cannot be read', async () => {
    world = await startEmulatedRun(failing('*', 'status:503'));
    const result = await runFindings(world.taskInput('findings', { app: 'Shop', 'status-url': world.emulator.url }));
    expect(result).toMatchObject({ exitCode: 5, failure: { advice: 'The status page of the platform (status.veracode.com, .eu, .us) tells of outages and maintenance.' } });
    expect(reads()).toBe(1);
  });
});
