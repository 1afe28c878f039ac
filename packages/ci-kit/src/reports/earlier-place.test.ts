import { describe, expect, it } from '@jest/globals';

import { earlierPlace, placeWords, type ReportedPlace } from './earlier-place.js';

function place(application: readonly [id: string, name: string] | null, sandbox: readonly [id: string, name: string] | null = null): ReportedPlace {
  const named = (facts: readonly [id: string, name: string] | null): ReportedPlace['sandbox'] => (facts === null ? null : { id: facts[0], name: facts[1], created: false });
  return { application: named(application), sandbox: named(sandbox) };
}

describe('earlierPlace', () => {
  it.each<[name: string, earlier: ReportedPlace, current: ReportedPlace, wanted: string]>([
    ['the same application', place(['1', 'Shop']), place(['1', 'Shop']), 'same'],
    ['one that was renamed', place(['1', 'Shop']), place(['1', 'Web shop']), 'same'],
    ['one that was made anew', place(['1', 'Shop']), place(['2', 'shop']), 'same'],
    ['another one', place(['1', 'Shop']), place(['2', 'Bank']), 'another-application'],
    ['another one, with a sandbox of the same name', place(['1', 'Shop'], ['7', 'x']), place(['2', 'Bank'], ['7', 'x']), 'another-application'],
    ['results that name none', place(null), place(['2', 'Bank'], ['7', 'x']), 'same'],
    ['findings that name none', place(['1', 'Shop'], ['7', 'x']), place(null), 'same'],
    ['the same sandbox', place(['1', 'Shop'], ['7', 'x']), place(['1', 'Shop'], ['7', 'x']), 'same'],
    ['a sandbox that was made anew', place(['1', 'Shop'], ['7', 'x']), place(['1', 'Shop'], ['8', 'X']), 'same'],
    ['sandboxes without ids', place(['1', 'Shop'], ['', 'x']), place(['1', 'Shop'], ['', 'y']), 'another-sandbox'],
    ['another sandbox', place(['1', 'Shop'], ['7', 'x']), place(['1', 'Shop'], ['8', 'y']), 'another-sandbox'],
    ['policy scans for a sandbox', place(['1', 'Shop']), place(['1', 'Shop'], ['7', 'x']), 'another-context'],
    ['a sandbox for policy scans', place(['1', 'Shop'], ['7', 'x']), place(['1', 'Shop']), 'another-context'],
  ])('%s', (_name, earlier, current, wanted) => {
    expect(earlierPlace(earlier, current)).toBe(wanted);
  });
});

describe('placeWords', () => {
  it.each<[place: ReportedPlace, words: string]>([
    [place(['1', 'Shop']), 'the policy scans of "Shop"'],
    [place(['1', 'Shop'], ['7', 'x']), 'sandbox "x" of "Shop"'],
    [place(null), 'the policy scans'],
  ])('%j', (given, words) => {
    expect(placeWords(given)).toBe(words);
  });
});
