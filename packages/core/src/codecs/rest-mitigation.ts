import type { Mitigation, MitigationState } from '../domain/finding.js';
import { type JsonObject, optionalObjects, optionalText, readDate } from './rest.js';

const STATES: ReadonlyMap<string, MitigationState> = new Map([
  ['NONE', 'none'],
  ['PROPOSED', 'proposed'],
  ['APPROVED', 'accepted'],
  ['REJECTED', 'rejected'],
]);

/** Actions that propose, in the words of the XML report and of the user interface. */
const PROPOSALS: ReadonlyMap<string, string> = new Map([
  ['FP', 'Potential False Positive'],
  ['APPDESIGN', 'Mitigate by Design'],
  ['BYDESIGN', 'Mitigate by Design'],
  ['OSENV', 'Mitigate by OS Environment'],
  ['NETENV', 'Mitigate by Network Environment'],
  ['BYENV', 'Mitigate by Environment'],
  ['LIBRARY', 'Reported to Library Maintainer'],
  ['ACCEPTRISK', 'Accept the Risk'],
  ['CUSTOMCLEANSERPROPOSED', 'Custom Cleanser Proposed'],
]);
const DECISIONS: ReadonlySet<string> = new Set(['APPROVED', 'APPROVE', 'REJECTED', 'REJECT', 'CUSTOMCLEANSERAPPROVED']);

interface Entry {
  readonly action: string;
  readonly user: string | null;
  readonly at: string;
}

/**
 * What was decided about a finding. The service's own word counts; the annotations, which are only there when they were
 * asked for, add why and by whom.
 *
 * @throws ProtocolError `unexpected-shape`
 */
export function decodeMitigation(finding: JsonObject, status: JsonObject | null, operation: string): Mitigation {
  const state = STATES.get((status && optionalText(status, 'resolution_status'))?.toUpperCase() ?? '') ?? 'unknown';
  const history = optionalObjects(finding, 'annotations', operation)
    .map((annotation) => entryOf(annotation, operation))
    .sort((left, right) => (left.at < right.at ? -1 : Number(left.at > right.at)));
  const proposal = history.findLast(({ action }) => PROPOSALS.has(action));
  const decision = history.findLast(({ action }) => DECISIONS.has(action));
  // A reason without a mitigation would be a remark; a decision belongs to the state that it led to.
  const isDecided = state === 'accepted' || state === 'rejected';
  const reason = PROPOSALS.get(proposal?.action ?? '') ?? reasonOf(status);
  return { state, reason: state === 'none' ? null : reason, approver: isDecided ? (decision?.user ?? null) : null };
}

function entryOf(annotation: JsonObject, operation: string): Entry {
  return {
    action: (optionalText(annotation, 'action') ?? '').toUpperCase(),
    user: optionalText(annotation, 'user_name'),
    at: readDate(annotation, 'created', operation) ?? '',
  };
}

/** All that is known without annotations. */
function reasonOf(status: JsonObject | null): string | null {
  const isFalsePositive = status !== null && optionalText(status, 'resolution') === 'POTENTIAL_FALSE_POSITIVE';
  return isFalsePositive ? (PROPOSALS.get('FP') ?? null) : null;
}
