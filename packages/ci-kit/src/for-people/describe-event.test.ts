import { describe, expect, it } from '@jest/globals';

import type { RunEvent } from '../run/run-events.js';
import { describeEvent, describeWork } from './describe-event.js';

const mark = (tone: string, text: string): string => `<${tone}>${text}`;

describe('describeEvent', () => {
  it.each<[event: RunEvent, wanted: string | null]>([
    [
      { type: 'credentials', source: 'the environment (VERACODE_API_KEY_ID, VERACODE_API_KEY_SECRET)', platformUrl: 'https://analysiscenter.veracode.eu', region: 'european' },
      'Platform https://analysiscenter.veracode.eu (european), credentials from the environment (VERACODE_API_KEY_ID, VERACODE_API_KEY_SECRET)',
    ],
    [{ type: 'notice', message: 'x' }, 'x'],
    [{ type: 'warning', message: 'x\u001b[2J' }, '<warning>Warning: x\ufffd[2J'],
    [{ type: 'expiry', message: 'x', loud: false }, '<warning>Note: x'],
    [{ type: 'expiry', message: 'x', loud: true }, '<bad>WARNING: x'],
    [{ type: 'phase', phase: 'gates' }, null],
    [{ type: 'application', id: '1', name: 'Shop', created: false }, 'Application profile "Shop" (1) found'],
    [{ type: 'sandbox', id: '2', name: 'feature', created: true }, 'Sandbox "feature" (2) created'],
    [{ type: 'profile-change', field: 'tags', before: 'a', after: 'b' }, 'Profile changed: tags from "a" to "b"'],
    [{ type: 'build', id: '3', name: 'n', how: 'attached', url: 'https://x.test/3' }, 'Scan "n" (build 3) found, going on with it: https://x.test/3'],
    [{ type: 'build-deleted', id: '3', name: 'n' }, 'Unfinished scan "n" (build 3) deleted'],
    [{ type: 'sandbox-deleted', id: '4', name: 'feature' }, 'Sandbox "feature" (4), made for this scan, deleted'],
    [{ type: 'modules', selected: ['a', 'b'], total: 3 }, 'Modules to scan: 2 of 3 (a, b)'],
    [{ type: 'modules', selected: [], total: 0 }, 'Modules to scan: 0 of 0'],
  ])('%j', (event, wanted) => {
    expect(describeEvent(event, mark)).toBe(wanted);
  });
});

describe('describeWork', () => {
  it('says that only the policy is missing', () => {
    const event = { type: 'poll', waitingFor: 'policy', buildId: '3', status: 'results-ready', statusText: 'Results Ready', policyEvaluation: 'calculating', elapsedMs: 0, nextPollMs: 1 } as const;
    expect(describeWork(event)).toBe('Results are ready; waiting for the policy evaluation');
    expect(describeWork({ ...event, waitingFor: 'turn' })).toBe('Another scan is running, waiting for our turn, status "Results Ready"');
  });
});
