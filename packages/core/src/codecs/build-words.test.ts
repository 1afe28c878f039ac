import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { protocolFacts } from '../../test/samples.js';
import { phaseOf } from '../domain/build-status.js';
import { parseBuildStatus, parsePolicyEvaluation } from './build-words.js';

interface States {
  readonly buildStatuses: readonly { readonly word: string; readonly status: string; readonly phase: string; readonly alsoSpelled: readonly string[] }[];
  readonly policyEvaluations: readonly { readonly word: string; readonly evaluation: string }[];
}
const { buildStatuses, policyEvaluations } = protocolFacts('states') as States;

const spellings = buildStatuses.flatMap(({ word, status, phase, alsoSpelled }) =>
  [word, ...alsoSpelled, word.toLowerCase(), word.toUpperCase(), word.replaceAll('-', ' '), word.replace(/[\s-]/g, '')].map((spelling) => ({
    spelling,
    status,
    phase,
  })),
);

describe('parseBuildStatus', () => {
  it('knows the seventeen words of the schema', () => {
    expect(new Set(buildStatuses.map(({ word }) => parseBuildStatus(word))).size).toBe(17);
  });

  it.each(spellings)('$spelling is $status', ({ spelling, status, phase }) => {
    const parsed = parseBuildStatus(spelling);
    expect({ status: parsed, phase: phaseOf(parsed) }).toEqual({ status, phase });
  });

  it.each(['', 'Results', 'Results Ready!', 'Not Results Ready', 'Results Ready Results Ready', 'constructor', '__proto__'])('%j is unknown', (word) => {
    expect(parseBuildStatus(word)).toBe('unknown');
    expect(phaseOf('unknown')).toBe('unknown');
  });

  it('finishes a build for no word but one', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('r', 'e', 's', 'u', 'l', 't', 'a', 'd', 'y', 'i', 'n', 'c', 'o', ' ', '-', '.') }), (word) => {
        const isReady = word.toLowerCase().replace(/[\s.-]/g, '') === 'resultsready';
        expect(phaseOf(parseBuildStatus(word)) === 'finished').toBe(isReady);
      }),
    );
  });
});

describe('parsePolicyEvaluation', () => {
  it.each(policyEvaluations)('$word is $evaluation', ({ word, evaluation }) => {
    expect([word, word.toUpperCase(), word.replaceAll(' ', '')].map(parsePolicyEvaluation)).toEqual([evaluation, evaluation, evaluation]);
  });

  it.each(['', 'Passing', 'Pass?', 'Did Not Pass yet', 'Not Pass', 'N/A', 'constructor'])('%j is no pass', (word) => {
    expect(parsePolicyEvaluation(word)).toBe('unknown');
  });
});
