import { describe, expect, it } from '@jest/globals';

import { parseBranchNames, sandboxesToSweep, type SweepRules } from './sandboxes-to-sweep.js';

const NOW_MS = Date.parse('2026-06-30T12:00:00.000Z');
const NO_RULES: SweepRules = { olderThanDays: null, prefix: null, liveBranches: null };

const SANDBOXES = [
  { name: 'feature-one', modifiedAt: '2026-06-29T12:00:00.000Z' },
  { name: 'Feature/two', modifiedAt: '2026-05-30T12:00:00.000Z' },
  { name: 'release', modifiedAt: '2025-06-30T12:00:00.000Z' },
  { name: 'ageless', modifiedAt: null },
];

function swept(rules: Partial<SweepRules>): readonly string[] {
  return sandboxesToSweep(SANDBOXES, { ...NO_RULES, ...rules }, NOW_MS).map(({ sandbox, reason }) => `${sandbox.name}: ${reason}`);
}

describe('a sweep', () => {
  it.each<[name: string, rules: Partial<SweepRules>, wanted: readonly string[]]>([
    ['without a rule takes nothing', {}, []],
    ['by age takes what is older, never what has no age', { olderThanDays: 30 }, ['Feature/two: unchanged for 31 days', 'release: unchanged for 365 days']],
    ['by age leaves what is just as old', { olderThanDays: 31 }, ['release: unchanged for 365 days']],
    ['by prefix heeds case', { prefix: 'feature' }, ['feature-one: its name begins with "feature"']],
    ['by branches leaves those whose branch lives, however it is spelled', { liveBranches: ['feature/one', 'FEATURE-TWO', 'ageless'] }, ['release: its branch is gone']],
    ['by branches looks behind the prefix too', { prefix: 'feature-', liveBranches: ['one'] }, []],
    ['by several rules takes what meets all of them', { olderThanDays: 30, liveBranches: ['release'] }, ['Feature/two: unchanged for 31 days, its branch is gone']],
  ])('%s', (_name, rules, wanted) => {
    expect(swept(rules)).toEqual(wanted);
  });
});

describe('names of branches', () => {
  it.each([
    ['plain ones', 'main\nfeature/one\n', ['main', 'feature/one']],
    ['those of git ls-remote', `${'0'.repeat(40)}\trefs/heads/main\r\n${'a'.repeat(64)}\trefs/heads/fix/2\r\n`, ['main', 'fix/2']],
    ['those of remote-tracking branches', 'origin/main\n  refs/remotes/origin/fix/2\n\n', ['main', 'fix/2']],
    ['none', ' \n', []],
  ])('are read: %s', (_name, text, wanted) => {
    expect(parseBranchNames(text)).toEqual(wanted);
  });
});
