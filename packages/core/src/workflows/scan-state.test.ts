import { describe, expect, it } from '@jest/globals';

import { startEmulatedPlatform } from '../../test/emulated-platform.js';
import { expectPlatform, parseScanState, type ScanState } from './scan-state.js';

const STATE: ScanState = {
  schemaVersion: 1,
  platformUrl: 'https://analysiscenter.veracode.com',
  scanName: 'Jenkins 17',
  modules: { selection: 'all-non-fatal', include: ['app*'], exclude: [] },
  step: 'upload',
  progress: 'done',
  application: { id: '1', name: 'Shop', created: false },
  sandbox: null,
  build: { id: '3', name: 'Jenkins 17', created: true },
  artifacts: [{ path: 'a.jar', name: 'a.jar', sizeBytes: 1, sha256: 'ab', md5: 'cd', fileId: '4' }],
  updatedAt: '2026-11-25T10:00:00.000Z',
};

const [ARTIFACT] = STATE.artifacts;

describe('parseScanState', () => {
  const good: readonly [string, object][] = [
    ['whole', {}],
    ['of a run that has done nothing', { application: null, build: null, artifacts: [], step: 'application', progress: 'began' }],
    ['of a sandbox', { sandbox: { id: '2', name: 'feature', created: true } }],
    ...(['application', 'sandbox', 'delete-build', 'build', 'upload', 'prescan', 'scan', 'results'] as const).map(
      (step): [string, object] => [`at ${step}`, { step }],
    ),
    ...(['all-non-fatal', 'previous', 'top-level'] as const).map(
      (selection): [string, object] => [`with modules ${selection}`, { modules: { ...STATE.modules, selection } }],
    ),
    ['with what later versions know', { triedName: 'Jenkins 17 (2)', keepFailedBuild: true }],
    ['with a field that a later version may write', { later: true }],
  ];
  it.each(good)('takes a state %s', (_name, change) => {
    const state = { ...STATE, ...change };
    expect(parseScanState(structuredClone(state))).toEqual(state);
  });

  const bad: readonly [string, unknown][] = [
    ['nothing', null],
    ['a list', []],
    ['a text', 'state'],
    ['a number', 1],
    ...['platformUrl', 'scanName', 'updatedAt', 'modules', 'step', 'progress', 'application', 'sandbox', 'build', 'artifacts', 'schemaVersion'].flatMap(
      (field): [string, unknown][] => [
        [`no ${field}`, { ...STATE, [field]: undefined }],
        [`a number as ${field}`, { ...STATE, [field]: 7 }],
        [`an empty object as ${field}`, { ...STATE, [field]: {} }],
      ],
    ),
    ['an unknown step', { ...STATE, step: 'lunch' }],
    ['an unknown progress', { ...STATE, progress: 'half' }],
    ['an older version', { ...STATE, schemaVersion: 0 }],
    ['modules without a selection', { ...STATE, modules: { include: [], exclude: [] } }],
    ['an unknown selection', { ...STATE, modules: { ...STATE.modules, selection: 'some' } }],
    ['modules without lists', { ...STATE, modules: { selection: 'previous' } }],
    ['a number in a list', { ...STATE, modules: { ...STATE.modules, exclude: [1] } }],
    ['a text as a list', { ...STATE, modules: { ...STATE.modules, include: 'app*' } }],
    ...['id', 'name', 'created'].map((field): [string, unknown] => [`a place without ${field}`, { ...STATE, build: { ...STATE.build, [field]: undefined } }]),
    ['a place that is a text', { ...STATE, application: 'Shop' }],
    ...['path', 'name', 'sha256', 'md5', 'fileId', 'sizeBytes'].map((field): [string, unknown] => [
      `an artifact without ${field}`,
      { ...STATE, artifacts: [ARTIFACT, { ...ARTIFACT, [field]: undefined }] },
    ]),
    ['an artifact of half a byte', { ...STATE, artifacts: [{ ...ARTIFACT, sizeBytes: 0.5 }] }],
    ['no artifact in a list', { ...STATE, artifacts: [null] }],
    ['a number as the tried name', { ...STATE, triedName: 7 }],
    ['a text for whether it is kept', { ...STATE, keepFailedBuild: 'yes' }],
  ];
  it.each(bad)('refuses %s', (_name, json) => {
    expect(() => parseScanState(json)).toThrow(expect.objectContaining({ name: 'ValidationError', code: 'invalid-state' }));
  });

  it.each([
    [{ ...STATE, schemaVersion: 2 }, 'a state of version 2'],
    [{ ...STATE, schemaVersion: 1, step: 'lunch' }, 'something else'],
    [{ ...STATE, schemaVersion: '2' }, 'something else'],
    [null, 'something else'],
    [{}, 'something else'],
  ])('says what it got instead (%#)', (json, got) => {
    expect(() => parseScanState(json)).toThrow(
      expect.objectContaining({ issues: [{ path: 'state', got, wanted: expect.stringContaining('.verapipe/scan.json') }] }),
    );
  });
});

describe('expectPlatform', () => {
  it('takes a state of the same platform, and names both when they differ', async () => {
    const { client, emulator } = await startEmulatedPlatform();
    expect(() => expectPlatform({ ...STATE, platformUrl: client.hosts.xmlBaseUrl }, client)).not.toThrow();
    expect(() => expectPlatform(STATE, client)).toThrow(
      expect.objectContaining({
        name: 'ConflictError',
        code: 'other-platform',
        message: expect.stringMatching(new RegExp(`https://analysiscenter\\.veracode\\.com, and this run is against ${emulator.url}`)),
        advice: expect.stringMatching(/credentials and the platform URL/),
      }),
    );
  });
});
