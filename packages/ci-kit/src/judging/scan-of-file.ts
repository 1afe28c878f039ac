import { DeadlineError, ProtocolError, type ScanUnderJudgement, ValidationError } from '@verapipe/core';
import type { DetailedReport, Judgement } from '@verapipe/core';
import type { ScanResults } from '@verapipe/reports';

import type { FindingsFile } from '../findings-files/findings-file.js';

/**
 * What a file proves about the scan that it is of. Only what was finished and is whole can be judged: a file that says
 * nothing of a scan is no pass. Pure.
 *
 * @throws DeadlineError `not-judged-yet` for results of a scan that nobody waited for; ValidationError `nothing-to-judge`
 *   when the file proves no scan; ProtocolError `findings-do-not-add-up` when it contradicts itself
 */
export function scanOfFile(file: FindingsFile): ScanUnderJudgement {
  if (file.results?.verdict === 'pending') throw notJudgedYet(file);
  const scan = provenScan(file);
  if (!file.isComplete || file.warnings.length > 0) throw contradictory(file);
  return scan;
}

/** Whether a judgement asks for anything itself, beside what a scan brings with it. */
export function asksForGates({ failOnSeverity, failOnCwe, failOnCvss, failOnLicenceRisk, maxFindings, maxFindingAge }: Judgement): boolean {
  const thresholds = [failOnSeverity, failOnCvss, failOnLicenceRisk, maxFindingAge];
  return thresholds.some((threshold) => threshold !== null) || failOnCwe.length > 0 || Object.keys(maxFindings).length > 0;
}

function provenScan(file: FindingsFile): ScanUnderJudgement {
  const { results, report, pipeline } = file;
  if (results !== null) return scanOfResults(file, results);
  if (report !== null) return scanOfReport(file, report);
  if (pipeline !== null) {
    if (pipeline.status === null || pipeline.modules.length === 0) throw nothingToJudge(file, 'results that do not say that a scan ended, and of which modules');
    return { kind: 'pipeline', policy: null };
  }
  if (file.tally.total === 0) throw nothingToJudge(file, 'a page without findings, which says nothing about a scan');
  return { kind: 'list' };
}

function scanOfResults(file: FindingsFile, { scan, policy, proof, verdict, gates }: ScanResults): ScanUnderJudgement {
  if (scan === null || proof === null || verdict === 'none') throw nothingToJudge(file, `results without proof of a scan (verdict "${verdict}")`);
  if (scan.kind === 'pipeline') {
    if (gates.some(({ id }) => id === 'policy-rules')) throw nothingToJudge(file, 'results of a pipeline scan that a policy judged, and the policy is not in the file');
    return { kind: 'pipeline', policy: null };
  }
  if (policy === null) throw nothingToJudge(file, "results without the platform's evaluation");
  return { kind: scan.kind, policyName: policy.name, policyEvaluation: policy.evaluation, rulesStatus: policy.rulesStatus };
}

/**
 * A report may name a sandbox where it is of a policy scan. One that does is judged by the rules, as a sandbox is, unless
 * the evaluation is worse than a Conditional Pass: then by that. So neither reading is milder than the right one.
 */
function scanOfReport(file: FindingsFile, { policy, sandboxId, staticAnalysis, dynamicAnalysis, manualAnalysis }: DetailedReport): ScanUnderJudgement {
  const modules = [staticAnalysis, dynamicAnalysis, manualAnalysis].flatMap((analysis) => analysis?.modules ?? []);
  if (modules.length === 0) throw nothingToJudge(file, 'a report in which no module was scanned');
  const hasPassed = policy.evaluation === 'pass' || policy.evaluation === 'conditional-pass';
  return { kind: sandboxId !== null && hasPassed ? 'sandbox' : 'policy', policyName: policy.name, policyEvaluation: policy.evaluation, rulesStatus: policy.rulesStatus };
}

function notJudgedYet({ path }: FindingsFile): DeadlineError {
  return new DeadlineError(`${path} is of a scan that was submitted and not waited for: there is nothing to judge yet.`, {
    code: 'not-judged-yet',
    advice: 'Wait for the scan with `verapipe wait`; it writes results that can be judged.',
  });
}

function nothingToJudge({ path }: FindingsFile, got: string): ValidationError {
  return new ValidationError([{ path: 'from', got: `${path}: ${got}`, wanted: 'results of a scan that ended and was read' }], { code: 'nothing-to-judge' });
}

function contradictory({ path, warnings }: FindingsFile): ProtocolError {
  return new ProtocolError(`${path} cannot be judged: ${warnings.length === 0 ? 'it does not hold all findings.' : warnings.join(' ')}`, {
    code: 'findings-do-not-add-up',
    advice: 'The file was cut or changed. Take the one that the scan wrote.',
  });
}
