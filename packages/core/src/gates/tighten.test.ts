import { describe, expect, it } from '@jest/globals';

import { DEFAULT_JUDGEMENT, type Judgement } from '../domain/judgement.js';
import { tighten } from './tighten.js';

/** Values of one option, mildest first; each is stricter than those before it. */
const MILDEST_FIRST: { readonly [K in keyof Judgement]: readonly (readonly [value: Judgement[K], shown: string])[] } = {
  conditionalPass: [['pass', 'pass'], ['warn', 'warn'], ['fail', 'fail']],
  failOnSeverity: [[null, 'none'], [5, 'Very High'], [3, 'Medium'], [0, 'Informational']],
  failOnCwe: [[[89], '89'], [[89, 79], '89,79']],
  failOnCvss: [[null, 'none'], [9, '9'], [0, '0']],
  failOnLicenceRisk: [[null, 'none'], ['high', 'high'], ['medium', 'medium'], ['low', 'low']],
  maxFindings: [[{ 4: 9 }, 'High=9'], [{ 4: 3 }, 'High=3'], [{ 4: 0 }, 'High=0']],
  maxFindingAge: [[null, 'none'], [90, '90 days'], [1, '1 days']],
  gracePeriod: [['expired', 'expired'], ['within', 'within']],
  proposedMitigations: [['accepted', 'accepted'], ['open', 'open']],
  newOnly: [[true, 'true'], [false, 'false']],
  applyMitigations: [[true, 'true'], [false, 'false']],
  waivers: [['allowed', 'allowed'], ['none', 'none']],
  waiverMaxDays: [[null, 'none'], [90, '90 days'], [30, '30 days']],
  reportOnly: [[true, 'true'], [false, 'false']],
  missingCredentials: [['skip', 'skip'], ['fail', 'fail']],
  onOutage: [[7, 'warn:7'], [1, 'warn:1'], [0, 'fail']],
  pollInterval: [[60, '60 s'], [300, '300 s']],
  allowFastPolling: [[true, 'true'], [false, 'false']],
  lint: [['off', 'off'], ['warn', 'warn'], ['error', 'error']],
  lintIgnore: [['allowed', 'allowed'], ['none', 'none']],
};

interface Pair {
  readonly key: keyof Judgement;
  readonly mild: unknown;
  readonly strict: unknown;
  readonly mildShown: string;
  readonly strictShown: string;
}

const PAIRS: readonly Pair[] = Object.entries(MILDEST_FIRST).flatMap(([key, values]) =>
  values.flatMap(([strict, strictShown], index) =>
    values.slice(0, index).map(([mild, mildShown]) => ({ key: key as keyof Judgement, mild, strict, mildShown, strictShown })),
  ),
);

function floorOf(facts: object): Judgement {
  return { ...DEFAULT_JUDGEMENT, ...facts };
}

describe('tighten', () => {
  it.each(PAIRS)('$key: a floor of $mildShown can become $strictShown', ({ key, mild, strict }) => {
    const { judgement, issues } = tighten(floorOf({ [key]: mild }), { [key]: strict });
    expect(issues).toEqual([]);
    expect(judgement).toEqual(floorOf({ [key]: strict }));
  });

  it.each(PAIRS.filter(({ key }) => key !== 'failOnCwe'))('$key: a floor of $strictShown cannot become $mildShown', ({ key, mild, strict, mildShown, strictShown }) => {
    const { judgement, issues } = tighten(floorOf({ [key]: strict }), { [key]: mild });
    expect(issues).toEqual([{ path: key, got: mildShown, wanted: `${strictShown}, which the organisation's policy demands, or something stricter` }]);
    expect(judgement[key]).toEqual(strict);
  });

  it.each(PAIRS)('$key: the floor of $strictShown itself can be said again', ({ key, strict }) => {
    expect(tighten(floorOf({ [key]: strict }), { [key]: strict })).toEqual({ judgement: floorOf({ [key]: strict }), issues: [] });
  });

  it('says nothing where nothing was given, however mild the default', () => {
    const floor = floorOf({ failOnSeverity: 4, conditionalPass: 'fail', pollInterval: 300 });
    expect(tighten(floor, {})).toEqual({ judgement: floor, issues: [] });
  });

  it('adds lists of weaknesses and budgets up', () => {
    const floor = floorOf({ failOnCwe: [89], maxFindings: { 4: 3 } });
    expect(tighten(floor, { failOnCwe: [79, 89], maxFindings: { 3: 10 } })).toEqual({ judgement: floorOf({ failOnCwe: [89, 79], maxFindings: { 4: 3, 3: 10 } }), issues: [] });
    expect(tighten(floor, { maxFindings: { 4: 4, 5: 0 } })).toMatchObject({ judgement: { maxFindings: { 4: 3 } }, issues: [{ got: 'Very High=0, High=4', wanted: expect.stringMatching(/^High=3,/u) }] });
  });

  it('takes an interval where the floor has none', () => {
    expect(tighten(floorOf({}), { pollInterval: 60 })).toMatchObject({ judgement: { pollInterval: 60 }, issues: [] });
    expect(tighten(floorOf({ pollInterval: 60 }), { pollInterval: null })).toMatchObject({ judgement: { pollInterval: 60 }, issues: [] });
  });

  it('lists every refusal, and holds the floor beside what is stricter', () => {
    const { judgement, issues } = tighten(floorOf({ failOnSeverity: 3 }), { failOnSeverity: 5, reportOnly: true, failOnCvss: 7 });
    expect(issues.map(({ path }) => path)).toEqual(['failOnSeverity', 'reportOnly']);
    expect(judgement).toMatchObject({ failOnSeverity: 3, reportOnly: false, failOnCvss: 7 });
  });
});
