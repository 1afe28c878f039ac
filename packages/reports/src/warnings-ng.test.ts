import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@verapipe/core';
import { Ajv } from 'ajv';

import { withFacts } from '../test/facts.js';
import { readAsWarningsNg } from '../test/warnings-ng.js';
import { renderPipelineResults } from './pipeline-results-json.js';

interface ResultsDocument extends JsonObject {
  readonly findings: readonly JsonObject[];
}

const SAMPLE = load(new URL('../../protocol/samples/rest/pipeline-results.json', import.meta.url));

function load(file: string | URL): ResultsDocument {
  return JSON.parse(readFileSync(file, 'utf8')) as ResultsDocument;
}

function render(original: ResultsDocument, findings: readonly JsonObject[] = original.findings): string {
  return [...renderPipelineResults({ original }, findings)].join('');
}

describe("Jenkins' warnings-ng plugin", () => {
  it('reads results.json and filtered_results.json', () => {
    const all = readAsWarningsNg(render(SAMPLE));
    expect(all).toHaveLength(SAMPLE.findings.length);
    expect(all[0]).toEqual({
      fileName: 'src/main/java/com/example/shop/OrderRepository.java',
      lineStart: 91,
      severity: 'HIGH',
      message: "Improper Neutralization of Special Elements used in an SQL Command ('SQL Injection')",
      type: 'java.sql.Statement.executeQuery',
      category: 'taint',
      packageName: 'com',
      description: expect.stringMatching(/^89 https:\/\/downloads\.veracode\.com\//u),
    });
    expect(readAsWarningsNg(render(SAMPLE, SAMPLE.findings.slice(1)))).toEqual(all.slice(1));
    expect(readAsWarningsNg(render(SAMPLE, []))).toEqual([]);
  });

  it.each(['title', 'issue_type', 'issue_type_id', 'severity'])('would refuse a file whose findings lacked %s', (name) => {
    const findings = SAMPLE.findings.map((finding) => Object.fromEntries(Object.entries(finding).filter(([key]) => key !== name)));
    expect(() => readAsWarningsNg(render(SAMPLE, findings))).toThrow(name);
  });

  withFacts('reads what we write of recorded scans', (facts) => {
    const isIssues = new Ajv().compile(load(join(facts, 'ci', 'schemas', 'handmade-warnings-ng-issues.json')));
    it.each([
      'verademo-145-results.json',
      'verademo-145-filtered_results.json',
      'verademo-18-results-new-fields.json',
      'verademo-18-filtered_results-new-fields.json',
      'small-3-results-with-stacks.json',
      'small-5-results.json',
      'webgoat-76-results.json',
      'empty-results.json',
    ])('reads what we write of %s', (file) => {
      const document = load(join(facts, 'veracode-api', 'samples', 'rest', 'pipeline', file));
      const issues = readAsWarningsNg(render(document));
      expect(issues).toHaveLength(document.findings.length);
      isIssues({ issues });
      expect(isIssues.errors ?? []).toEqual([]);
    });
  });
});
