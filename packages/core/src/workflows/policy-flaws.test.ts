import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';
import type { ScenarioInput } from '@verapipe/emulator';

import { type EmulatedPlatform, startEmulatedPlatform } from '../../test/emulated-platform.js';
import { refusing, tampering } from '../../test/tampering-client.js';
import type { HttpClient } from '../transport/http.js';
import { locateApplication } from './locate.js';
import { collectPolicyFlaws, type PolicyFlaws } from './policy-flaws.js';

const SCENARIO: ScenarioInput = {
  settings: { reportHashes: true },
  applications: [{ name: 'Shop', builds: [{ name: 'older' }, { name: 'newer' }, { name: 'running', status: 'Scan In Process' }] }],
  scans: [
    { scanName: 'older', findings: [] },
    {
      findings: [
        { cwe: 117, id: 3, file: 'src/A.java', line: 3, function: 'void a()', mitigation: { status: 'accepted', by: 'ann' } },
        { cwe: 89, id: 4, file: 'src/b.py', line: 3 },
      ],
      dynamicFindings: [{ cwe: 79, url: 'https://shop.example/' }],
    },
  ],
};

const SUMMARY = 'GET /appsec/v2/applications/{guid}/summary_report';
const REPORT = 'detailedreport.do';
let platform: EmulatedPlatform;

async function collect(between?: (network: HttpClient) => HttpClient, scenario = SCENARIO): Promise<PolicyFlaws> {
  platform = await startEmulatedPlatform(scenario, between);
  const { found } = await locateApplication(platform.client, 'Shop');
  return collectPolicyFlaws(platform.client, { application: found, file: join(platform.folder, 'policy.xml') });
}

describe('collectPolicyFlaws', () => {
  it('reads the static flaws of the newest published policy scan in two calls', async () => {
    const { scan, flaws } = await collect();
    const build = platform.emulator.snapshot().applications[0]?.builds[1];
    expect(scan).toEqual({ buildId: build?.id, report: { path: join(platform.folder, 'policy.xml'), sizeBytes: expect.any(Number), sha256: expect.stringMatching(/^[0-9a-f]{64}$/u) } });
    expect(flaws).toMatchObject([
      { id: '4', statement: null, mitigation: { state: 'none' } },
      { id: '3', cwe: 117, statement: { statementHashCount: 1, statementHashOrdinal: 1 }, mitigation: { state: 'accepted', reason: 'Mitigate by Design', approver: 'ann' } },
    ]);
    expect(platform.calls().slice(-2)).toEqual([SUMMARY, REPORT]);
  });

  it('finds no hashes where the platform tells none', async () => {
    const { flaws } = await collect(undefined, { ...SCENARIO, settings: {} });
    expect(flaws.map(({ statement }) => statement)).toEqual([null, null]);
  });

  it('finds nothing where no policy scan is published', async () => {
    expect(await collect(undefined, { ...SCENARIO, applications: [{ name: 'Shop', sandboxes: [{ name: 'dev', builds: [{ name: 'trial' }] }] }] })).toEqual({ scan: null, flaws: [] });
  });

  it.each<[name: string, operation: string, change: (text: string) => string, says: string]>([
    ['has another number of flaws than it says', REPORT, (text) => text.replace(/total_flaws="\d+"/u, 'total_flaws="4"'), 'it says 4 findings and has 3'],
    ['does not say how many flaws it has', REPORT, (text) => text.replace(/ total_flaws="\d+"/u, ''), 'it does not say how many findings it has'],
    ['is of another build', REPORT, (text) => text.replace(/ build_id="[^"]+"/u, ' build_id="99"'), 'it is of build 99'],
    ['is of another application', REPORT, (text) => text.replace(/ app_id="[^"]+"/u, ' app_id="99"'), 'it is of application 99'],
    ['is of a sandbox', SUMMARY, (text) => text.replace('{', '{"sandbox_name":"dev",'), 'it is of sandbox "dev"'],
  ])('trusts no report that %s', async (_name, operation, change, says) => {
    const failure = collect((network) => tampering(network, operation, change));
    await expect(failure).rejects.toMatchObject({ name: 'ProtocolError', code: 'policy-report-contradicts', message: expect.stringMatching(new RegExp(`^The report of policy scan \\d+ cannot be trusted: ${says}.*No mitigation was taken from it`)), advice: expect.stringContaining('Run again') });
  });

  it('is told that the account may not, which is no want of scans', async () => {
    platform = await startEmulatedPlatform({ ...SCENARIO, faults: [{ operation: SUMMARY, kind: 'status:403', count: 'all' }] });
    const { found } = await locateApplication(platform.client, 'Shop');
    await expect(collectPolicyFlaws(platform.client, { application: found, file: join(platform.folder, 'policy.xml') })).rejects.toMatchObject({ name: 'AuthorizationError' });
    expect(platform.calls()).not.toContain(REPORT);
  });

  it('ends where the report is refused', async () => {
    await expect(collect((network) => refusing(network, REPORT, 'No report available.', 99))).rejects.toMatchObject({ name: 'RefusedError' });
  });
});
