import { describe, expect, it } from '@jest/globals';

import { sampleFinding } from '../../test/sample-finding.js';
import type { Finding, FlawMatch, MitigationState } from '../domain/finding.js';
import type { PolicyFlaw, StatementMatch } from '../domain/policy-flaw.js';
import { matchMitigations } from './match-mitigations.js';

const FLAW_MATCH: FlawMatch = { procedureHash: '1', prototypeHash: '2', flawHash: '3', flawHashCount: 4, flawHashOrdinal: 5, causeHash: '6', causeHashCount: 7, causeHashOrdinal: 8 };
const STATEMENT: StatementMatch = { procedureHash: '1', prototypeHash: '2', statementHash: '3', statementHashCount: 4, statementHashOrdinal: 5 };

function finding(match: Partial<FlawMatch> | null = {}, facts: Partial<Finding> = {}): Finding {
  return sampleFinding({ id: 'p', cwe: 89, flawMatch: match && { ...FLAW_MATCH, ...match }, ...facts });
}

function flaw(statement: Partial<StatementMatch> | null = {}, facts: Partial<PolicyFlaw> = {}): PolicyFlaw {
  return { id: '7', cwe: 89, isFixed: false, mitigation: decision('accepted'), statement: statement && { ...STATEMENT, ...statement }, ...facts };
}

function decision(state: MitigationState): PolicyFlaw['mitigation'] {
  return { state, reason: 'Mitigate by Design', approver: 'ann' };
}

const UNMATCHED = { accepted: 1, withoutHashes: 0, unmatched: 1, ambiguous: 0, applied: 0 };
const AMBIGUOUS = { accepted: 1, withoutHashes: 0, unmatched: 0, ambiguous: 1, applied: 0 };
const APPLIED = { accepted: 1, withoutHashes: 0, unmatched: 0, ambiguous: 0, applied: 1 };
const WITHOUT = { accepted: 1, withoutHashes: 1, unmatched: 0, ambiguous: 0, applied: 0 };
const NOTHING = { accepted: 0, withoutHashes: 0, unmatched: 0, ambiguous: 0, applied: 0 };

describe('matchMitigations', () => {
  it.each<[name: string, findings: readonly Finding[], flaws: readonly PolicyFlaw[], counts: object]>([
    ['all five values and the CWE are equal', [finding()], [flaw()], APPLIED],
    ['only what a report cannot say differs', [finding({ causeHash: '60', causeHashCount: 70, causeHashOrdinal: 80 })], [flaw()], APPLIED],
    ['file and line differ', [finding({}, { location: { ...sampleFinding().location, file: 'Other.java', line: 1 } })], [flaw()], APPLIED],
    ['the procedure differs', [finding({ procedureHash: '9' })], [flaw()], UNMATCHED],
    ['the prototype differs', [finding({ prototypeHash: '9' })], [flaw()], UNMATCHED],
    ['the statement differs', [finding({ flawHash: '9' })], [flaw()], UNMATCHED],
    ['the count differs', [finding({ flawHashCount: 9 })], [flaw()], UNMATCHED],
    ['the ordinal differs', [finding({ flawHashOrdinal: 9 })], [flaw()], UNMATCHED],
    ['count and ordinal are exchanged', [finding({ flawHashCount: 5, flawHashOrdinal: 4 })], [flaw()], UNMATCHED],
    ['two hashes are one text in another place', [finding({ procedureHash: '12', prototypeHash: '' })], [flaw({ procedureHash: '1', prototypeHash: '2' })], UNMATCHED],
    ['the same statement has another CWE', [finding({}, { cwe: 404 })], [flaw()], UNMATCHED],
    ['the finding has no CWE', [finding({}, { cwe: null })], [flaw()], UNMATCHED],
    ['neither has a CWE', [finding({}, { cwe: null })], [flaw({}, { cwe: null })], WITHOUT],
    ['the finding has no hashes', [finding(null)], [flaw()], UNMATCHED],
    ['the flaw has no hashes', [finding()], [flaw(null)], WITHOUT],
    ['neither has hashes', [finding(null)], [flaw(null)], WITHOUT],
    ['there is no finding', [], [flaw()], UNMATCHED],
    ['there is no flaw', [finding()], [], NOTHING],
    ['two findings are equal', [finding(), finding({}, { id: 'q' })], [flaw()], AMBIGUOUS],
    ['an open flaw is equal', [finding()], [flaw(), flaw({}, { id: '8', mitigation: decision('none') })], AMBIGUOUS],
    ['a fixed flaw is equal', [finding()], [flaw(), flaw({}, { id: '8', isFixed: true })], AMBIGUOUS],
    ['a mitigated flaw is equal', [finding()], [flaw(), flaw({}, { id: '8' })], { ...AMBIGUOUS, accepted: 2, ambiguous: 2 }],
    ['another statement is equal but for its ordinal', [finding(), finding({ flawHashOrdinal: 6 }, { id: 'q' })], [flaw(), flaw({ statementHashOrdinal: 6 }, { id: '8', mitigation: decision('none') })], APPLIED],
    ['the flaw is fixed', [finding()], [flaw({}, { isFixed: true })], NOTHING],
    ...(['none', 'proposed', 'rejected', 'unknown'] as const).map((state): [string, readonly Finding[], readonly PolicyFlaw[], object] => [
      `the mitigation is ${state}`,
      [finding()],
      [flaw({}, { mitigation: decision(state) })],
      NOTHING,
    ]),
  ])('where %s', (_name, findings, flaws, counts) => {
    const matched = matchMitigations(findings, flaws);
    expect({ ...matched, applied: matched.applied.length }).toEqual(counts);
  });

  it('tells which finding takes over which mitigation', () => {
    const wanted = finding({ flawHashOrdinal: 2 }, { id: 'wanted' });
    const { applied } = matchMitigations([finding(), wanted], [flaw({ statementHashOrdinal: 2 }, { id: '41' })]);
    expect(applied).toEqual([{ finding: wanted, flawId: '41', mitigation: decision('accepted') }]);
  });
});
