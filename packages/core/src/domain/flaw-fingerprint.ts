import type { FlawMatch } from './finding.js';

/**
 * The eight values by which the engine recognises a flaw, as one text: people copy them from a results file into a
 * waiver. Equal texts are the same flaw.
 *
 * @see docs.veracode.com "Pipeline Scan API"
 * @public
 */
export function flawFingerprint(match: FlawMatch): string {
  return [
    match.procedureHash,
    match.prototypeHash,
    match.flawHash,
    match.flawHashCount,
    match.flawHashOrdinal,
    match.causeHash,
    match.causeHashCount,
    match.causeHashOrdinal,
  ].join(':');
}
