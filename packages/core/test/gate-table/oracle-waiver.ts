import type { Row } from './factors.js';
import type { Told } from './oracle-findings.js';

/** What a pipeline finding is called, by its CWE: these are made from the engine's hashes and stay the same for ever. */
const PIPELINE_IDS = { 79: '79-69d1090fc5dfc10d966ff423fc756512', 89: '89-eaa2379652542003832e47806b2ce061' } as const;

/** Whether the waiver of a row takes its finding out, and what is said about the waiver itself. */
export function waiverSays(row: Row, findings: readonly Told[]): { readonly covers: boolean; readonly warnings: readonly string[] } {
  const subject = findings.find(({ isSubject }) => isSubject);
  // A waiver of something fixed has done its work.
  const isAbout = subject !== undefined && !subject.isFixed && namesIt(row);
  if (row.waiver === 'none') return { covers: false, warnings: [] };
  if (row.waiver === 'expired') {
    const about = isAbout ? 'there is 1 finding that it was about' : 'there is no finding any more that it was about';
    return { covers: false, warnings: [`Waiver 1 (${wordsOf(row)}, owner Ann) expired on 2026-11-24 and does not apply; ${about}.`] };
  }
  return { covers: isAbout, warnings: isAbout ? [] : [`Waiver 1 (${wordsOf(row)}, owner Ann) is about no finding that is still there and can be removed.`] };
}

/** Whether the source tells what the waiver is about: a path is not told of pages, a fingerprint by pipeline scans only. */
function namesIt({ waiver, kind, source }: Row): boolean {
  switch (waiver) {
    case 'by id':
    case 'expired':
      return true;
    case 'by path':
      return kind !== 'dynamic';
    case 'by fingerprint':
      return source === 'pipeline results';
    case 'none':
    case 'unused':
      return false;
  }
}

function wordsOf({ waiver, threshold, kind, source }: Row): string {
  switch (waiver) {
    case 'by path':
      return `CWE ${threshold === 'below' ? 79 : 89} in src/**`;
    case 'by fingerprint':
      return 'fingerprint 1:2:7:1:1:3:1:1';
    case 'none':
    case 'unused':
      return 'finding another';
    case 'by id':
    case 'expired':
      if (source === 'pipeline results') return `finding ${PIPELINE_IDS[threshold === 'below' ? 79 : 89]}`;
      return kind === 'sca' ? 'finding c7:CVE-2026-0001' : 'finding 7';
  }
}
