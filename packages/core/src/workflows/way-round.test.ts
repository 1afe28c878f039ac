import { describe, expect, it } from '@jest/globals';

import type { BuildStatus } from '../domain/build.js';
import { type RoomRules, wayOfRun } from './way-round.js';

const RULES: RoomRules = { scanName: 'shop 7', scanNameSuffixes: [' (attempt 2)'], earlierScanNames: 'shop ?', deleteIncomplete: 'never', waitTurn: false, keepFailedBuild: false };

describe('wayOfRun', () => {
  it.each<[name: string, status: BuildStatus, rules: Partial<RoomRules>, way: ReturnType<typeof wayOfRun>]>([
    ['shop 7', 'results-ready', {}, 'free'],
    ['shop 7', 'incomplete', {}, 'go-on'],
    ['shop 7 (attempt 2)', 'scan-in-process', {}, 'go-on'],
    ['shop 7', 'scan-in-process', { deleteIncomplete: 'any' }, 'go-on'],
    ['shop 7', 'scan-errors', {}, 'start-over'],
    ['shop 7', 'scan-errors', { keepFailedBuild: true }, 'go-on'],
    ['shop 6', 'scan-errors', {}, 'blocked'],
    ['shop 6', 'scan-errors', { deleteIncomplete: 'own-failed' }, 'delete'],
    ['shop 6', 'scan-in-process', { deleteIncomplete: 'own-failed' }, 'blocked'],
    ['shop 6', 'scan-in-process', { deleteIncomplete: 'any' }, 'delete'],
    ['shop 6', 'scan-in-process', { waitTurn: true }, 'wait'],
    ['other 7', 'scan-errors', { deleteIncomplete: 'own-failed' }, 'blocked'],
    ['other 7', 'scan-errors', { deleteIncomplete: 'not-running' }, 'delete'],
    ['other 7', 'results-ready', {}, 'free'],
  ])('of "%s" (%s) with %j is %s', (name, status, rules, way) => {
    expect(wayOfRun({ ...RULES, ...rules }, { name, status })).toBe(way);
  });
});
