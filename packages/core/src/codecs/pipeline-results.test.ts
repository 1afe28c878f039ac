import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { withFacts } from '../../test/facts.js';
import { restSample } from '../../test/samples.js';
import { parsePipelineResults } from './pipeline-results.js';

const SOURCE = 'results.json';
const VALID = { severity: 3, cwe_id: '89' };

function parse(document: unknown): ReturnType<typeof parsePipelineResults> {
  return parsePipelineResults(JSON.stringify(document), SOURCE);
}

describe('parsePipelineResults', () => {
  const results = parsePipelineResults(restSample('pipeline-results'), SOURCE);
  const findings = results.findings.map(({ finding }) => finding);

  it('reads the top level', () => {
    expect(results).toMatchObject({
      scanId: '5f0c2a44-1111-4222-8333-444455556666',
      status: 'SUCCESS',
      modules: ['shop.war', 'JS files within shop.war', 'JS files within shop.war'],
      moduleCount: 3,
    });
    expect(results.announcedBytes).toBeGreaterThan(2000);
  });

  it('normalises a finding', () => {
    expect(findings[0]).toEqual({
      id: expect.stringMatching(/^89-[0-9a-f]{32}-2$/) as unknown,
      kind: 'static',
      severity: 4,
      cwe: 89,
      cweName: "Improper Neutralization of Special Elements used in an SQL Command ('SQL Injection')",
      category: null,
      description:
        'The call takes data from outside & trusts it: List<String> is no check.\n\nCheck it before use.\n\nReferences: CWE (https://cwe.mitre.org/data/definitions/89.html)',
      location: {
        module: null,
        file: 'com/example/shop/OrderRepository.java',
        repositoryPath: null,
        line: 91,
        function: 'java.util.List find(java.lang.String)',
        url: null,
        parameter: null,
      },
      status: 'open',
      affectsPolicy: null,
      mitigation: { state: 'none', reason: null, approver: null },
      firstFoundAt: null,
      gracePeriodExpiresAt: null,
      exploitability: 1,
      remediationEffort: null,
      component: null,
      flawMatch: {
        procedureHash: '1',
        prototypeHash: '2923250001',
        flawHash: '2',
        flawHashCount: 1,
        flawHashOrdinal: 1,
        causeHash: '3',
        causeHashCount: 2,
        causeHashOrdinal: 1,
      },
      dataPaths: null,
    });
  });

  it('knows flaws without hashes, and paths of another system', () => {
    expect(findings[4]).toMatchObject({ flawMatch: null, exploitability: null, location: { file: 'tools/export.py', line: 3, function: null } });
  });

  it('keeps every original untouched', () => {
    const document = JSON.parse(restSample('pipeline-results')) as { findings: readonly unknown[] };
    expect(results.findings.map(({ original }) => original)).toEqual(document.findings);
    expect(results.original).toEqual(document);
  });

  it('takes a baseline that has nothing but findings', () => {
    const bare = parsePipelineResults(restSample('pipeline-baseline-bare'), SOURCE);
    expect(bare).toMatchObject({ scanId: null, status: null, message: null, modules: [], moduleCount: null, announcedBytes: null });
    expect(bare.findings.map(({ finding }) => [finding.cwe, finding.severity, finding.location.file, finding.location.line, finding.flawMatch])).toEqual([
      [117, 3, null, null, null],
      [209, 2, 'a.go', null, null],
    ]);
  });

  it('takes a byte-order mark', () => {
    expect(parsePipelineResults(`\uFEFF${restSample('pipeline-results-none')}`, SOURCE).findings).toEqual([]);
  });
});

describe('ids of findings', () => {
  const original = JSON.parse(restSample('pipeline-results')) as { findings: Record<string, unknown>[] };
  const idsOf = (findings: readonly object[]): readonly string[] => parse({ findings }).findings.map(({ finding }) => finding.id);
  const ids = idsOf(original.findings);

  it('are unique, though issue ids repeat and flaw hashes do', () => {
    expect(new Set(ids).size).toBe(5);
    expect(ids[0]).toBe(`${ids[1]}-2`);
  });

  it('stay in the next scan: another order, other numbers, other lines', () => {
    const next = original.findings.map((finding, index) => ({ ...finding, issue_id: 2000 + index, display_text: 'other words' }));
    expect(idsOf(next.toReversed()).toReversed()).toEqual(ids);
    const moved = structuredClone(original.findings[2]) as { files: { source_file: { line: number } } };
    moved.files.source_file.line = 500;
    expect(idsOf([moved])).toEqual([ids[2]]);
  });

  it.each([
    ['a flaw hash', { flaw_match: { ...(original.findings[2]?.['flaw_match'] as object), flaw_hash: '6' } }],
    ['the CWE', { cwe_id: '330' }],
  ])('differ by %s', (_name, change) => {
    expect(idsOf([{ ...original.findings[2], ...change }])).not.toEqual([ids[2]]);
  });

  it.each([
    ['title', { title: 'os.system' }],
    ['line', { files: { source_file: { file: 'tools\\export.py', line: 4, function_name: 'UNKNOWN' } } }],
    ['file', { files: { source_file: { file: 'export.py', line: 3, function_name: 'UNKNOWN' } } }],
  ])('without hashes differ by %s', (_name, change) => {
    expect(idsOf([{ ...original.findings[4], ...change }])).not.toEqual([ids[4]]);
  });
});

describe('what is refused', () => {
  it.each<[string, string, string]>([
    ['nothing', '', 'not-json'],
    ['a page', '<html>', 'not-json'],
    ['half a file', '{"findings":[{"sev', 'not-json'],
    ['a list', '[]', 'unexpected-shape'],
    ['null', 'null', 'unexpected-shape'],
    ['no findings', '{}', 'unexpected-shape'],
    ['findings that are null', '{"findings":null}', 'unexpected-shape'],
    ['findings by number', '{"findings":{"0":{}}}', 'unexpected-shape'],
    ['findings of the prototype', '{"__proto__":{"findings":[]}}', 'unexpected-shape'],
    ['a finding that is none', '{"findings":[null]}', 'unexpected-shape'],
    ['a nest', `{"findings":[],"x":${'['.repeat(5000)}${']'.repeat(5000)}}`, 'unexpected-shape'],
  ])('%s', (_name, text, code) => {
    expect(() => parsePipelineResults(text, SOURCE)).toThrow(expect.objectContaining({ name: 'ProtocolError', code }));
  });

  it.each<[string, object]>([
    ['a severity as text', { severity: '3' }],
    ['a severity beyond 5', { severity: 6 }],
    ['a severity between two', { severity: 2.5 }],
    ['a negative severity', { severity: -1 }],
    ['no severity', { severity: undefined }],
    ['a CWE that is a word', { cwe_id: 'SQL' }],
    ['a CWE that is a list', { cwe_id: ['89'] }],
    ['a negative CWE', { cwe_id: -89 }],
    ['a title that is a number', { title: 1 }],
    ['a text that is an object', { display_text: {} }],
    ['files in a list', { files: [] }],
    ['a line as text', { files: { source_file: { line: '3' } } }],
    ['a file that is a number', { files: { source_file: { file: 3 } } }],
    ['hashes in a list', { flaw_match: [] }],
    ['a hash as a number', { flaw_match: { procedure_hash: 1 } }],
    ['a count as text', { flaw_match: { flaw_hash_count: '1' } }],
  ])('%s in a finding, with its place', (_name, change) => {
    expect(() => parse({ findings: [VALID, { ...VALID, ...change }] })).toThrow(/^results\.json, findings\[1\].* has not the expected shape: /);
  });

  it.each<[string, object]>([
    ['an id that is a number', { scan_id: 1 }],
    ['a status in a list', { scan_status: ['SUCCESS'] }],
    ['modules by name', { modules: { a: 1 } }],
    ['a module without name', { modules: [null] }],
    ['a count as text', { modules_count: '1' }],
  ])('%s at the top', (_name, change) => {
    expect(() => parse({ findings: [], ...change })).toThrow(expect.objectContaining({ code: 'unexpected-shape' }));
  });

  it('never quotes what it could not read', () => {
    expect(() => parsePipelineResults('secret words', SOURCE)).toThrow('results.json is not JSON.');
  });

  it('takes names of the prototype as the data they are', () => {
    const text = '{"findings":[{"severity":1,"__proto__":{"cwe_id":"89"},"constructor":1,"title":"__proto__"}],"modules":["__proto__"]}';
    const { findings, modules } = parsePipelineResults(text, SOURCE);
    expect([findings[0]?.finding.cwe, modules]).toEqual([null, ['__proto__']]);
    expect(JSON.stringify(findings[0]?.original)).toContain('"__proto__":{"cwe_id":"89"}');
  });
});

describe('recorded samples', () => {
  withFacts('results and baselines', (facts) => {
    const folder = join(facts, 'veracode-api', 'samples', 'rest', 'pipeline');
    const files = readdirSync(folder).filter((file) => file.endsWith('.json') && file !== 'create-scan-response.json');

    it('are there', () => {
      expect(files.length).toBeGreaterThanOrEqual(11);
    });

    it.each(files)('%s decodes, every finding with an id of its own', (file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const document = JSON.parse(text) as { findings: readonly { cwe_id: string; severity: number; flaw_match?: unknown }[]; modules_count: number };
      const { findings, moduleCount, modules, announcedBytes } = parsePipelineResults(text, file);
      expect(findings.map(({ finding }) => [finding.cwe, finding.severity, finding.flawMatch === null])).toEqual(
        document.findings.map(({ cwe_id: cwe, severity, flaw_match: match }) => [Number(cwe), severity, match === undefined]),
      );
      expect(new Set(findings.map(({ finding }) => finding.id)).size).toBe(findings.length);
      expect([moduleCount, modules.length]).toEqual([document.modules_count, document.modules_count]);
      expect(announcedBytes).toBeGreaterThanOrEqual(42);
      for (const { finding } of findings) {
        expect(finding.description).not.toMatch(/<\/?(?:span|a)\b|&(?:lt|amp|quot);/);
        expect(finding.location.file).not.toBeNull();
      }
    });

    it('know their own findings again in a filtered file', () => {
      const idsOf = (file: string): readonly string[] =>
        parsePipelineResults(readFileSync(join(folder, file), 'utf8'), file).findings.map(({ finding }) => finding.id);
      for (const [all, filtered] of [
        ['verademo-145-results.json', 'verademo-145-filtered_results.json'],
        ['verademo-18-results-new-fields.json', 'verademo-18-filtered_results-new-fields.json'],
      ] as const) {
        const ids = idsOf(all);
        expect(idsOf(filtered).filter((id) => !ids.includes(id))).toEqual([]);
      }
    });
  });
});
