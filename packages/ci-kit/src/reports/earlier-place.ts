import type { PlaceFacts, ScanResults } from '@verapipe/reports';

/** Where findings were looked for. */
export type ReportedPlace = Pick<ScanResults, 'application' | 'sandbox'>;

/** Where earlier results come from, seen from the current ones; `same` also where one of them does not say. */
export type EarlierPlace = 'same' | 'another-context' | 'another-sandbox' | 'another-application';

/** Compares the places of earlier and current results: one is a policy scan and the other a sandbox scan in `another-context`. Pure. */
export function earlierPlace(earlier: ReportedPlace, current: ReportedPlace): EarlierPlace {
  if (earlier.application === null || current.application === null) return 'same';
  if (!isSame(earlier.application, current.application)) return 'another-application';
  if (earlier.sandbox === null || current.sandbox === null) return earlier.sandbox === current.sandbox ? 'same' : 'another-context';
  return isSame(earlier.sandbox, current.sandbox) ? 'same' : 'another-sandbox';
}

/** The place for people. */
export function placeWords({ application, sandbox }: ReportedPlace): string {
  const of = application === null ? '' : ` of "${application.name}"`;
  return sandbox === null ? `the policy scans${of}` : `sandbox "${sandbox.name}"${of}`;
}

/** Renamed places keep their id, sandboxes that are made anew for each branch their name. */
function isSame(a: PlaceFacts, b: PlaceFacts): boolean {
  return (a.id !== '' && a.id === b.id) || a.name.trim().toLowerCase() === b.name.trim().toLowerCase();
}
