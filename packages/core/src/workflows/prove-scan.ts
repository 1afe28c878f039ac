import { readReportFindings } from '../codecs/detailed-report-stream.js';
import type { BuildInfo, PolicyEvaluation } from '../domain/build.js';
import { phaseOf } from '../domain/build-status.js';
import { ProtocolError, ScanFailedError } from '../kernel/errors.js';
import { collectReport } from './collect-report.js';
import { expectProvenFiles } from './expect-proven-files.js';
import { reportedFindings } from './report-contradictions.js';
import type { Run } from './run.js';
import { type DecidedEvaluation, PROOF, type ProvenScan } from './scan-outcome.js';
import type { ScanWork } from './scan-work.js';
import { decidingWord } from './wait-for-results.js';

/**
 * Reads and counts the results of a finished build, and makes the only value that a verdict can be made from.
 *
 * @throws ScanFailedError `no-module-scanned`; ConflictError `files-changed`; ProtocolError when anything that a proof needs is missing
 */
export async function proveScan(run: Run, work: ScanWork, finished: BuildInfo): Promise<ProvenScan> {
  run.emit({ type: 'phase', phase: 'results' });
  await expectProvenFiles(run, work);
  const { report, build } = await collectReport(run, work, finished);
  const deciding = decidedWord(build);
  if (phaseOf(build.status) !== 'finished' || deciding === null) throw unproven(build);
  if (build.policyUpdatedAt === null && isDated(build)) throw notDated(build);
  const [module, ...modules] = (report.staticAnalysis?.modules ?? []).map(({ name }) => ({ name }));
  if (module === undefined) throw nothingScanned(build);
  await run.record('results', 'done');
  return {
    kind: 'proven',
    ...work.place,
    artifacts: work.artifacts,
    status: build,
    submittedAt: report.staticAnalysis?.submittedAt ?? null,
    publishedAt: build.publishedAt ?? report.staticAnalysis?.publishedAt ?? null,
    modules: [module, ...modules],
    findings: readReportFindings(run.reportFile),
    tally: report.tally,
    reportedFindings: reportedFindings(report),
    policy: {
      name: build.policyName ?? report.policy.name,
      version: build.policyVersion ?? report.policy.version,
      evaluation: build.policyEvaluation,
      rulesStatus: build.rulesStatus,
      deciding,
      evaluatedAt: build.policyUpdatedAt,
    },
    reportFile: run.reportFile,
    [PROOF]: true,
  };
}

function decidedWord(build: BuildInfo): DecidedEvaluation | null {
  const word: PolicyEvaluation = decidingWord(build);
  return word === 'calculating' || word === 'unknown' ? null : word;
}

/** An evaluation of a policy scan has a time; whether one of a sandbox has, no recorded answer shows. */
function isDated({ sandboxId, policyEvaluation }: BuildInfo): boolean {
  return sandboxId === null && policyEvaluation !== 'not-assessed';
}

function notDated(build: BuildInfo): ProtocolError {
  return new ProtocolError(`The platform says that the policy of build ${build.id} is "${build.policyEvaluationText}", and not when it was evaluated.`, {
    code: 'evaluation-not-dated',
    context: { operation: 'getbuildinfo.do' },
    advice: "The scan itself is done. Run again with --resume; if it stays, open a case with the vendor's support.",
  });
}

function nothingScanned(build: BuildInfo): ScanFailedError {
  return new ScanFailedError(`The platform says that scan "${build.name}" (build ${build.id}) is done, but no module was scanned.`, {
    code: 'no-module-scanned',
    advice: 'Look at the modules of the scan on the platform.',
  });
}

function unproven(build: BuildInfo): ProtocolError {
  return new ProtocolError(
    `The results of build ${build.id} changed while they were read: "${build.statusText}", policy "${build.policyEvaluationText}", rules "${build.rulesStatusText}".`,
    { code: 'results-changed', advice: 'Somebody works on the scan at this moment. Run again with --resume.' },
  );
}
