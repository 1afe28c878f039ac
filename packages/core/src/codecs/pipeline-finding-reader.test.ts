import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { Finding } from '../domain/finding.js';
import { restSample } from '../../test/samples.js';
import { createPipelineFindingReader } from './pipeline-finding-reader.js';
import { parsePipelineResults } from './pipeline-results.js';

const SOURCE = 'results.json';

function readAll(entries: readonly unknown[]): readonly Finding[] {
  const reader = createPipelineFindingReader(SOURCE);
  for (const entry of entries) reader.see(entry);
  return entries.map((entry, index) => reader.read(entry, index));
}

function whole(entries: readonly unknown[]): readonly Finding[] {
  return parsePipelineResults(JSON.stringify({ findings: entries }), SOURCE).findings.map(({ finding }) => finding);
}

/** Few values, so that many entries are equal: with hashes and without, in any order of places. */
const entry = fc.record({
  severity: fc.constantFrom(2, 4),
  cwe_id: fc.constantFrom('89', '80'),
  title: fc.constantFrom('a', 'b'),
  files: fc.record({ source_file: fc.record({ file: fc.constantFrom('A.java', 'B.java'), line: fc.constantFrom(1, 2, 10) }) }),
  flaw_match: fc.option(fc.record({ procedure_hash: fc.constant('1'), prototype_hash: fc.constant('2'), flaw_hash: fc.constantFrom('3', '4'), flaw_hash_count: fc.constant(1), flaw_hash_ordinal: fc.constant(1), cause_hash: fc.constant('5'), cause_hash_count: fc.constant(1), cause_hash_ordinal: fc.constant(1) }), { nil: undefined }),
});

describe('createPipelineFindingReader', () => {
  it('reads a sample as it is read as a whole, as often as wanted', () => {
    const entries = (JSON.parse(restSample('pipeline-results')) as { findings: readonly unknown[] }).findings;
    const reader = createPipelineFindingReader(SOURCE);
    for (const one of entries) reader.see(one);
    expect(reader.tally().total).toBe(entries.length);
    for (let time = 0; time < 2; time += 1) expect(entries.map((one, index) => reader.read(one, index))).toEqual(whole(entries));
  });

  it('gives each set the ids that it has as a whole', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 30 }), (entries) => {
        const findings = readAll(entries);
        expect(findings).toEqual(whole(entries));
        expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
      }),
    );
  });

  it.each([[7], ['x'], [null], [[{}]], [{ severity: 7 }]])('refuses %j', (value) => {
    const reader = createPipelineFindingReader(SOURCE);
    expect(() => reader.see(value)).toThrow(expect.objectContaining({ name: 'ProtocolError', code: 'unexpected-shape', message: expect.stringContaining('findings[0]') }));
  });

  it('holds facts of 200,000 findings and no more', () => {
    const reader = createPipelineFindingReader(SOURCE);
    const one = { severity: 3, cwe_id: '89' };
    for (let count = 0; count < 200_000; count += 1) reader.see(one);
    expect(() => reader.see(one)).toThrow(expect.objectContaining({ code: 'answer-too-large' }));
    expect(reader.tally().total).toBe(200_000);
    expect(reader.read(one, 199_999).id).toMatch(/-200000$/u);
  });
});
