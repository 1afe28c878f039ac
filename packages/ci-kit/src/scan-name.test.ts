import type { RandomSource } from '@verapipe/core';
import { describe, expect, it } from '@jest/globals';

import { CI_SAMPLES } from '../test/ci-environments.js';
import type { CiContext } from './ci-context/ci-context.js';
import { readCiContext } from './ci-context/read-ci-context.js';
import { createScanNames, isNameOfSameWork, type ScanNames } from './scan-name.js';

const DEFAULT = '{ci} {run}{suffix}';
const nowMs = Date.UTC(2026, 10, 24, 9, 41, 7, 5);
const GITLAB = readCiContext({
  GITLAB_CI: 'true',
  CI_PROJECT_PATH: 'web/shop',
  CI_PIPELINE_ID: '48211',
  CI_JOB_NAME: 'scan 1/2',
  CI_COMMIT_SHA: '3f1c9a5e7d2b4860a1c3',
  CI_COMMIT_BRANCH: 'main',
});

function counted(start = 0): RandomSource {
  let calls = start;
  return { bytes: (count) => new Uint8Array(count).fill((calls += 1)), fraction: () => 0.5 };
}

function namesOf(template: string, ci: CiContext | null = GITLAB, random = counted()): ScanNames {
  const names = createScanNames({ template, ci, nowMs, random });
  if ('issues' in names) throw new Error(JSON.stringify(names.issues));
  return names;
}

function withFacts(facts: Partial<CiContext>): CiContext {
  if (GITLAB === null) throw new Error('The sample is no job of GitLab CI.');
  return { ...GITLAB, ...facts };
}

describe('the default scan name', () => {
  it.each<[name: string, ci: CiContext | null, wanted: string]>([
    ['GitLab CI', GITLAB, 'gitlab web/shop 48211 scan 1/2'],
    ['Azure Pipelines', CI_SAMPLES[0]?.wanted ?? null, 'azure Web team/shop 4711 verify/scan linux_20 1/3'],
    ['Bitbucket, a step with an id', CI_SAMPLES[4]?.wanted ?? null, 'bitbucket acme/shop 312 7a1c2b3d'],
    ['Jenkins', CI_SAMPLES[6]?.wanted ?? null, 'jenkins team/shop/main 88 Scan'],
    ['no CI', null, 'local 2026-11-24 09.41.07 01010101'],
  ])('of %s', (_name, ci, wanted) => {
    expect(namesOf(DEFAULT, ci).scanName).toBe(wanted);
  });

  it.each<[what: string, facts: Partial<CiContext>, isSame: boolean]>([
    ['attempt', { attempt: 7 }, true],
    ['commit', { commit: 'x' }, true],
    ['run', { run: '48212' }, false],
    ['pipeline', { pipeline: 'web/till' }, false],
    ['job', { job: 'scan two' }, false],
    ['matrix leg', { leg: '2/2' }, false],
    ['CI', { system: 'jenkins' }, false],
  ])('with another %s', (_what, facts, isSame) => {
    expect(namesOf(DEFAULT, withFacts(facts)).scanName === namesOf(DEFAULT).scanName).toBe(isSame);
  });

  it('is another one for each run outside of a CI', () => {
    expect(namesOf(DEFAULT, null, counted(1)).scanName).not.toBe(namesOf(DEFAULT, null, counted(2)).scanName);
    expect(namesOf(DEFAULT, null).isUnique).toBe(true);
    expect(namesOf(DEFAULT).isUnique).toBe(false);
  });
});

describe('a template', () => {
  it.each([
    ['{ci}-{pipeline}-{number}-{job}-{leg}', 'gitlab-web/shop-48211-scan-1/2'],
    ['{branch} {commit}', 'main 3f1c9a5e7d2b'],
    ['{date} {time}', '2026-11-24 09.41.07'],
    ['pr {pr} x', 'pr x'],
    ['no placeholder', 'no placeholder'],
    ['{branch', '{branch'],
    ['  two\n lines\u0007 ', 'two lines'],
  ])('%p gives %p', (template, wanted) => {
    expect(namesOf(template).scanName).toBe(wanted);
  });

  it.each([
    ['{brnach}', [{ path: 'scanName', got: 'the placeholder {brnach}', wanted: 'perhaps {branch}' }]],
    ['{jbo} {__proto__}', [expect.objectContaining({ wanted: 'perhaps {job}' }), expect.objectContaining({ wanted: expect.stringMatching(/^one of \{ci\}/u) })]],
    ['{pr}', [expect.objectContaining({ got: '"{pr}", which is empty here' })]],
  ])('%p is refused', (template, issues) => {
    expect(createScanNames({ template, ci: GITLAB, nowMs, random: counted() })).toEqual({ issues });
  });

  it('is cut to the limit of the platform, and still differs where the end differs', () => {
    const long = (end: string): ScanNames => namesOf('{job}', withFacts({ job: `${'x😀'.repeat(200)}${end}` }));
    const { scanName, scanNameSuffixes, earlierScanNames } = long('a');
    expect(scanName).not.toBe(long('b').scanName);
    expect(() => encodeURIComponent(scanName)).not.toThrow();
    expect(Math.max(...scanNameSuffixes.map((suffix) => scanName.length + suffix.length))).toBeLessThanOrEqual(255);
    expect(earlierScanNames).toBeNull();
  });
});

describe('suffixes', () => {
  it.each([
    [1, [' (attempt 1)']],
    [3, [' (attempt 3)', ' (attempt 2)', ' (attempt 1)']],
    [null, [' (2)', ' (3)', ' (4)', ' (5)', ' (6)', ' (7)', ' (8)', ' (9)']],
  ])('of attempt %p', (attempt, wanted) => {
    expect(namesOf(DEFAULT, withFacts({ attempt })).scanNameSuffixes).toEqual(wanted);
  });
});

describe('the pattern of earlier names', () => {
  it.each<[template: string, ci: CiContext | null, wanted: string | null]>([
    [DEFAULT, GITLAB, 'gitlab web/shop ????? scan 1/2'],
    ['{branch} {commit} {date}', GITLAB, 'main ???????????? ??????????'],
    ['{branch}', GITLAB, null],
    [DEFAULT, null, null],
    [DEFAULT, withFacts({ job: 'scan*' }), null],
  ])('of %p', (template, ci, wanted) => {
    expect(namesOf(template, ci).earlierScanNames).toBe(wanted);
  });
});

describe('a name of the same work', () => {
  it.each<[name: string, wanted: boolean]>([
    ['shop 7', true],
    ['shop 7 (2)', true],
    ['shop 7 (attempt 12)', true],
    ['shop 71', false],
    ['shop 7 (2) Promoted', false],
    ['shop 7 (leg b)', false],
    ['shop', false],
  ])('is %j: %p', (name, wanted) => {
    expect(isNameOfSameWork('shop 7', name)).toBe(wanted);
  });

  it.each([DEFAULT, '{branch}'])('is every name that %p makes', (template) => {
    const { scanName, scanNameSuffixes } = namesOf(template, withFacts({ attempt: 9 }));
    expect(scanNameSuffixes.map((suffix) => isNameOfSameWork(scanName, scanName + suffix))).toEqual(Array.from({ length: 9 }, () => true));
  });
});
