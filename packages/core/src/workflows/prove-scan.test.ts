import { describe, expect, it } from '@jest/globals';

import { type EmulatedPlatform, scanRequest, startEmulatedPlatform } from '../../test/emulated-platform.js';
import { tampering } from '../../test/tampering-client.js';
import type { ScanRequest } from '../domain/scan-request.js';
import { uploadAndScan } from './upload-and-scan.js';
import { waitForScan } from './wait-for-scan.js';

let platform: EmulatedPlatform;

/** Scans while reports are changed on their way, the first `times` of them. */
async function scanWithReports(change: (report: string) => string, times = Infinity, scenario = {}): ReturnType<typeof uploadAndScan> {
  let reports = 0;
  const changeSome = (report: string): string => {
    reports += 1;
    return reports <= times ? change(report) : report;
  };
  platform = await startEmulatedPlatform({ settings: { xmlStyle: 'plain' }, ...scenario }, (network) =>
    tampering(network, 'detailedreport.do', changeSome),
  );
  return uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), platform.options());
}

function reportCalls(): number {
  return platform.calls().filter((call) => call === 'detailedreport.do').length;
}

function attribute(name: string, value: string): (report: string) => string {
  return (report) => {
    const changed = report.replace(new RegExp(` ${name}="[^"]*"`), ` ${name}="${value}"`);
    if (changed === report) throw new Error(`the report has no ${name}`);
    return changed;
  };
}

const without =
  (name: string) =>
  (report: string): string =>
    report.replace(new RegExp(` ${name}="[^"]*"`), '');

const OTHER_POLICY = (report: string): string => attribute('policy_name', 'Other')(attribute('policy_version', '99')(report));

const contradictions: readonly [string, (report: string) => string, RegExp][] = [
  ['more findings than it has', attribute('total_flaws', '999'), /says 999 findings and has \d+/],
  ['no findings where it has some', attribute('total_flaws', '0'), /says 0 findings and has \d+/],
  ['no count', without('total_flaws'), /does not say how many findings/],
  ['another build', attribute('build_id', '42'), /of build 42/],
  ['another application', attribute('app_id', '42'), /of application 42/],
  ['another evaluation', attribute('policy_compliance_status', 'Calculating...'), /says policy Calculating\.\.\./],
  ['more vulnerabilities than it has', attribute('vulnerabilities', '99'), /components say \d+ vulnerabilities/],
];

describe('a report that says', () => {
  it.each(contradictions)('%s is never taken for proof', async (_name, change, message) => {
    await expect(scanWithReports(change)).rejects.toMatchObject({
      name: 'ProtocolError',
      code: 'report-contradicts',
      message: expect.stringMatching(message),
    });
    expect(reportCalls()).toBe(2);
  });

  it('two wrong things names both, after it was said that it is read once more', async () => {
    const both = (report: string): string => attribute('build_id', '42')(attribute('app_id', '43')(report));
    platform = await startEmulatedPlatform({ settings: { xmlStyle: 'plain' } }, (network) => tampering(network, 'detailedreport.do', both));
    const options = platform.options();
    await expect(uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), options)).rejects.toMatchObject({
      message: expect.stringMatching(/it is of build 42, not of \d+; it is of application 43, not of \d+\.$/),
      advice: expect.stringMatching(/--resume.*support/),
      context: { operation: 'detailedreport.do' },
    });
    expect(options.events).toContainEqual({
      type: 'warning',
      message: expect.stringMatching(/^The report of build \d+ cannot be trusted \(it is of build 42, not of \d+\); it is read once more\.$/),
    });
  });

  it.each(contradictions)('%s once is read once more', async (_name, change) => {
    await expect(scanWithReports(change, 1)).resolves.toMatchObject({ kind: 'proven' });
    expect(reportCalls()).toBe(2);
  });
});

describe('a report that contradicts itself near the deadline', () => {
  it('ends the run at once, because there is no time to read another', async () => {
    platform = await startEmulatedPlatform({ settings: { xmlStyle: 'plain' } }, (network) =>
      tampering(network, 'detailedreport.do', attribute('total_flaws', '999')),
    );
    const options = platform.options();
    const request = scanRequest([await platform.artifact('shop.war')], { wait: false });
    await uploadAndScan(platform.client, request, options);
    await platform.clock.sleep(6 * 3_600_000);
    const state = options.states.at(-1);
    if (state === undefined) throw new Error('no state');
    const startedMs = platform.clock.now();
    const run = waitForScan(platform.client, { state, timeoutMs: 110_000, pollIntervalMs: 120_000 }, platform.options());
    await expect(run).rejects.toMatchObject({ code: 'report-contradicts', message: expect.stringContaining('says 999 findings') });
    expect(platform.clock.now() - startedMs).toBeLessThan(110_000);
    expect(reportCalls()).toBe(1);
  });
});

describe('a report', () => {
  it.each([
    ['a module', /<module [^>]*\/>/g],
    ['a static analysis', /<static-analysis[\s\S]*?<\/static-analysis>/],
  ])('without %s proves nothing', async (_name, part) => {
    await expect(scanWithReports((report) => report.replace(part, ''))).rejects.toMatchObject({
      name: 'ScanFailedError',
      code: 'no-module-scanned',
      message: expect.stringMatching(/^The platform says that scan "Jenkins 17" \(build \d+\) is done, but no module was scanned\.$/),
      advice: expect.stringMatching(/modules/),
    });
  });

  it('tells when the scan was submitted and published, and by which policy it was judged', async () => {
    const outcome = await scanWithReports((report) => report, 0);
    expect(outcome).toMatchObject({
      submittedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      publishedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      policy: { name: expect.stringMatching(/./), version: expect.stringMatching(/^\d+$/), evaluatedAt: expect.stringMatching(/^\d{4}-.*Z$/) },
    });
  });

  it('is of the policy that the build names', async () => {
    await expect(scanWithReports(OTHER_POLICY)).resolves.toMatchObject({ policy: { name: expect.not.stringMatching('Other'), version: expect.not.stringMatching('99') } });
  });

  it('tells the policy and the time that the build does not tell', async () => {
    const silent = (info: string): string => info.replaceAll(/ (?:policy_name|policy_version|published_date)="[^"]*"/g, '');
    platform = await startEmulatedPlatform({ settings: { xmlStyle: 'plain' } }, (network) => tampering(tampering(network, 'detailedreport.do', OTHER_POLICY), 'getbuildinfo.do', silent));
    const run = uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), platform.options());
    await expect(run).resolves.toMatchObject({ publishedAt: expect.stringMatching(/Z$/), policy: { name: 'Other', version: '99' } });
  });

  describe.each<[string, ScanRequest['sandbox']]>([
    ['a policy scan', null],
    ['a sandbox', { name: 'feature', create: true }],
  ])('of %s whose evaluation has no time', (_name, sandbox) => {
    async function scanUndated(evaluation: 'Pass' | 'Not Assessed'): ReturnType<typeof uploadAndScan> {
      const undated = (info: string): string => info.replace(/ policy_updated_date="[^"]*"/, '');
      const scans = [{ policy: { evaluation } }];
      platform = await startEmulatedPlatform({ settings: { xmlStyle: 'plain' }, scans }, (network) => tampering(network, 'getbuildinfo.do', undated));
      return uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')], { sandbox }), platform.options());
    }

    it('says null where nothing was assessed, and never the time of the report', async () => {
      await expect(scanUndated('Not Assessed')).resolves.toMatchObject({ policy: { evaluatedAt: null } });
    });

    it('is a proof of a sandbox only', async () => {
      const scan = scanUndated('Pass');
      if (sandbox !== null) await expect(scan).resolves.toMatchObject({ policy: { evaluatedAt: null } });
      else {
        await expect(scan).rejects.toMatchObject({
          name: 'ProtocolError',
          code: 'evaluation-not-dated',
          message: expect.stringMatching(/^The platform says that the policy of build \d+ is "Pass", and not when it was evaluated\.$/),
          advice: expect.stringMatching(/--resume/),
          context: { operation: 'getbuildinfo.do' },
        });
      }
    });
  });

  const notThere = (): string => '<?xml version="1.0" encoding="UTF-8"?>\n\n<error>No report available.</error>\n';

  it('that is not there yet is asked for again, at the interval of polls', async () => {
    await expect(scanWithReports(notThere, 3)).resolves.toMatchObject({ kind: 'proven' });
    const times = platform.emulator.journal().filter(({ operation }) => operation === 'detailedreport.do').map(({ wallMs }) => wallMs);
    expect(times.slice(1).every((time, index) => time - (times[index] ?? 0) >= 120_000)).toBe(true);
  });

  const changesOfTheBuild: readonly [string, RegExp, string, RegExp][] = [
    ['scanned again', / status="Results Ready"/, ' status="Scan In Process"', /"Scan In Process", policy "/],
    ['judged again', / policy_compliance_status="[^"]*"/, ' policy_compliance_status="Calculating..."', /policy "Calculating\.\.\.", rules "/],
    ['judged by a new word', / policy_compliance_status="[^"]*"/, ' policy_compliance_status="Splendid"', /policy "Splendid", rules "/],
  ];
  it.each(changesOfTheBuild)('whose build is %s while it is read proves nothing', async (_name, before, after, message) => {
    const changedBuild = (info: string): string => (reportCalls() > 0 ? info.replace(before, after) : info);
    let reports = 0;
    const withoutCountOnce = (report: string): string => {
      reports += 1;
      return reports === 1 ? without('total_flaws')(report) : report.replace(/ policy_compliance_status="[^"]*"/, ' policy_compliance_status=""');
    };
    platform = await startEmulatedPlatform({ settings: { xmlStyle: 'plain' } }, (network) =>
      tampering(tampering(network, 'detailedreport.do', withoutCountOnce), 'getbuildinfo.do', changedBuild),
    );
    const run = uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), platform.options());
    await expect(run).rejects.toMatchObject({
      name: 'ProtocolError',
      code: 'results-changed',
      message: expect.stringMatching(new RegExp(`^The results of build \\d+ changed while they were read: .*${message.source}`)),
      advice: expect.stringMatching(/--resume/),
    });
  });

  it('that never comes ends the run', async () => {
    await expect(scanWithReports(notThere)).rejects.toMatchObject({
      name: 'ProtocolError',
      code: 'no-report',
      message: expect.stringMatching(/^The results of build \d+ are published, but/),
      advice: expect.stringContaining('--resume'),
      context: { operation: 'detailedreport.do' },
    });
    expect(reportCalls()).toBe(4);
  });

  it('that is refused for another reason ends the run at once', async () => {
    const refused = (): string => '<error>A valid app could not be found for build_id</error>';
    await expect(scanWithReports(refused)).rejects.toMatchObject({ name: 'RefusedError' });
    expect(reportCalls()).toBe(1);
  });

  it('with no finding is proof as well', async () => {
    const scenario = { scans: [{ findings: [], components: [] }] };
    await expect(scanWithReports((report) => report, 0, scenario)).resolves.toMatchObject({ tally: { total: 0 }, reportedFindings: 0 });
  });
});
