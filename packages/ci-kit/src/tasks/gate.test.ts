import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import type { GivenOptions } from '../../test/emulated-run.js';
import { firstFindings, firstResults, pageText, pipelineEntry, pipelineText, resultsText } from '../../test/findings-files.js';
import { type LocalTasks, type RanTask, startLocalTasks } from '../../test/local-task.js';
import { runGate } from './gate.js';

const REPORT = createRequire(import.meta.url).resolve('@verapipe/protocol/samples/xml/detailedreport.server.xml');
const RESULTS = 'verapipe-results.json';

let local: LocalTasks;
beforeEach(async () => {
  local = await startLocalTasks();
});
afterEach(() => local.close());

async function gate(text: string, options: GivenOptions = {}): Promise<RanTask> {
  await local.write(RESULTS, text);
  return local.run(runGate, 'gate', options);
}

/** The first results, as the platform would have judged them otherwise. */
function evaluated(evaluation: string, rulesStatus = evaluation, more: Record<string, unknown> = {}): string {
  return resultsText({ policy: { ...(firstResults()['policy'] as object), evaluation, rulesStatus }, ...more });
}

/** Results of a pipeline scan that say what was scanned. */
function pipeline(lines: readonly number[], more: Record<string, unknown> = {}): string {
  return pipelineText(lines.map((line) => pipelineEntry(line)), { modules: ['shop.war'], ...more });
}

function outcomeOf({ result, printed }: RanTask): unknown {
  const ids = [...printed.matchAll(/^(pass|warn|fail) {2}([\w-]+)/gmu)].map(([, outcome, id]) => `${id} ${outcome}`);
  return { exitCode: result.exitCode, gates: ids };
}

const ofPipeline = { policy: null, application: null, scan: { ...(firstResults()['scan'] as object), kind: 'pipeline' } };

describe('runGate', () => {
  const sandbox = { sandbox: { id: '5', name: 'x', created: false }, scan: { ...(firstResults()['scan'] as object), kind: 'sandbox' } };

  it.each<[name: string, text: string, options: GivenOptions, exitCode: number, gates: readonly string[]]>([
    ['a policy that was passed', evaluated('pass'), {}, 0, ['policy pass']],
    ['one that was not', resultsText(), {}, 1, ['policy fail']],
    ['one that was not, to report only', resultsText(), { 'report-only': true }, 0, ['policy fail']],
    ['a Conditional Pass that warns', evaluated('conditional-pass'), { 'conditional-pass': 'warn' }, 0, ['policy warn']],
    ['an evaluation that was not decided', evaluated('calculating'), {}, 1, ['policy fail']],
    ['a sandbox by its rules', evaluated('conditional-pass', 'did-not-pass', sandbox), {}, 1, ['policy fail']],
    ['gates that the run did not have', evaluated('pass'), { 'fail-on-severity': 'high', 'fail-on-cvss': '9' }, 1, ['policy pass', 'severity fail', 'cvss fail']],
    ['a pipeline scan', pipeline([5]), {}, 1, ['any-finding fail']],
    ['our results of a pipeline scan', resultsText(ofPipeline), {}, 1, ['any-finding fail']],
    ['a pipeline scan without findings', pipeline([]), {}, 0, ['any-finding pass']],
    ['a pipeline scan by its severities', pipeline([5]), { 'fail-on-severity': '5' }, 0, ['severity pass']],
    ['a page of findings by what was asked', pageText([7], 1), { 'fail-on-cvss': '9' }, 0, ['cvss pass']],
    ['a page of findings by a severity', pageText([7], 1), { 'fail-on-severity': '4' }, 1, ['severity fail']],
  ])('judges %s', async (_name, text, options, exitCode, gates) => {
    expect(outcomeOf(await gate(text, options))).toEqual({ exitCode, gates });
  });

  it('says which file it judged, and that nobody was asked', async () => {
    const { printed } = await gate(resultsText());
    expect(printed).toBe(`2 findings: 1 Very High, 1 High; 1 against the policy.

fail  policy  The platform's evaluation of policy "House rules" is Did Not Pass; 1 of 2 findings affect it.

FAIL: policy scan 17501, read from verapipe-results.json and judged again by one gate; the platform was not asked.
`);
  });

  it.each<[name: string, change: (xml: string) => string, gates: readonly string[], context: string]>([
    ['as it stands', (xml) => xml, ['policy fail'], 'policy'],
    ['that passed', (xml) => xml.replaceAll('"Did Not Pass"', '"Pass"'), ['policy pass'], 'policy'],
    ['of a sandbox, by its rules', (xml) => xml.replace('policy_compliance_status="Did Not Pass"', 'policy_compliance_status="Conditional Pass" sandbox_id="9"'), ['policy fail'], 'sandbox'],
    ['that names a sandbox and did not pass', (xml) => xml.replace('policy_rules_status="Did Not Pass"', 'policy_rules_status="Pass" sandbox_id="9"'), ['policy fail'], 'policy'],
  ])('judges a report %s', async (_name, change, gates, context) => {
    const ran = await gate(change(await readFile(REPORT, 'utf8')));
    expect(outcomeOf(ran)).toEqual({ exitCode: gates[0] === 'policy fail' ? 1 : 0, gates });
    expect(ran.printed).toContain(`: ${context} scan 5000001`);
  });

  it.each<[name: string, text: string, options: GivenOptions, exitCode: number, code: string]>([
    ['a scan that nobody waited for', resultsText({ verdict: 'pending', counts: null, proof: null, policy: null, gates: [], findings: [] }), {}, 7, 'not-judged-yet'],
    ['a run that failed', resultsText({ verdict: 'none', counts: null, proof: null, policy: null, gates: [], findings: [] }), {}, 2, 'nothing-to-judge'],
    ['findings that were read without a scan', resultsText({ verdict: 'none', proof: null }), { 'fail-on-severity': '5' }, 2, 'nothing-to-judge'],
    ['results that lost their proof', evaluated('pass', 'pass', { proof: null }), {}, 2, 'nothing-to-judge'],
    ['results that lost their evaluation', resultsText({ policy: null }), {}, 2, 'nothing-to-judge'],
    ['a pipeline scan that a policy judged', resultsText({ ...ofPipeline, gates: [{ id: 'policy-rules', outcome: 'pass', sentence: '', numbers: {} }] }), { 'fail-on-severity': '5' }, 2, 'nothing-to-judge'],
    ['results that lost a finding', evaluated('pass', 'pass', { findings: firstFindings().slice(1) }), {}, 5, 'findings-do-not-add-up'],
    ['results whose finding was made milder', evaluated('pass', 'pass', { findings: firstFindings().map((finding) => ({ ...finding, severity: 0 })) }), {}, 5, 'findings-do-not-add-up'],
    ['results with fewer findings than were reported', evaluated('pass', 'pass', { proof: { ...(firstResults()['proof'] as object), counts: { read: 2, reported: 3 } } }), {}, 5, 'findings-do-not-add-up'],
    ['a page of several', pageText([7], 20), { 'fail-on-severity': '5' }, 5, 'findings-do-not-add-up'],
    ['a page without findings', pageText([], 0), { 'fail-on-severity': '5' }, 2, 'nothing-to-judge'],
    ['a page and no gate', pageText([7], 1), {}, 2, 'invalid-input'],
    ['a pipeline scan that timed out', pipeline([], { scan_status: 'TIMEOUT' }), {}, 5, 'findings-do-not-add-up'],
    ['a list that says nothing of a scan', JSON.stringify({ findings: [] }), {}, 2, 'nothing-to-judge'],
    ['a pipeline scan of no module', pipelineText([]), {}, 2, 'nothing-to-judge'],
    ['a report of no module', '<detailedreport account_id="1" app_id="1" build_id="2" policy_compliance_status="Pass" policy_rules_status="Pass"/>', {}, 2, 'nothing-to-judge'],
    ['an empty file', '', {}, 2, 'invalid-input'],
  ])('never passes %s', async (_name, text, options, exitCode, code) => {
    const ran = await gate(text, options);
    expect(ran).toMatchObject({ result: { kind: 'failed', exitCode, failure: { code } }, printed: '' });
    expect((await gate(text, { ...options, 'report-only': true })).result.exitCode).toBe(exitCode);
  });

  it('lists every fault of the input at once', async () => {
    const { result } = await local.run(runGate, 'gate', { from: 'gone.json', 'fail-on-cwe': 'x', waivers: 'gone.yaml', 'new-only': true, 'max-findings': 'high' });
    expect(result.kind === 'failed' && result.failure.issues.map(({ path }) => path)).toEqual(['waivers', 'failOnCwe', 'maxFindings', 'baseline', 'from']);
  });

  it.each(['on-outage', 'missing-credentials', 'app'])('knows no --%s', async (name) => {
    expect((await gate(evaluated('pass'), { [name]: 'x' })).result).toMatchObject({ exitCode: 2, failure: { issues: [{ path: name, got: 'an unknown option' }] } });
  });

  it("holds to an organisation's floor, and takes no outage from it", async () => {
    await local.write('org.yaml', 'version: 1\nfail-on-severity: high\non-outage: warn:2\n');
    expect(outcomeOf(await gate(evaluated('pass'), { 'org-policy': 'org.yaml' }))).toEqual({ exitCode: 1, gates: ['policy pass', 'severity fail'] });
    expect((await gate(evaluated('pass'), { 'org-policy': 'org.yaml', 'report-only': true })).result).toMatchObject({ exitCode: 2, failure: { issues: [{ path: 'reportOnly' }] } });
  });

  it('applies waivers, and gives everything as one object', async () => {
    const waivers = 'version: 1\nwaivers:\n  - { finding: 7, reason: r, owner: Ann, expires: 2027-01-01 }\n  - { finding: 9, reason: r, owner: Ann, expires: 2027-01-01 }\n';
    await local.write('waivers.yaml', waivers);
    const { result, printed, warnings } = await gate(evaluated('pass'), { json: true, waivers: 'waivers.yaml', 'fail-on-cwe': '89' });
    expect(result).toEqual({ kind: 'done', exitCode: 0 });
    expect(warnings).toEqual([expect.stringContaining('Waiver 2')]);
    expect(JSON.parse(printed)).toMatchObject({
      schemaVersion: 1,
      from: { path: RESULTS, format: 'verapipe-results', scanId: '17501', context: 'policy' },
      counts: { total: 2 },
      gates: [{ id: 'policy', outcome: 'pass' }, { id: 'cwe', outcome: 'pass' }],
      verdict: 'pass',
      reportOnly: false,
      orgPolicy: null,
      waivers: [{ path: 'waivers.yaml', sha256: createHash('sha256').update(waivers).digest('hex'), findings: 1 }],
      baseline: null,
    });
  });

  it('reads the artifact of a CI: a folder with results', async () => {
    await mkdir(join(local.cwd, 'artifact'));
    expect((await local.run(runGate, 'gate', { from: 'artifact' })).result).toMatchObject({ exitCode: 2, failure: { issues: [{ path: 'from', got: expect.stringContaining('a folder without verapipe-results.json and results.json') }] } });
    await local.write('artifact/results.json', pipeline([5]));
    expect((await local.run(runGate, 'gate', { from: 'artifact' })).printed).toContain('FAIL: pipeline scan p-1, read from artifact/results.json');
    await local.write('artifact/verapipe-results.json', evaluated('pass'));
    expect((await local.run(runGate, 'gate', { from: 'artifact' })).printed).toContain('PASS: policy scan 17501, read from artifact/verapipe-results.json');
    expect((await local.run(runGate, 'gate', { 'output-dir': 'artifact' })).result.exitCode).toBe(0);
  });
});

describe('runGate with only new findings', () => {
  const known: GivenOptions = { 'new-only': true, baseline: 'known.json' };

  it('counts what the baseline does not know', async () => {
    const text = pipeline([5]);
    await local.write('known.json', text);
    expect(outcomeOf(await gate(pipeline([5]), known))).toEqual({ exitCode: 0, gates: ['any-finding pass'] });
    expect(outcomeOf(await gate(pipeline([5, 900]), known))).toEqual({ exitCode: 1, gates: ['any-finding fail'] });
    const { printed } = await gate(pipeline([5, 900]), { ...known, json: true });
    expect(JSON.parse(printed)).toMatchObject({ baseline: { path: 'known.json', sha256: createHash('sha256').update(text).digest('hex'), known: 1, knownBy: { exact: 0, id: 0, near: 1 } } });
  });

  const FLAW = { procedure_hash: '1', prototype_hash: '2', flaw_hash: '3', flaw_hash_count: 1, flaw_hash_ordinal: 1, cause_hash: '4', cause_hash_count: 1, cause_hash_ordinal: 1 };
  const hashed = (line: number): string => pipelineText([pipelineEntry(line, { flaw_match: FLAW })], { modules: ['shop.war'] });

  it.each<[how: string, before: string, now: string, sentence: string]>([
    ['by hashes', hashed(5), hashed(80), '1 finding is known: 1 exact (by equal hashes).'],
    ['by ids', evaluated('pass'), evaluated('pass'), '2 findings are known: 2 id (by the id of the platform).'],
    ['by places', resultsText({ application: null, policy: null, scan: { ...(firstResults()['scan'] as object), kind: 'pipeline' } }), evaluated('pass'), '2 findings are known: 2 near (by CWE, file, function and nearest line).'],
    ['not at all', pipeline([]), pipeline([5]), 'none of the findings is known.'],
  ])('says how sure it is of those that are known %s', async (_how, before, now, sentence) => {
    await local.write('known.json', before);
    expect((await gate(now, known)).notices).toContain(`Baseline known.json: ${sentence}`);
  });

  it('says nothing of a baseline where there is none', async () => {
    expect((await gate(pipeline([5]))).notices).toEqual([]);
  });

  it("never changes the platform's evaluation", async () => {
    await local.write('known.json', resultsText());
    expect(outcomeOf(await gate(resultsText(), known))).toEqual({ exitCode: 1, gates: ['policy fail', 'any-finding pass'] });
  });

  it('is a gate for a list without a scan', async () => {
    await local.write('known.json', pageText([7], 1));
    expect(outcomeOf(await gate(pageText([7], 1), known))).toEqual({ exitCode: 0, gates: ['any-finding pass'] });
  });

  it('counts what an incomplete baseline misses, and says that it is incomplete', async () => {
    await local.write('known.json', pageText([7], 20));
    const ran = await gate(evaluated('pass'), known);
    expect(outcomeOf(ran)).toEqual({ exitCode: 1, gates: ['policy pass', 'any-finding fail'] });
    expect(ran.warnings).toEqual([expect.stringContaining('one page with 1 of 20 findings')]);
  });

  it.each<[options: GivenOptions, path: string]>([
    [{ 'new-only': true }, 'baseline'],
    [{ baseline: 'known.json' }, 'newOnly'],
    [{ 'new-only': true, baseline: 'gone.json' }, 'baseline'],
    [{ 'new-only': true, baseline: 'failed.json' }, 'baseline'],
  ])('%j is a fault', async (options, path) => {
    await local.write('known.json', pipeline([5]));
    await local.write('failed.json', resultsText({ counts: null, verdict: 'none', findings: [] }));
    expect((await gate(evaluated('pass'), options)).result).toMatchObject({ exitCode: 2, failure: { issues: [{ path }] } });
  });

  it('needs the leave of an organisation', async () => {
    await local.write('known.json', pipeline([5]));
    await local.write('org.yaml', 'version: 1\n');
    expect((await gate(pipeline([5]), { ...known, 'org-policy': 'org.yaml' })).result).toMatchObject({ exitCode: 2, failure: { issues: [{ path: 'newOnly' }] } });
    await local.write('org.yaml', 'version: 1\nnew-only: true\n');
    expect((await gate(pipeline([5]), { ...known, 'org-policy': 'org.yaml' })).result.exitCode).toBe(0);
    expect((await gate(pipeline([5]), { 'org-policy': 'org.yaml' })).result.exitCode).toBe(1);
  });
});
