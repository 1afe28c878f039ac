import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type BuildInfo, type CallingRun, type JudgedFinding, ProtocolError, readScanAgain, type ScanToReadAgain, type ValidationIssue } from '@verapipe/core';

import { onDisk } from '../files/local-trouble.js';
import type { FindingsFile } from '../findings-files/findings-file.js';
import { readFindingsFile } from '../findings-files/read-findings-file.js';

/** The scan that a file of results is of, by the platform's ids. */
type ScanOfPlatform = Omit<ScanToReadAgain, 'file'>;

/** What the platform can be asked about again; an issue where it cannot. Pure. */
export function scanToVerify({ path, results }: FindingsFile): ScanOfPlatform | { readonly issue: ValidationIssue } {
  const { scan, application, sandbox } = results ?? { scan: null, application: null, sandbox: null };
  if (scan !== null && scan.kind !== 'pipeline' && application !== null) return { buildId: scan.id, applicationId: application.id, sandboxId: sandbox?.id ?? null };
  const got = scan?.kind === 'pipeline' ? 'results of a pipeline scan, of which the platform keeps nothing' : 'a file that does not say which scan of the platform it is of';
  return { issue: { path: 'verifyPlatform', got: `${path}: ${got}`, wanted: 'verapipe-results.json of a policy or sandbox scan' } };
}

/**
 * Reads the scan of a results file again from the platform, and compares everything that gates look at: the evaluation of
 * the policy and each finding. Two calls.
 *
 * @returns what is told when both agree
 * @throws ProtocolError `platform-disagrees`; the errors of `readScanAgain`
 */
export async function verifyWithPlatform(calling: CallingRun, file: FindingsFile, scan: ScanOfPlatform): Promise<string> {
  const folder = await onDisk(tmpdir(), () => mkdtemp(join(tmpdir(), 'verapipe-verify-')));
  try {
    const report = join(folder, 'report.xml');
    const build = await readScanAgain(calling, { ...scan, file: report });
    const differences = await differencesBetween(file, build, await readFindingsFile(report));
    if (differences.length === 0) return `The platform says the same of build ${scan.buildId}: its evaluation and ${file.tally.total} findings.`;
    throw new ProtocolError(`${file.path} is not what the platform says of build ${scan.buildId} now: ${differences.join('; ')}.`, {
      code: 'platform-disagrees',
      context: { operation: 'detailedreport.do' },
      advice: 'Either the file was changed, or the platform was, by a mitigation or the end of a grace period for instance. Scan again, and judge the new results.',
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What differs, a clause each. */
async function differencesBetween(file: FindingsFile, { policyEvaluation, rulesStatus }: BuildInfo, platform: FindingsFile): Promise<readonly string[]> {
  const written = file.results?.policy ?? null;
  const [onlyHere, onlyThere] = await unequalFindings(file.findings, platform.findings);
  const clauses: (string | false)[] = [
    written?.evaluation !== policyEvaluation && `the evaluation of the policy is "${written?.evaluation ?? 'nothing'}" in the file and "${policyEvaluation}" on the platform`,
    written?.rulesStatus !== rulesStatus && `the status of its rules is "${written?.rulesStatus ?? 'nothing'}" in the file and "${rulesStatus}" on the platform`,
    onlyHere + onlyThere > 0 && `${onlyHere} of ${file.tally.total} findings in the file and ${onlyThere} of ${platform.tally.total} on the platform have no equal on the other side`,
  ];
  return clauses.filter((clause) => clause !== false);
}

/** How many findings of each side have no equal on the other one, in any order. */
async function unequalFindings(here: AsyncIterable<JudgedFinding>, there: AsyncIterable<JudgedFinding>): Promise<readonly [onlyHere: number, onlyThere: number]> {
  const open = new Map<string, number>();
  for await (const finding of here) open.set(judgedFacts(finding), (open.get(judgedFacts(finding)) ?? 0) + 1);
  let onlyThere = 0;
  for await (const finding of there) {
    const facts = judgedFacts(finding);
    const left = open.get(facts) ?? 0;
    if (left === 0) onlyThere += 1;
    else open.set(facts, left - 1);
  }
  return [[...open.values()].reduce((sum, count) => sum + count, 0), onlyThere];
}

/** Everything about a finding that decides a gate, or which finding it is. */
function judgedFacts({ id, kind, severity, cwe, status, affectsPolicy, mitigation, firstFoundAt, gracePeriodExpiresAt, location, component }: JudgedFinding): string {
  const { module, file, line } = location;
  const part = component === null ? null : [component.id, component.vulnerabilityId, component.cvss, component.licences];
  return JSON.stringify([id, kind, severity, cwe, status, affectsPolicy, mitigation.state, firstFoundAt, gracePeriodExpiresAt, module, file, line, part]);
}
