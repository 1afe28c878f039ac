import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

import { collectPolicyFlaws, mitigatePipelineScan, type ApplicationProfile, type CallingRun, type MitigatedPipelineScan, type PolicyFlaws, type ProvenPipelineScan } from '@verapipe/core';
import type { MitigationFacts } from '@verapipe/reports';

import { onDisk } from '../files/local-trouble.js';
import { type RunContext, shownPath } from '../run/run-context.js';
import { appliedSentence, mitigationsSentence } from './mitigation-sentences.js';

/** What was decided about the policy flaws of an application. */
export interface PolicyMitigations extends PolicyFlaws {
  /** Name of the profile. */
  readonly application: string;
}

/** A pipeline scan under the mitigations of an application, and what is written down of them. */
export interface ScanUnderMitigations {
  readonly scan: ProvenPipelineScan;
  /** Null: none were asked for. */
  readonly facts: MitigationFacts | null;
}

/** Reads what was decided about the policy flaws of a profile. @throws what reading the report throws */
export async function readPolicyMitigations(run: RunContext, calling: CallingRun, application: ApplicationProfile): Promise<PolicyMitigations> {
  const file = run.files.policyReport;
  await onDisk(file, () => mkdir(dirname(file), { recursive: true }));
  return { application: application.name, ...(await collectPolicyFlaws(calling.client, { application, file }, calling.call)) };
}

/** Lets accepted mitigations count for the findings that they are about, and says for each one which. */
export function applyMitigations(run: RunContext, scan: ProvenPipelineScan, mitigations: PolicyMitigations | null): ScanUnderMitigations {
  if (mitigations === null) return { scan, facts: null };
  const mitigated = mitigatePipelineScan(scan, mitigations.flaws);
  const facts = factsOf(run, mitigated, mitigations);
  for (const { finding, flawId, mitigation } of mitigated.matched.applied) {
    run.emit({ type: 'notice', message: appliedSentence(finding, { flawId, mitigation }) });
  }
  // Whoever asked for mitigations and got none should not have to look for the reason.
  run.emit({ type: facts.applied.length === 0 ? 'warning' : 'notice', message: mitigationsSentence(facts) });
  return { scan: mitigated.scan, facts };
}

function factsOf({ input }: RunContext, { matched }: MitigatedPipelineScan, { application, scan }: PolicyMitigations): MitigationFacts {
  const { accepted, withoutHashes, unmatched, ambiguous, applied } = matched;
  return {
    application,
    buildId: scan?.buildId ?? null,
    report: scan === null ? null : { path: shownPath(scan.report.path, input.cwd), sha256: scan.report.sha256 },
    accepted,
    withoutHashes,
    unmatched,
    ambiguous,
    applied: applied.map(({ finding, flawId, mitigation }) => ({ finding: finding.id, policyFlaw: flawId, reason: mitigation.reason, approver: mitigation.approver })),
  };
}
