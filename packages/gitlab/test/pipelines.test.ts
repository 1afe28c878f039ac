import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, expect, it } from '@jest/globals';

import { schemaFaults } from './gitlab-files.js';
import { type LocalProject, startLocalProject, withLocalCi } from './local-ci.js';

const SCAN = 'veracode-scan';
const PIPELINE_SCAN = 'veracode-pipeline-scan';
const SHOP = { app: 'Shop', file: ['shop.jar'], 'create-profile': true, when: 'always' };
const QUICK = { file: ['shop.jar'], when: 'always', 'report-dir': 'quick' };
const CLEAN = { scans: [{ findings: [], components: [] }], pipelineScans: [{ findings: [] }] };

/** Both reports in one: with findings, and without. */
async function reportFaults(project: LocalProject, job: string, folder: string): Promise<readonly string[]> {
  const read = async (file: string): Promise<unknown> => JSON.parse(await project.artifact(job, `${folder}/${file}`));
  return [
    ...schemaFaults('gitlab-sast-report-15.2.1', await read('gl-sast-report.json')),
    ...(job.includes('pipeline') ? [] : schemaFaults('gitlab-dependency-scanning-report-15.2.1', await read('gl-dependency-scanning-report.json'))),
    ...schemaFaults('gitlab-code-quality', await read('gl-code-quality-report.json')),
  ];
}

let project: LocalProject;
let gitlab: Server | undefined;

withLocalCi('a pipeline of the components', () => {
  afterEach(async () => {
    await project.close();
    gitlab?.close();
    gitlab = undefined;
  });

  it('reports in one job and decides in another, or does both in one, or tells beforehand', async () => {
    project = await startLocalProject();
    const { jobs, output } = await project.run([
      { template: SCAN, inputs: SHOP },
      { template: SCAN, inputs: { ...SHOP, app: 'Shop: "alone" # 1', 'job-prefix': 'alone', 'report-dir': 'alone', mode: 'single-job', 'allowed-exit-codes': [1, 8] } },
      { template: PIPELINE_SCAN, inputs: QUICK },
      { template: 'veracode-preflight', inputs: { app: 'Nobody', 'report-dir': 'before' } },
    ]);
    expect(jobs).toEqual({ veracode_sast: 'PASS', veracode_gate: 'FAIL', alone_sast: 'WARN', 'veracode-pipeline_sast': 'PASS', 'veracode-pipeline_gate': 'FAIL', veracode_preflight: 'FAIL' });
    expect(output).toMatch(/veracode_gate +> FAIL: policy scan \d+, read from veracode\/verapipe-results\.json and judged again by one gate; the platform was not asked\./u);
    expect(output).toMatch(/alone_sast +> FAIL: policy scan .+ of "Shop: "alone" # 1"/u);
    expect(output).toMatch(/veracode_sast +> \[INFO\] [\d:]+ {2}Scan "gitlab group\/shop \d+ veracode_sast"/u);
    for (const [job, folder] of [['veracode_sast', 'veracode'], ['veracode-pipeline_sast', 'quick'], ['alone_sast', 'alone']] as const) {
      expect(await reportFaults(project, job, folder)).toEqual([]);
    }
    expect(await project.artifact('veracode_sast', 'veracode/veracode.env')).toContain('VERACODE_RESULT_VERDICT=fail');
    expect(JSON.parse(await project.artifact('veracode_sast', 'veracode/gl-annotations.json'))).toMatchObject({ Veracode: [{ external_link: { url: expect.stringContaining('#ViewReportsResultSummary') } }] });
  });

  it('passes each leg of a matrix by its own results, which the platform confirms', async () => {
    project = await startLocalProject(CLEAN);
    const { jobs } = await project.run([
      { template: SCAN, inputs: { ...SHOP, app: 'Shop $MODULE', file: ['$MODULE.jar'], 'use-matrix': true, matrix: [{ MODULE: ['shop', 'sho?'] }], 'verify-platform': true } },
      { template: PIPELINE_SCAN, inputs: QUICK },
    ]);
    expect(jobs).toEqual({
      'veracode_sast: [shop]': 'PASS',
      'veracode_sast: [sho?]': 'PASS',
      'veracode_gate: [shop]': 'PASS',
      'veracode_gate: [sho?]': 'PASS',
      'veracode-pipeline_sast': 'PASS',
      'veracode-pipeline_gate': 'PASS',
    });
    expect(project.emulator.snapshot().applications.map(({ name, builds }) => [name, builds.length])).toEqual(expect.arrayContaining([['Shop shop', 1], ['Shop sho?', 1]]));
    expect(await reportFaults(project, 'veracode-pipeline_sast', 'quick')).toEqual([]);
    expect(JSON.parse(await project.artifact('veracode-pipeline_sast', 'quick/gl-sast-report.json'))).toMatchObject({ vulnerabilities: [] });
  });

  it('fails in the scan job when the platform does, and goes on with the same scan when that job is repeated', async () => {
    project = await startLocalProject(CLEAN);
    project.emulator.faults.set({ operation: 'detailedreport.do', kind: 'status:500', count: 'all' });
    const first = await project.run([{ template: SCAN, inputs: SHOP }]);
    // GitLab starts no gate after a scan job that failed; this runner does, and then the gate must not be green.
    expect(first.jobs).toEqual({ veracode_sast: 'FAIL', veracode_gate: 'FAIL' });
    expect(first.output).toMatch(/veracode_sast finished in .+ FAIL 5/u);
    project.emulator.faults.clear();

    const again = await project.run([{ template: SCAN, inputs: SHOP }]);
    expect(again.jobs).toEqual({ veracode_sast: 'PASS', veracode_gate: 'PASS' });
    expect(project.emulator.snapshot().applications.flatMap(({ builds }) => builds)).toHaveLength(1);
    expect(project.emulator.journal().filter(({ operation }) => operation === 'uploadlargefile.do')).toHaveLength(1);
  });

  it('is not green without credentials, and not red where that was asked for', async () => {
    project = await startLocalProject();
    const none = { VERACODE_API_KEY_ID: '', VERACODE_API_KEY_SECRET: '' };
    const { jobs, output } = await project.run(
      [
        { template: SCAN, inputs: { ...SHOP, 'missing-credentials': 'skip', 'verify-platform': true } },
        { template: PIPELINE_SCAN, inputs: QUICK },
      ],
      { variables: none },
    );
    expect(jobs).toEqual({ veracode_sast: 'WARN', veracode_gate: 'WARN', 'veracode-pipeline_sast': 'FAIL', 'veracode-pipeline_gate': 'FAIL' });
    expect(output).toMatch(/veracode_sast +> \[WARN\] Skipped: Skipped, nothing was scanned/u);
    expect(output).toMatch(/veracode_gate +> \[WARN\] Skipped: veracode\/verapipe-results\.json is of a run that was skipped/u);
    expect(project.emulator.journal()).toEqual([]);
  });

  it('takes what the target branch has for known, with a token that nobody else sees', async () => {
    project = await startLocalProject();
    const inputs = { ...QUICK, when: 'always', 'baseline-from-target-branch': true };
    const main = await project.run([{ template: PIPELINE_SCAN, inputs }]);
    expect(main.jobs).toEqual({ 'veracode-pipeline_sast': 'PASS', 'veracode-pipeline_gate': 'FAIL' });
    expect(main.output).toMatch(/\[WARN\] WARNING: no baseline of the target branch: .+ Every finding counts\./u);

    const results = await project.artifact('veracode-pipeline_sast', 'quick/verapipe-results.json');
    const asked: unknown[] = [];
    gitlab = createServer(({ url, headers }, response) => {
      asked.push([url, headers['job-token']]);
      response.end(results);
    });
    await new Promise<void>((resolve) => gitlab?.listen(0, '127.0.0.1', resolve));
    const token = 'glcbt-64_made-up-token';
    const variables = {
      CI_PIPELINE_SOURCE: 'merge_request_event',
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'release/1',
      CI_COMMIT_BRANCH: '',
      CI_API_V4_URL: `http://127.0.0.1:${(gitlab.address() as AddressInfo).port}/api/v4`,
      CI_PROJECT_ID: '42',
      CI_JOB_TOKEN: token,
    };
    const request = await project.run([{ template: PIPELINE_SCAN, inputs: { ...inputs, when: 'merge-request-pipeline-scan' } }], { variables });
    expect(request.jobs).toEqual({ 'veracode-pipeline_sast': 'PASS', 'veracode-pipeline_gate': 'PASS' });
    expect(asked).toEqual([['/api/v4/projects/42/jobs/artifacts/release%2F1/raw/quick/verapipe-results.json?job=veracode-pipeline_sast', token]]);
    expect(request.output).not.toContain(token);
    expect(JSON.parse(await project.artifact('veracode-pipeline_sast', 'quick/verapipe-results.json'))).toMatchObject({ verdict: 'pass', proof: { baseline: { path: 'quick/target-baseline.json' } } });
  });
});
