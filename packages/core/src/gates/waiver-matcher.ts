import type { Finding, FindingLocation } from '../domain/finding.js';
import { flawFingerprint } from '../domain/flaw-fingerprint.js';
import { compilePathPattern } from '../domain/path-pattern.js';
import { describeWaiver, endOfWaiver, type Waiver } from '../domain/waiver.js';

/** Waivers at work. */
export interface WaiverMatcher {
  /** The waiver that still applies and is about this finding, the first of the file; null where there is none. */
  covering(finding: Finding): Waiver | null;
  /** How many findings were covered. */
  covered(): number;
  /** A sentence for each waiver that has expired, or that was about no finding. */
  warnings(): readonly string[];
}

interface Entry {
  readonly waiver: Waiver;
  /** Place in the file, from 1. */
  readonly place: number;
  readonly path: RegExp | null;
  readonly isExpired: boolean;
  uses: number;
}

/** Looks entries up by what they are about, so that many findings and many waivers do not multiply. */
export function createWaiverMatcher(waivers: readonly Waiver[], nowMs: number): WaiverMatcher {
  const entries = waivers.map((waiver, index): Entry => {
    const path = 'path' in waiver.subject ? compilePathPattern(waiver.subject.path) : null;
    return { waiver, place: index + 1, path, isExpired: nowMs >= endOfWaiver(waiver), uses: 0 };
  });
  const bySubject = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = keyOf(entry.waiver);
    bySubject.set(key, [...(bySubject.get(key) ?? []), entry]);
  }
  let covered = 0;
  return {
    covering(finding) {
      const about = keysOf(finding).flatMap((key) => bySubject.get(key) ?? []).filter(({ path }) => path === null || isAt(path, finding.location));
      for (const entry of about) entry.uses += 1;
      const applying = about.filter(({ isExpired }) => !isExpired);
      if (applying.length > 0) covered += 1;
      return applying.toSorted((a, b) => a.place - b.place)[0]?.waiver ?? null;
    },
    covered: () => covered,
    warnings: () => entries.flatMap(warningOf),
  };
}

function keyOf({ subject }: Waiver): string {
  if ('finding' in subject) return `finding ${subject.finding}`;
  return 'fingerprint' in subject ? `fingerprint ${subject.fingerprint}` : `cwe ${subject.cwe}`;
}

function keysOf({ id, flawMatch, cwe, location }: Finding): readonly string[] {
  return [
    `finding ${id}`,
    ...(flawMatch === null ? [] : [`fingerprint ${flawFingerprint(flawMatch)}`]),
    ...(cwe === null || location.file === null ? [] : [`cwe ${cwe}`]),
  ];
}

/** People write what they see, which is the path in the repository where it is known. */
function isAt(path: RegExp, { file, repositoryPath }: FindingLocation): boolean {
  return [file, repositoryPath].some((place) => place !== null && path.test(place));
}

function warningOf({ waiver, place, isExpired, uses }: Entry): readonly string[] {
  const subject = `Waiver ${place} (${describeWaiver(waiver)})`;
  if (isExpired) return [`${subject} expired on ${waiver.expires} and does not apply; ${countOf(uses)} it was about.`];
  return uses === 0 ? [`${subject} is about no finding that is still there and can be removed.`] : [];
}

function countOf(uses: number): string {
  if (uses === 0) return 'there is no finding any more that';
  return uses === 1 ? 'there is 1 finding that' : `there are ${uses} findings that`;
}
