import type { ScenarioInput } from '@verapipe/emulator';
import { AbortedError } from '@verapipe/core';
import { afterEach, describe, expect, it } from '@jest/globals';

import { type EmulatedRun, type GivenOptions, startEmulatedRun } from '../../test/emulated-run.js';
import { runScan } from './run-scan.js';

/** Minutes of giving up pass in a second. */
const HURRY = 100;

let world: EmulatedRun;
afterEach(() => world.close());

function live(): readonly string[] {
  return world.emulator.snapshot().applications.flatMap(({ sandboxes }) => sandboxes.filter(({ deleted }) => !deleted).map(({ name }) => name));
}

const IN_NEW_SANDBOX: GivenOptions = { sandbox: 'feature', 'create-sandbox': true };
const PASSES: ScenarioInput = { scans: [{ findings: [], components: [] }] };
const ENDLESS: ScenarioInput = { scans: [{ scanOutcome: 'never-ends' }] };
const FAILS: ScenarioInput = { scans: [{ scanOutcome: 'errors' }] };

describe('a sandbox that the run made, after exit code', () => {
  it.each<[code: number, name: string, scenario: ScenarioInput, options: GivenOptions, stays: boolean]>([
    [0, 'a scan that passes', PASSES, {}, true],
    [1, 'a gate that fails', {}, { 'fail-on-severity': 'informational' }, true],
    [3, 'credentials that are refused', { faults: [{ operation: 'createbuild.do', kind: 'expired-credentials', count: 'all' }] }, {}, true],
    [5, 'a platform that fails', { faults: [{ operation: 'beginprescan.do', kind: 'status:503', count: 'all' }] }, {}, true],
    [6, 'a scan that fails', FAILS, {}, false],
    [6, 'a scan that fails and is kept', FAILS, { keep: true }, true],
    [6, 'a scan that fails and is kept, by the older name', FAILS, { 'keep-failed-build': true }, true],
    [7, 'a scan that does not end', ENDLESS, {}, true],
  ])('%i of %s', async (code, _name, scenario, options, stays) => {
    world = await startEmulatedRun(scenario, HURRY);
    const result = await runScan(world.scanInput({ ...IN_NEW_SANDBOX, ...options }, world.late(scenario === ENDLESS ? 'scan' : null)));
    expect({ exitCode: result.exitCode, live: live() }).toEqual({ exitCode: code, live: stays ? ['feature'] : [] });
  });

  it('130 of a run that is cancelled while its scan fails', async () => {
    world = await startEmulatedRun(FAILS, HURRY);
    const cancelling = new AbortController();
    const input = world.scanInput(IN_NEW_SANDBOX, {
      signal: cancelling.signal,
      onEvent(event) {
        if (event.type === 'build-deleted') cancelling.abort(new AbortedError('SIGTERM', { code: 'cancelled' }));
      },
    });
    expect({ exitCode: (await runScan(input)).exitCode, live: live() }).toEqual({ exitCode: 130, live: ['feature'] });
  });

  it('6 of a run that resumes one which made it', async () => {
    world = await startEmulatedRun(FAILS, HURRY);
    const cancelling = new AbortController();
    const first = world.scanInput(IN_NEW_SANDBOX, {
      signal: cancelling.signal,
      onEvent(event) {
        if (event.type === 'poll') cancelling.abort(new AbortedError('SIGTERM', { code: 'cancelled' }));
      },
    });
    expect((await runScan(first)).exitCode).toBe(130);
    expect(live()).toEqual(['feature']);
    expect((await runScan(world.scanInput({ ...IN_NEW_SANDBOX, resume: true }))).exitCode).toBe(6);
    expect(live()).toEqual([]);
  });
});
