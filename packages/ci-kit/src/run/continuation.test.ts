import { execFileSync } from 'node:child_process';

import type { ScanState } from '@verapipe/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { readOptions, type Setting } from '../options/read-options.js';
import { continuationOf } from './continuation.js';
import { quoteArgument } from './quote-argument.js';
import type { Continuation } from './run-result.js';

const STATE: ScanState = {
  schemaVersion: 1,
  platformUrl: 'https://analysiscenter.veracode.com',
  scanName: 'x',
  modules: { selection: 'all-non-fatal', include: [], exclude: [] },
  step: 'scan',
  progress: 'began',
  application: { id: '101', name: 'Web shop', created: false },
  sandbox: null,
  build: { id: '17501', name: 'x 1', created: true },
  artifacts: [],
  updatedAt: '2026-11-24T09:41:00.000Z',
};

function continuation(state: Partial<ScanState> | null, settings: readonly Setting[] = [], isInterrupted = false): Continuation | null {
  const { values } = readOptions('scan', settings, {});
  return continuationOf({ state: state && { ...STATE, ...state }, stateFile: 'out dir/scan.json', options: values, platform: 'linux', isInterrupted });
}

describe('continuationOf', () => {
  it.each<[name: string, state: Partial<ScanState> | null]>([
    ['no state', null],
    ['no build', { build: null }],
    ['no profile', { application: null }],
  ])('is nothing with %s', (_name, state) => {
    expect(continuation(state)).toBeNull();
  });

  it.each<[name: string, isInterrupted: boolean, command: string | undefined]>([
    ['that was ended from outside is to be repeated', true, 'the same command, with --resume'],
    ['that failed is over', false, undefined],
  ])('while the scan is being created, a run %s', (_name, isInterrupted, command) => {
    expect(continuation({ step: 'build', progress: 'began', build: null }, [], isInterrupted)?.command).toBe(command);
  });

  it.each<[step: ScanState['step'], progress: ScanState['progress'], isAttached: boolean]>([
    ['build', 'done', false],
    ['upload', 'began', false],
    ['upload', 'done', true],
    ['prescan', 'began', true],
    ['scan', 'done', true],
    ['results', 'done', true],
  ])('after "%s %s" attaches: %p', (step, progress, isAttached) => {
    expect(continuation({ step, progress })?.command.startsWith('verapipe wait')).toBe(isAttached);
  });

  it.each<[step: ScanState['step'], build: ScanState['build'], isInterrupted: boolean]>([
    ['upload', STATE.build, false],
    ['scan', STATE.build, false],
    ['build', null, true],
  ])('at "%s" sends nobody to a state that could not be written', (step, build, isInterrupted) => {
    const { values } = readOptions('scan', [], {});
    const stop = { state: { ...STATE, step, build, progress: 'began' as const }, stateFile: null, options: values, platform: 'linux' as const, isInterrupted };
    expect(continuationOf(stop)?.command).toBe('the same command');
  });

  it('names scan, profile and sandbox, and the options that lead to the same platform', () => {
    const settings = [
      { name: 'platform-url', value: 'https://gateway.example/veracode' },
      { name: 'profile', value: "ann's" },
      { name: 'proxy', value: 'http://proxy.example:3128' },
    ];
    const sandbox = { id: '5', name: 'feature', created: true };
    expect(continuation({ sandbox }, settings)).toEqual({
      sentence: 'Scan "x 1" (build 17501) of "Web shop", sandbox "feature" goes on at the platform. To attach to it:',
      command: String.raw`verapipe wait --state 'out dir/scan.json' --platform-url https://gateway.example/veracode --profile 'ann'\''s'`,
    });
  });
});

describe('quoteArgument', () => {
  it.each([
    ['a/b-c.json', 'linux', 'a/b-c.json'],
    ['a b', 'linux', "'a b'"],
    ['$HOME', 'darwin', "'$HOME'"],
    ['', 'linux', "''"],
    [String.raw`C:\out\scan.json`, 'win32', String.raw`C:\out\scan.json`],
    [String.raw`C:\out\scan.json`, 'linux', String.raw`'C:\out\scan.json'`],
    ['a "b"', 'win32', '"a ""b"""'],
  ] as const)('%p on %s is %s', (text, platform, wanted) => {
    expect(quoteArgument(text, platform)).toBe(wanted);
  });

  (process.platform === 'win32' ? it.skip : it)('comes out of a shell as it went in (not run on Windows: its shells cannot)', () => {
    const text = fc.string({ unit: 'binary' }).filter((given) => !/[\p{Cs}\0]/u.test(given));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), (texts) => {
        const command = `printf '%s\\0' ${texts.map((given) => quoteArgument(given, 'linux')).join(' ')}`;
        expect(execFileSync('sh', ['-c', command], { encoding: 'utf8' }).split('\0').slice(0, -1)).toEqual(texts);
      }),
      { numRuns: 30 },
    );
  });
});
