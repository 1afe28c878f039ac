import { describe, expect, it } from '@jest/globals';

import { judgeOutage } from './judge-outage.js';
import type { OutageTerms } from './judging.js';
import type { OutageMemory } from './outage-memory.js';
import { readOutageTerms } from './outage-terms.js';

const NOW_MS = Date.parse('2026-11-25T12:00:00Z');
const TERMS: OutageTerms = { days: 2, owner: 'Ann', reason: 'Contract says so.', sinceMs: null };

function at(time: string): OutageMemory {
  return { failingSince: time };
}

describe('judgeOutage', () => {
  it.each<[name: string, memory: OutageMemory | null, since: string | null, until: string]>([
    ['the first failure after a run that worked', { failingSince: null }, null, '2026-11-27T12:00:00.000Z'],
    ['a later failure, counted from the first', at('2026-11-24T00:00:00.000Z'), null, '2026-11-26T00:00:00.000Z'],
    ['the last moment', at('2026-11-23T12:00:00.001Z'), null, '2026-11-25T12:00:00.001Z'],
    ['a clean workspace that was told the date', null, '2026-11-24T06:00:00Z', '2026-11-26T06:00:00.000Z'],
    ['the earlier of two dates, from earlier runs', at('2026-11-24T00:00:00.000Z'), '2026-11-25T00:00:00Z', '2026-11-26T00:00:00.000Z'],
    ['the earlier of two dates, as it was told', at('2026-11-25T00:00:00.000Z'), '2026-11-24T00:00:00Z', '2026-11-26T00:00:00.000Z'],
  ])('tolerates %s', (_name, memory, since, toleratedUntil) => {
    const judgement = judgeOutage(memory, { ...TERMS, sinceMs: since === null ? null : Date.parse(since) }, NOW_MS);
    expect(judgement).toEqual({ tolerated: { since: expect.any(String), toleratedUntil, days: 2, owner: 'Ann', reason: 'Contract says so.' } });
  });

  it.each<[name: string, memory: OutageMemory | null, since: string | null, refused: string]>([
    ['a clean workspace', null, null, 'nothing is known of earlier runs'],
    ['an outage that lasts too long', at('2026-11-23T12:00:00.000Z'), null, 'any more: it began 2026-11-23T12:00:00.000Z, and was tolerated until 2026-11-25T12:00:00.000Z'],
    ['one that is told to have lasted too long', { failingSince: null }, '2026-11-01', 'any more'],
    ['a memory of the future', at('2026-11-26T00:00:00.000Z'), null, 'in the future'],
  ])('does not tolerate %s', (_name, memory, since, refused) => {
    expect(judgeOutage(memory, { ...TERMS, sinceMs: since === null ? null : Date.parse(since) }, NOW_MS)).toEqual({ refused: expect.stringContaining(refused) });
  });
});

describe('readOutageTerms', () => {
  const said = { outageOwner: 'Ann', outageReason: 'Contract.', outageSince: null };
  it.each<[name: string, days: number, values: Partial<Record<keyof typeof said, string | null>>, paths: readonly string[]]>([
    ['everything', 3, {}, []],
    ['a day', 3, { outageSince: '2026-11-25' }, []],
    ['a time', 3, { outageSince: '2026-11-25T11:59:00Z' }, []],
    ['no owner and no reason', 3, { outageOwner: null, outageReason: null }, ['outageOwner', 'outageReason']],
    ['a day to come', 3, { outageSince: '2026-11-26' }, ['outageSince']],
    ['a day that does not exist', 3, { outageSince: '2026-13-01' }, ['outageSince']],
    ['a time without a zone', 3, { outageSince: '2026-11-25T10:00:00' }, ['outageSince']],
    ['a word', 3, { outageSince: 'yesterday' }, ['outageSince']],
    ['terms without an outage that is tolerated', 0, { outageSince: '2026-11-25' }, ['outageOwner', 'outageReason', 'outageSince']],
    ['nothing at all', 0, { outageOwner: null, outageReason: null }, []],
  ])('%s', (_name, days, values, paths) => {
    const { terms, issues } = readOutageTerms({ days, values: { ...said, ...values }, nowMs: NOW_MS });
    expect(issues.map(({ path }) => path)).toEqual(paths);
    expect(terms !== null).toBe(days > 0 && paths.length === 0);
  });
});
