import type { BuildStatus, PolicyEvaluation } from '../domain/build.js';

/** Every status, by its spelling without blanks and hyphens. Older and printed spellings stand beside the wire's. */
const STATUSES: ReadonlyMap<string, BuildStatus> = new Map([
  ['incomplete', 'incomplete'],
  ['prescansubmitted', 'prescan-submitted'],
  ['prescaninprogress', 'prescan-submitted'],
  ['preflightsubmitted', 'prescan-submitted'],
  ['prescansuccess', 'prescan-success'],
  ['preflightsuccess', 'prescan-success'],
  ['prescanfailed', 'prescan-failed'],
  ['prescancancelled', 'prescan-cancelled'],
  ['nomodulesdefined', 'no-modules-defined'],
  ['notsubmittedtoengine', 'not-submitted-to-engine'],
  ['submittedtoengine', 'submitted-to-engine'],
  ['scaninprocess', 'scan-in-process'],
  ['scanerrors', 'scan-errors'],
  ['scaninternalerror', 'scan-internal-error'],
  ['scancancelled', 'scan-cancelled'],
  ['scanonhold', 'scan-on-hold'],
  ['pendinginternalreview', 'pending-internal-review'],
  ['pendingvendorconfirmation', 'pending-vendor-confirmation'],
  ['vendorconfirmation', 'pending-vendor-confirmation'],
  ['vendorreviewing', 'vendor-reviewing'],
  ['resultsready', 'results-ready'],
]);

const EVALUATIONS: ReadonlyMap<string, PolicyEvaluation> = new Map([
  ['pass', 'pass'],
  ['passed', 'pass'],
  ['conditionalpass', 'conditional-pass'],
  ['didnotpass', 'did-not-pass'],
  ['notassessed', 'not-assessed'],
  ['calculating', 'calculating'],
]);

/** Normalises a status word; `unknown` for one that nobody documented. */
export function parseBuildStatus(text: string): BuildStatus {
  return STATUSES.get(squeeze(text).replace(/canceled$/, 'cancelled')) ?? 'unknown';
}

/** Normalises a word about the policy; `unknown`, which never passes, for any other. */
export function parsePolicyEvaluation(text: string): PolicyEvaluation {
  return EVALUATIONS.get(squeeze(text)) ?? 'unknown';
}

function squeeze(text: string): string {
  return text.toLowerCase().replace(/[\s.-]+/g, '');
}
