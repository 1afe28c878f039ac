import { describe, expect, it } from '@jest/globals';

import { FACTORS, GROUNDS, isPossible, type Row, ROWS } from '../../test/gate-table/factors.js';
import { judgeRow } from '../../test/gate-table/judged-row.js';
import { expectedOf } from '../../test/gate-table/oracle.js';
import { pairsOf, possiblePairs, rowsOnGround } from '../../test/gate-table/pairwise-rows.js';
import type { Said } from '../../test/gate-table/said.js';

const NAMES = Object.keys(FACTORS) as readonly (keyof Row)[];
const TABLE = ROWS.map((row) => ({ row, name: nameOf(row), says: textOf(expectedOf(row)) }));
/** In mixed company one value can hide what another does; here nothing else can. */
const ALONE = GROUNDS.flatMap((ground) => NAMES.slice(0, -1).map((name) => ({ ground: nameOf(ground), name, rows: rowsOnGround(FACTORS, ground, name).filter(isPossible) })));

function nameOf(row: Row): string {
  return NAMES.map((name) => row[name]).join(', ');
}

function textOf(said: Said): string {
  return 'refused' in said ? said.refused : `${said.verdict}: ${said.gates.map(({ sentence }) => sentence).join(' ')}`;
}

describe('a row of the table of gates', () => {
  it.each(TABLE)('$name: $says', async ({ row }) => {
    expect(await judgeRow(row)).toEqual(expectedOf(row));
  });
});

describe('every pair by itself', () => {
  it.each(ALONE)('$name, where it is otherwise: $ground', async ({ rows }) => {
    const said = await Promise.all(rows.map(async (row) => ({ row: nameOf(row), said: await judgeRow(row) })));
    expect(said).toEqual(rows.map((row) => ({ row: nameOf(row), said: expectedOf(row) })));
  });
});

describe('the table of gates', () => {
  const covered = new Set(ROWS.flatMap(pairsOf));

  it('has every pair of values, but for what a pipeline scan cannot find', () => {
    const counts = NAMES.map((name) => FACTORS[name].length);
    const all = counts.flatMap((count, index) => counts.slice(index + 1).map((other) => count * other)).reduce((sum, pairs) => sum + pairs, 0);
    const impossible = ['sca', 'dynamic', 'manual'].map((kind) => `kind=${kind}|source=pipeline results`);
    expect(impossible.filter((pair) => covered.has(pair))).toEqual([]);
    expect(possiblePairs(FACTORS, isPossible).filter((pair) => !covered.has(pair))).toEqual([]);
    expect(covered.size).toBe(all - impossible.length);
  });

  it('has few rows', () => {
    expect(ROWS.length).toBeLessThan(90);
    process.stderr.write(`Gate table: ${ROWS.length} rows hold ${covered.size} pairs of ${NAMES.length} factors\n`);
  });

  it('sees every gate with every outcome, and every reason not to count', () => {
    const said = [...ROWS, ...ALONE.flatMap(({ rows }) => rows)].map(expectedOf);
    const judged = said.flatMap((one) => ('refused' in one ? [] : [one]));
    expect(judged.length).toBeLessThan(said.length);
    expect(new Set(judged.map(({ verdict }) => verdict))).toEqual(new Set(['pass', 'warn', 'fail']));
    const ids = ['any-finding', 'severity', 'cwe', 'cvss', 'licence-risk', 'max-findings', 'age', 'policy-rules', 'policy'];
    const outcomes = new Set(judged.flatMap(({ gates }) => gates.map(({ id, outcome }) => `${id} ${outcome}`)));
    expect([...outcomes].toSorted()).toEqual([...ids.flatMap((id) => [`${id} fail`, `${id} pass`]), 'policy warn'].toSorted());
    const text = said.map(textOf).join(' ');
    const reasons = ['fixed', 'waived', 'in the baseline', 'mitigated', 'with a proposed mitigation', 'within the grace period'];
    expect(reasons.filter((reason) => !text.includes(`not counted: 1 ${reason}.`))).toEqual([]);
  });
});
