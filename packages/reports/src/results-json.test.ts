import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

import { NOTHING, PENDING, sampleFinding, sampleResults } from '../test/samples.js';
import { renderJsonWithFindings, renderResultsJson, renderSummaryJson } from './results-json.js';
import type { ScanResults } from './scan-results.js';

const SCHEMA: unknown = JSON.parse(
  readFileSync(new URL('../schemas/verapipe-results-1.schema.json', import.meta.url), 'utf8'),
);

/** Readers ignore unknown properties; we must not write any. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return copy['type'] === 'object' && 'required' in copy ? { ...copy, additionalProperties: false } : copy;
}

const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: true });
formats.default(ajv);
const validate = ajv.compile(closed(SCHEMA) as object);

async function text(chunks: AsyncIterable<string>): Promise<string> {
  let all = '';
  for await (const chunk of chunks) all += chunk;
  return all;
}

const component = { id: 'c1', fileName: 'log4j-core.jar', version: '2.14.0', vulnerabilityId: 'CVE-2021-44228', cvss: 10, licences: [] };

/** A finding that was looked for in a checkout, with its data paths. */
const FOUND = sampleFinding({
  location: { ...sampleFinding().location, repositoryPath: 'shop/src/OrderDao.java' },
  dataPaths: [{ steps: [{ file: 'src/OrderDao.java', repositoryPath: null, line: null, function: 'find' }] }],
});

describe('renderResultsJson', () => {
  it.each<[name: string, facts: Partial<ScanResults>]>([
    ['a judged policy scan', {}],
    ['a judged sandbox scan', { sandbox: { id: '5', name: 'feature', created: true } }],
    ['a submitted scan', PENDING],
    ['a run that came to nothing', NOTHING],
  ])('writes %s as the published schema says', async (_name, facts) => {
    const findings = facts.verdict === undefined ? [sampleFinding(), FOUND, sampleFinding({ kind: 'sca', cwe: null, component })] : [];
    const written: unknown = JSON.parse(await text(renderResultsJson(sampleResults(facts), findings)));
    validate(written);
    expect(validate.errors).toBeNull();
    expect(written).toEqual({ ...sampleResults(facts), findings });
  });

  it('writes one finding a line', async () => {
    const written = await text(renderResultsJson(sampleResults(), [sampleFinding({ id: '1' }), sampleFinding({ id: '2' })]));
    expect(written.split('\n').filter((line) => line.startsWith('    {"id":'))).toHaveLength(2);
  });

  it('hands on each finding before it asks for the next', async () => {
    const log: string[] = [];
    async function* source(): AsyncGenerator<ReturnType<typeof sampleFinding>> {
      for (const id of ['1', '2']) {
        log.push(`read ${id}`);
        yield sampleFinding({ id });
      }
    }
    for await (const chunk of renderResultsJson(sampleResults(), source())) {
      const id = /"id":"(\d)"/.exec(chunk)?.[1];
      if (id !== undefined) log.push(`wrote ${id}`);
    }
    expect(log).toEqual(['read 1', 'wrote 1', 'read 2', 'wrote 2']);
  });
});

describe('renderJsonWithFindings', () => {
  it.each([[[]], [[sampleFinding()]]])('puts what is known only afterwards behind the findings', async (findings) => {
    const read: string[] = [];
    async function* source(): AsyncGenerator<ReturnType<typeof sampleFinding>> {
      for (const finding of findings) {
        read.push(finding.id);
        yield finding;
      }
    }
    const written = await text(renderJsonWithFindings({ before: 1 }, source(), () => ({ after: { read: read.length }, last: null })));
    expect(JSON.parse(written)).toEqual({ before: 1, findings, after: { read: findings.length }, last: null });
    expect(Object.keys(JSON.parse(written) as object)).toEqual(['before', 'findings', 'after', 'last']);
    expect(written).toMatch(/\n\}\n$/u);
  });
});

describe('the published schema', () => {
  it.each<[name: string, facts: Partial<ScanResults>]>([
    ['a verdict without proof', { proof: null }],
    ['a verdict without a gate', { gates: [] }],
    ['a verdict without counts', { counts: null }],
    ['a pass beside a failure', { verdict: 'pass', failure: { exitCode: 5, code: 'x', message: 'x', advice: null } }],
    ['no verdict and no reason', { ...NOTHING, failure: null }],
    ['a pending scan with gates', { ...PENDING, gates: sampleResults().gates }],
  ])('refuses %s', (_name, facts) => {
    expect(validate(JSON.parse(renderSummaryJson(sampleResults(facts))))).toBe(false);
  });
});

describe('renderSummaryJson', () => {
  it('is the results file without findings', () => {
    const summary: unknown = JSON.parse(renderSummaryJson(sampleResults()));
    validate(summary);
    expect(validate.errors).toBeNull();
    expect(summary).toEqual(sampleResults());
  });
});
