import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@verapipe/core';

import { withFacts } from '../test/facts.js';
import { renderPipelineResults } from './pipeline-results-json.js';

interface ResultsDocument extends JsonObject {
  readonly findings: readonly JsonObject[];
}

const FINDINGS: readonly JsonObject[] = [
  { title: 'a', issue_id: 1000, cwe_id: '89', stack_dumps: { stack_dump: [{}] }, display_text: '<span>\u2028 "x"\n</span>' },
  { title: 'b', issue_id: 1000, cwe_id: '80', files: { source_file: { file: 'b.js', line: 3, scope: '' } } },
];
const DOCUMENT: ResultsDocument = {
  _links: { root: { href: '/' } },
  scan_id: 'id',
  modules: ['a', 'a'],
  findings: FINDINGS,
  selected_modules: [],
  dev_stage: 'DEVELOPMENT',
};

function render(original: JsonObject, findings: Iterable<JsonObject>): string {
  return [...renderPipelineResults({ original }, findings)].join('');
}

describe('renderPipelineResults', () => {
  it('writes the document as it came', () => {
    expect(render(DOCUMENT, FINDINGS)).toBe(`${JSON.stringify(DOCUMENT, null, 2)}\n`);
  });

  it.each<[string, readonly JsonObject[]]>([
    ['a part of its findings', FINDINGS.slice(1)],
    ['none of them', []],
  ])('writes it with %s, and everything else the same', (_name, findings) => {
    expect(render(DOCUMENT, findings)).toBe(`${JSON.stringify({ ...DOCUMENT, findings }, null, 2)}\n`);
  });

  it('keeps names of the prototype as data', () => {
    const original = JSON.parse('{"__proto__":{"a":1},"findings":[{"__proto__":1}]}') as ResultsDocument;
    expect(render(original, original.findings)).toBe('{\n  "__proto__": {\n    "a": 1\n  },\n  "findings": [\n    {\n      "__proto__": 1\n    }\n  ]\n}\n');
  });

  it('hands out one finding at a time', () => {
    let read = 0;
    const counted = (function* () {
      for (const finding of FINDINGS) {
        read += 1;
        yield finding;
      }
    })();
    const pieces = renderPipelineResults({ original: DOCUMENT }, counted);
    for (const piece of pieces) if (piece.includes('"a"')) break;
    expect(read).toBeLessThanOrEqual(1);
  });

  withFacts('the files of recorded pairs', (facts) => {
    const load = (file: string): ResultsDocument =>
      JSON.parse(readFileSync(join(facts, 'veracode-api', 'samples', 'rest', 'pipeline', file), 'utf8')) as ResultsDocument;

    it.each([
      ['verademo-145-results.json', 'verademo-145-filtered_results.json', 4],
      ['verademo-18-results-new-fields.json', 'verademo-18-filtered_results-new-fields.json', 4],
    ])('%s and %s are written field by field as the vendor does', (all, filtered, count) => {
      const [document, wanted] = [load(all), load(filtered)];
      const texts = new Set(wanted.findings.map((finding) => JSON.stringify(finding)));
      const failed = document.findings.filter((finding) => texts.has(JSON.stringify(finding)));
      expect(failed).toHaveLength(count);
      expect(JSON.parse(render(document, document.findings))).toEqual(document);
      expect(JSON.parse(render(document, failed))).toEqual(wanted);
      expect(Object.keys(JSON.parse(render(document, failed)) as object)).toEqual(Object.keys(wanted));
    });

    it.each(['small-3-results-with-stacks.json', 'small-5-results.json', 'webgoat-76-results.json', 'go-13-baseline.json', 'empty-results.json'])('%s comes out as it went in', (file) => {
      const document = load(file);
      expect(JSON.parse(render(document, document.findings))).toEqual(document);
    });
  });
});
