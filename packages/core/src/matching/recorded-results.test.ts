import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { withFacts } from '../../test/facts.js';
import { parsePipelineResults } from '../codecs/pipeline-results.js';
import type { Finding } from '../domain/finding.js';
import { matchFindings } from './match-findings.js';
import { createRecognisedFindings } from './recognised-findings.js';

const FILES = [
  'empty-results.json',
  'go-1-baseline.json',
  'go-13-baseline.json',
  'small-3-results-with-stacks.json',
  'small-5-results.json',
  'verademo-145-filtered_results.json',
  'verademo-145-results.json',
  'verademo-159-results.json',
  'verademo-18-filtered_results-new-fields.json',
  'verademo-18-results-new-fields.json',
  'webgoat-76-results.json',
];

describe('recorded results of pipeline scans', () => {
  withFacts('recorded pipeline results', (facts) => {
    function findingsOf(file: string): readonly Finding[] {
      const text = readFileSync(join(facts, 'veracode-api', 'samples', 'rest', 'pipeline', file), 'utf8');
      return parsePipelineResults(text, file).findings.map(({ finding }) => finding);
    }

    it.each(FILES)('%s knows all of itself by its hashes', async (file) => {
      const findings = findingsOf(file);
      const comparison = await matchFindings({ baseline: findings, current: findings.toReversed(), idsAreShared: false });
      expect({ known: comparison.known.length, added: comparison.added, gone: comparison.gone }).toEqual({ known: findings.length, added: [], gone: [] });
      expect(new Set(comparison.known.map(({ confidence }) => confidence))).toEqual(new Set(findings.length === 0 ? [] : ['exact']));
      for (const { baseline, current } of comparison.known) expect(current).toEqual(baseline);
      const recognised = createRecognisedFindings(comparison);
      expect(findings.filter((finding) => !recognised.isKnown(finding))).toEqual([]);
    });

    it.each([
      ['verademo-145-filtered_results.json', 'verademo-145-results.json', 4],
      ['verademo-18-filtered_results-new-fields.json', 'verademo-18-results-new-fields.json', 4],
    ])('%s is found in %s, each finding once', async (filtered, full, count) => {
      const [few, many] = [findingsOf(filtered), findingsOf(full)];
      const { known, added, gone } = await matchFindings({ baseline: many, current: few, idsAreShared: false });
      expect({ known: known.length, added, gone: gone.length }).toEqual({ known: count, added: [], gone: many.length - count });
      expect(known.every(({ confidence }) => confidence === 'exact')).toBe(true);
    });

    it('two scans of one application share what did not change, and never more than one has', async () => {
      const [older, newer] = [findingsOf('verademo-145-results.json'), findingsOf('verademo-159-results.json')];
      const { known, added, gone } = await matchFindings({ baseline: older, current: newer, idsAreShared: false });
      expect(known.length).toBeGreaterThan(0);
      expect([known.length + gone.length, known.length + added.length]).toEqual([older.length, newer.length]);
      expect(known.every(({ confidence, baseline, current }) => confidence === 'exact' && baseline.flawKey === current.flawKey)).toBe(true);
    });

    it('scans of two languages share nothing', async () => {
      const { known } = await matchFindings({ baseline: findingsOf('go-13-baseline.json'), current: findingsOf('webgoat-76-results.json'), idsAreShared: false });
      expect(known).toEqual([]);
    });
  });
});
