import { type CallingRun, evaluateGates, type GateVerdict, type PathMappingTally, type ScanUnderJudgement, VERSION } from '@verapipe/core';
import { printable, renderCounts, renderGates, renderPathMapping, VERDICT_WORDS } from '@verapipe/reports';

import { mapFindings } from '../checkout/map-findings.js';
import { readPathRules } from '../checkout/path-rules.js';
import { readCheckout } from '../checkout/read-checkout.js';
import type { FindingsFile } from '../findings-files/findings-file.js';
import { askBaseline, type AskedBaseline } from '../judging/ask-baseline.js';
import type { FileJudgement } from '../judging/file-judgement.js';
import type { Judging } from '../judging/judging.js';
import { mitigationsSentence } from '../judging/mitigation-sentences.js';
import { readJudging } from '../judging/read-judging.js';
import { asksForGates, scanOfFile } from '../judging/scan-of-file.js';
import { skippedScan } from '../judging/skipped-scan.js';
import { scanToVerify, verifyWithPlatform } from '../judging/verify-with-platform.js';
import type { CheckedWork } from '../run/check-input.js';
import { type RunContext, shownPath } from '../run/run-context.js';
import { runLocalTask } from '../run/run-local-task.js';
import { runTask, type TaskInput } from '../run/run-task.js';
import type { TaskResult } from '../run/task-result.js';
import { fileOf, issuesOf, readFrom } from './from-option.js';

/** What `gate` takes from outside, besides what every task does. @public */
export interface GateInput extends TaskInput {
  /** Receives the judgement, once what people read is handed over. */
  readonly onJudgement?: (judgement: FileJudgement) => void;
}

/**
 * `verapipe gate`: evaluates the gates again over a file of findings, offline, or with `--verify-platform` only when the
 * platform says the same of the scan. Ends with 1 when a gate failed, 7 for results of a scan that was not waited for, 8 for
 * those of a run that was skipped, 5 for a file that contradicts itself or the platform, 2 for one that proves no scan.
 * Never throws and sets nothing of the process.
 *
 * @public
 */
export function runGate(input: GateInput): Promise<TaskResult> {
  if (!input.options.values.verifyPlatform) {
    return runLocalTask(input, async (run) => {
      const { work, ...found } = await checkGate(run, input);
      return { ...found, work: work && (() => judge(run, input, { ...work, verified: null })) };
    });
  }
  return runTask(input, async (run) => {
    const { work, issues, ...found } = await checkGate(run, input);
    const scan = work === null ? null : scanToVerify(work.file);
    if (work === null || scan === null) return { ...found, issues, work: null };
    if ('issue' in scan) return { ...found, issues: [...issues, scan.issue], work: null };
    const verify = async (calling: CallingRun): Promise<boolean> => judge(run, input, { ...work, verified: await verifyWithPlatform(calling, work.file, scan) });
    return { ...found, issues, work: verify };
  });
}

interface Judged {
  readonly file: FindingsFile;
  readonly judging: Judging;
}

/** Reads the file and how it is to be judged. @throws CredentialError for results of a run that was skipped */
async function checkGate(run: RunContext, input: GateInput): Promise<CheckedWork<Judged>> {
  const shown = (path: string): string => shownPath(path, input.cwd);
  const { judging, issues } = await readJudging({ options: input.options, cwd: input.cwd, nowMs: run.clock.now(), shown, canMeetOutages: false });
  const from = await readFrom(run);
  const file = fileOf(from);
  const gateIssues = file?.format === 'findings-page' && issues.length === 0 && judging.baseline === null && !asksForGates(judging.judgement) ? [NO_GATE] : [];
  const mitigations = file?.results?.proof?.mitigations ?? null;
  const forbidden = issues.length === 0 && mitigations !== null && mitigations.applied.length > 0 && judging.orgPolicy !== null && !judging.judgement.applyMitigations;
  const all = [...issues, ...readPathRules(run.options.pathRule).issues, ...issuesOf(from), ...gateIssues, ...(forbidden ? [APPLIED_MITIGATIONS] : [])];
  const skipped = file === null || input.options.issues.length + all.length > 0 ? null : skippedScan({ ...file, path: shown(file.path) }, judging.orgPolicy !== null && judging.judgement.missingCredentials !== 'skip');
  if (skipped !== null) throw skipped;
  return { issues: all, warnings: [], notices: mitigations === null ? [] : [mitigationsSentence(mitigations)], work: file === null ? null : { file, judging } };
}

/** A page of findings brings no evaluation of the platform with it, and no scan that a default could be about. */
const NO_GATE = { path: 'from', got: 'a page of the Findings API, which has no gate of its own', wanted: 'a gate beside it, for instance --fail-on-severity' };

/** In the file they count as mitigated, and what they were before is not in it. */
const APPLIED_MITIGATIONS = { path: 'from', got: 'results to which accepted mitigations were applied', wanted: "results without them, which the organisation's policy demands" };

/** A file to judge; `verified` is what the platform said of it, null when it was not asked. */
interface ToJudge extends Judged {
  readonly verified: string | null;
}

async function judge(run: RunContext, input: GateInput, { file, judging, verified }: ToJudge): Promise<boolean> {
  const { judgement, waivers, baseline } = judging;
  const scan = scanOfFile(file);
  const { findings, tally } = mapFindings(file.findings, await readCheckout(run));
  const asked = await askBaseline(baseline, { findings, idsOf: file.idsOf });
  const verdict = await evaluateGates(
    { scan, findings, reportedFindings: file.results?.proof?.counts.reported ?? file.tally.total, nowMs: run.clock.now() },
    { ...judgement, waivers, known: asked.recognised },
  );
  for (const message of asked.notices) run.emit({ type: 'notice', message });
  for (const message of [...asked.warnings, ...verdict.warnings]) run.emit({ type: 'warning', message });
  const outcome = { file: { ...file, path: shownPath(file.path, input.cwd) }, judging, verified, scan, verdict, asked, pathMapping: tally() };
  await input.print(run.options.json ? renderJson(outcome) : renderText(outcome));
  input.onJudgement?.({ verdict: verdict.verdict, reportOnly: judgement.reportOnly, scanId: file.scanId, counts: file.tally });
  return verdict.verdict !== 'fail' || judgement.reportOnly;
}

interface Outcome extends ToJudge {
  readonly scan: ScanUnderJudgement;
  readonly verdict: GateVerdict;
  readonly asked: AskedBaseline;
  readonly pathMapping: PathMappingTally | null;
}

function renderText({ file, judging, verified, scan, verdict, pathMapping }: Outcome): string {
  const scanId = file.scanId === null ? '' : ` ${printable(file.scanId)}`;
  const subject = scan.kind === 'list' ? 'a list of findings' : `${scan.kind} scan${scanId}`;
  const count = verdict.gates.length === 1 ? 'one gate' : `${verdict.gates.length} gates`;
  return [
    `${renderCounts(file.tally)}\n${pathMapping === null ? '' : `${renderPathMapping(pathMapping)}\n`}\n${renderGates(verdict.gates)}\n`,
    `${VERDICT_WORDS[verdict.verdict]}: ${subject}, read from ${printable(file.path)} and judged again by ${count}${verified === null ? '; the platform was not asked.' : `. ${verified}`}\n`,
    judging.judgement.reportOnly && verdict.verdict === 'fail' ? 'The run does not fail: it only reports.\n' : '',
  ].join('');
}

function renderJson({ file, judging, verified, scan, verdict, asked, pathMapping }: Outcome): string {
  const { waiverFile, orgPolicy, judgement } = judging;
  const document = {
    schemaVersion: 1,
    tool: { name: 'verapipe', version: VERSION },
    from: { path: file.path, format: file.format, scanId: file.scanId, context: scan.kind },
    counts: file.tally,
    gates: verdict.gates,
    verdict: verdict.verdict,
    reportOnly: judgement.reportOnly,
    verifiedWithPlatform: verified !== null,
    orgPolicy,
    waivers: waiverFile === null ? [] : [{ ...waiverFile, findings: verdict.waived, warnings: verdict.warnings }],
    baseline: asked.facts,
    mitigations: file.results?.proof?.mitigations ?? null,
    pathMapping,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
