import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from '@jest/globals';

import { type EmulatedRun, type GivenOptions, startEmulatedRun } from '../../test/emulated-run.js';
import { schemaFaults } from '../../test/results-schema.js';
import { readFindingsFile } from '../findings-files/read-findings-file.js';
import { runPipelineScan } from './run-pipeline-scan.js';
import type { PipelineRunResult } from './run-result.js';

type Scenario = Parameters<typeof startEmulatedRun>[0];

let world: EmulatedRun;

afterEach(() => world.close());

async function scan(scenario: Scenario, options: GivenOptions = {}, more: object = {}): Promise<PipelineRunResult> {
  world = await startEmulatedRun(scenario);
  return runPipelineScan(world.input('pipeline-scan', { file: 'shop.jar', ...options }, more));
}

function findingsOf(document: unknown): readonly { readonly severity: number }[] {
  return (document as { readonly findings: readonly { readonly severity: number }[] }).findings;
}

const FINDINGS = [
  { cwe: 89, severity: 4, file: 'src/a.java', line: 3 },
  { cwe: 117, severity: 2, file: 'src/b.java', line: 4 },
  { cwe: 404, severity: 0, file: 'src/c.java', line: 5 },
] as const;

describe('a pipeline scan', () => {
  it('fails by default for what is more than informational, with proof, and writes three files', async () => {
    const result = await scan({ pipelineScans: [{ findings: [...FINDINGS] }] });
    expect(result).toMatchObject({ kind: 'judged-pipeline', exitCode: 1, verdict: { verdict: 'fail', gates: [{ id: 'any-finding' }] } });
    const results = await world.readJson('verapipe-results.json');
    expect(schemaFaults(results)).toEqual([]);
    const [view] = world.emulator.snapshot().pipelineScans;
    expect(results).toMatchObject({
      verdict: 'fail',
      scan: { kind: 'pipeline', id: view?.id, statusText: 'SUCCESS' },
      policy: null,
      proof: { buildId: view?.id, policy: null, counts: { read: 3, reported: 3 } },
    });
    expect(findingsOf(await world.readJson('results.json')).map(({ severity }) => severity).toSorted()).toEqual([0, 2, 4]);
    expect(findingsOf(await world.readJson('filtered_results.json')).map(({ severity }) => severity).toSorted()).toEqual([2, 4]);
    await expect(readFindingsFile(join(world.cwd, 'verapipe-results.json'))).resolves.toMatchObject({ format: 'verapipe-results', isComplete: true });
    await expect(readFindingsFile(join(world.cwd, 'results.json'))).resolves.toMatchObject({ format: 'pipeline-results', scanId: view?.id });
  });

  it.each<[name: string, options: GivenOptions, exitCode: number, filtered: readonly number[], gates: readonly string[]]>([
    ['a severity that nothing reaches', { 'fail-on-severity': '5' }, 0, [], ['severity']],
    ['a severity', { 'fail-on-severity': '3' }, 1, [4], ['severity']],
    ['a CWE, whatever its severity', { 'fail-on-severity': '5', 'fail-on-cwe': '404' }, 1, [0], ['severity', 'cwe']],
    ['a policy that it meets', { policy: 'Lax' }, 0, [], ['policy-rules']],
    ['a policy without a rule for it, which nothing can meet', { policy: 'Veracode Recommended Very Low' }, 1, [0, 2, 4], ['policy-rules']],
    ['a policy whose rules are broken', { policy: 'Veracode Recommended High' }, 1, [4], ['policy-rules']],
    ['nothing that may fail it', { 'report-only': true }, 0, [2, 4], ['any-finding']],
  ])('is judged by %s', async (_name, options, exitCode, filtered, gates) => {
    const result = await scan({ pipelineScans: [{ findings: [...FINDINGS] }], policies: [{ name: 'Lax', forbiddenSeverity: 5 }] }, options);
    expect(result).toMatchObject({ kind: 'judged-pipeline', exitCode, verdict: { gates: gates.map((id) => ({ id })) } });
    expect(findingsOf(await world.readJson('filtered_results.json')).map(({ severity }) => severity).toSorted()).toEqual(filtered);
  });

  it.each([
    ['1', 1, [4, 4]],
    ['2', 0, []],
  ] as const)('lists every finding of a severity of which there are more than %s', async (budget, exitCode, filtered) => {
    const high = FINDINGS.find(({ severity }) => severity === 4);
    const findings = [...FINDINGS, { ...high, cwe: 78, file: 'src/Other.java' }];
    const result = await scan({ pipelineScans: [{ findings }] }, { 'max-findings': `High=${budget}` });
    expect(result).toMatchObject({ kind: 'judged-pipeline', exitCode });
    expect(findingsOf(await world.readJson('filtered_results.json')).map(({ severity }) => severity)).toEqual(filtered);
  });

  it('takes its labels from the CI, and the module that it was told', async () => {
    const env = { JENKINS_URL: 'https://ci.example.com/', JOB_NAME: 'shop', BUILD_NUMBER: '17', GIT_BRANCH: 'origin/main', GIT_COMMIT: 'a'.repeat(40) };
    await scan({ pipelineScans: [{ findings: [], modules: ['{file}', 'JS files within {file}'] }] }, { 'include-modules': 'shop.jar' }, { env });
    expect(world.emulator.snapshot().pipelineScans).toMatchObject([{ request: { projectName: 'shop', projectRef: 'main', commitHash: 'a'.repeat(40) } }]);
    expect(await world.readJson('verapipe-results.json')).toMatchObject({ verdict: 'pass', scan: { modules: [{ name: 'shop.jar' }] } });
  });

  it.each<[name: string, scenario: Scenario, options: GivenOptions, exitCode: number, code: string]>([
    ['fails on the platform', { pipelineScans: [{ outcome: 'failure' }] }, {}, 6, 'pipeline-scan-failed'],
    ['scans no module', { pipelineScans: [{ modules: [] }] }, {}, 6, 'no-module-scanned'],
    ['names a policy that is not there', {}, { policy: 'Veracode Recommended Hihg' }, 4, 'name-not-found'],
    ['meets an account that may not scan', { accounts: [{ roles: ['resultsapi'] }] }, {}, 3, 'access-denied'],
  ])('that %s is never green', async (_name, scenario, options, exitCode, code) => {
    const result = await scan(scenario, options);
    expect(result).toMatchObject({ kind: 'unjudged', exitCode, failure: { code } });
    expect(await world.readJson('verapipe-results.json')).toMatchObject({ verdict: 'none', proof: null });
    expect(await readdir(world.cwd)).not.toContain('results.json');
  });

  it('leaves no results of an earlier one beside a failure', async () => {
    world = await startEmulatedRun({ pipelineScans: [{ outcome: 'failure' }] });
    for (const name of ['results.json', 'filtered_results.json']) await writeFile(join(world.cwd, name), '{"findings":[]}');
    expect(await runPipelineScan(world.input('pipeline-scan', { file: 'shop.jar' }))).toMatchObject({ exitCode: 6 });
    expect(await readdir(world.cwd)).not.toEqual(expect.arrayContaining(['results.json']));
    expect(await readdir(world.cwd)).not.toEqual(expect.arrayContaining(['filtered_results.json']));
  });

  it('names every fault of its input at once, and sends nothing', async () => {
    world = await startEmulatedRun();
    await writeFile(join(world.cwd, 'other.jar'), 'x');
    const result = await runPipelineScan(world.input('pipeline-scan', { file: ['shop.jar', 'other.jar'], timeout: '90', 'project-url': 'nowhere' }));
    expect(result).toMatchObject({ kind: 'unjudged', exitCode: 2 });
    expect(result.kind === 'unjudged' && result.failure.issues.map(({ path }) => path).toSorted()).toEqual(['file', 'projectUrl', 'timeout']);
    expect(world.emulator.journal()).toEqual([]);
  });

  it('that is cancelled is cancelled on the platform as well', async () => {
    const cancelling = new AbortController();
    world = await startEmulatedRun({ pipelineScans: [{ scanSeconds: 36_000 }] });
    const result = await runPipelineScan(
      world.input('pipeline-scan', { file: 'shop.jar' }, {
        signal: cancelling.signal,
        onEvent: (event) => {
          if (event.type === 'pipeline-poll') cancelling.abort('SIGTERM');
        },
      }),
    );
    expect(result).toMatchObject({ kind: 'unjudged', exitCode: 130 });
    expect(world.emulator.snapshot().pipelineScans).toMatchObject([{ status: 'CANCELLED', timesStarted: 1 }]);
    expect(await readFile(join(world.cwd, 'verapipe-results.json'), 'utf8')).toContain('"verdict": "none"');
  });
});
