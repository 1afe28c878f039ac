import type { PollEvent } from '@verapipe/core';
import { afterEach, describe, expect, it } from '@jest/globals';

import { type EmulatedRun, type GivenOptions, startEmulatedRun } from '../../test/emulated-run.js';
import { runScan } from './run-scan.js';

/** Minutes of giving up pass in seconds. */
const HURRY = 60;

let world: EmulatedRun;
afterEach(() => world.close());

type Scenario = Parameters<typeof startEmulatedRun>[0];

// Situations in which the vendor's API wrapper was seen to exit 0; see "Promises, in order" in CONTRIBUTING.md,
// whose first is: never green without proof.
describe('what other tools take for success', () => {
  it.each<[name: string, scenario: Scenario, waitingFor: PollEvent['waitingFor'], code: string]>([
    ['a scan that is not done in time', { scans: [{ scanOutcome: 'never-ends' }] }, 'scan', 'scan-not-finished'],
    ['a prescan that is not done in time', { scans: [{ prescanOutcome: 'never-ends' }] }, 'prescan', 'prescan-not-finished'],
    ['a policy that is not decided in time', { scans: [{ calculatingSeconds: 9e6 }] }, 'policy', 'policy-undecided'],
  ])('is none: %s', async (_name, scenario, waitingFor, code) => {
    world = await startEmulatedRun(scenario, HURRY);
    expect(await runScan(world.scanInput({}, world.late(waitingFor)))).toMatchObject({ kind: 'unjudged', exitCode: 7, failure: { code }, results: { verdict: 'none', proof: null } });
  });

  it.each<[name: string, scenario: Scenario, options: GivenOptions, exitCode: number, code: string]>([
    ['a sandbox that does not exist', { applications: [{ name: 'Shop' }] }, { sandbox: 'feature' }, 4, 'name-not-found'],
    ['a failed prescan when modules are chosen', { scans: [{ prescanOutcome: 'failed' }] }, { 'include-modules': '*' }, 6, 'prescan-failed'],
    ['a prescan that finds no module', { scans: [{ prescanOutcome: 'no-modules' }] }, {}, 6, 'no-modules-defined'],
    ['modules that are all fatal', { scans: [{ modules: [{ name: 'a', fatal: true }] }] }, {}, 6, 'no-module-selected'],
    ['an internal error at every poll', { faults: [{ operation: 'getbuildinfo.do', kind: 'status:500', count: 'all' }] }, {}, 5, 'service-failed'],
    ['a refused upload', { scans: [{ uploads: [{ file: '*', refuse: 'The file cannot be analyzed.' }] }] }, {}, 6, 'file-refused'],
    ['a full quota', { settings: { diskSpaceBytes: 1 } }, {}, 4, 'refused'],
    ['an archive that is broken', { scans: [{ uploads: [{ file: '*', status: 'Invalid Archive' }] }] }, {}, 6, 'file-unfit'],
    ['an upload that did not arrive whole', { scans: [{ uploads: [{ file: '*', status: 'Partial' }] }] }, {}, 5, 'upload-not-proven'],
    ['an upload that is answered with 503', { faults: [{ operation: 'uploadlargefile.do', kind: 'status:503', count: 'all' }] }, {}, 5, 'service-failed'],
    ['a login page in the place of a new build', { faults: [{ operation: 'createbuild.do', kind: 'html-200', count: 'all' }] }, {}, 5, 'html-answer'],
    ['a login page in the place of the prescan', { faults: [{ operation: 'beginprescan.do', kind: 'html-200', count: 'all' }] }, {}, 5, 'html-answer'],
    ['a report that never comes whole', { faults: [{ operation: 'detailedreport.do', kind: 'cut-body', count: 'all' }] }, {}, 5, 'connection-lost'],
  ])('is none: %s', async (_name, scenario, options, exitCode, code) => {
    world = await startEmulatedRun(scenario, HURRY);
    expect(await runScan(world.scanInput(options))).toMatchObject({ kind: 'unjudged', exitCode, failure: { code }, results: { verdict: 'none', proof: null } });
  });

  it.each([
    ['Not Assessed', 1],
    ['Did Not Pass', 1],
  ] as const)('is none: a policy that is %s', async (evaluation, exitCode) => {
    world = await startEmulatedRun({ scans: [{ policy: { evaluation } }] });
    const onEvent = (): void => world.clock.jump(30_000);
    expect(await runScan(world.scanInput({}, { onEvent }))).toMatchObject({ kind: 'judged', exitCode, results: { verdict: 'fail' } });
  });
});
