import { describe, expect, it } from '@jest/globals';
import type { FindingMark } from '@verapipe/core';

import type { BaselineComparison } from './baseline-comparison.js';
import { renderBaselineComparison, renderBaselineComparisonJson } from './render-baseline-comparison.js';
import { renderPathMapping } from './render-path-mapping.js';

function mark(facts: Partial<FindingMark> = {}): FindingMark {
  return { id: '7', kind: 'static', severity: 4, cwe: 89, title: 'SQL Injection', module: 'shop.war', file: 'Dao.java', line: 10, function: 'find', place: 'p', flawKey: 'k', ...facts };
}

function comparison(facts: Partial<BaselineComparison> = {}): BaselineComparison {
  const file = { format: 'pipeline-results', isComplete: true };
  return {
    baseline: { ...file, path: 'old.json', scanId: 'p-1', findings: 3 },
    current: { ...file, path: 'new.json', scanId: null, findings: 1, isComplete: false },
    idsAreShared: false,
    warnings: [],
    known: [],
    added: [],
    gone: [],
    ...facts,
  };
}

describe('renderBaselineComparison', () => {
  it('tells counts, lists, and how known findings were recognised', () => {
    const known = [
      { baseline: mark(), current: mark({ line: 12 }), confidence: 'near' as const },
      { baseline: mark(), current: mark(), confidence: 'exact' as const },
    ];
    const added = [mark({ id: '8', cwe: null, title: '', function: null, line: null, file: null })];
    expect(renderBaselineComparison(comparison({ known, added, gone: [mark({ severity: 0 })], warnings: ['Odd.'] }))).toBe(`Baseline: old.json (scan p-1, 3 findings)
Compared: new.json (1 finding, not complete)
Warning: Odd.
1 new, 2 known (1 exact, 1 near), 1 gone.

New:
  High, shop.war [8]

Gone:
  Informational, CWE 89, Dao.java:10 in find: SQL Injection [7]

Known:
  High, CWE 89, Dao.java:12 in find: SQL Injection [7] (near, was Dao.java:10)
  High, CWE 89, Dao.java:10 in find: SQL Injection [7] (exact)
`);
  });

  it('shows so many and tells of the others', () => {
    const text = renderBaselineComparison(comparison({ added: [mark(), mark(), mark()] }), { limit: 1 });
    expect(text).toMatch(/New:\n.*\n {2}… and 2 more\n$/u);
  });

  it('lets no text of a finding act on a terminal', () => {
    const evil = '\u001b[2J\n##vso[task.complete]';
    const text = renderBaselineComparison(comparison({ added: [mark({ id: evil, title: evil, file: evil, function: evil })], warnings: [evil] }));
    for (const acting of ['\u001b', '##vso']) expect(text).not.toContain(acting);
    expect(text.split('\n')).toHaveLength(8);
  });
});

describe('renderBaselineComparisonJson', () => {
  it('gives the same as data, without the keys of the matching', () => {
    const known = [{ baseline: mark(), current: mark({ line: 12 }), confidence: 'id' as const }];
    const { place: _, flawKey: __, ...facts } = mark();
    expect(JSON.parse(renderBaselineComparisonJson(comparison({ known, added: [mark()] })))).toEqual({
      schemaVersion: 1,
      baseline: comparison().baseline,
      current: comparison().current,
      idsAreShared: false,
      counts: { new: 1, known: 1, gone: 0, knownBy: { exact: 0, id: 1, near: 0 } },
      warnings: [],
      new: [facts],
      gone: [],
      known: [{ confidence: 'id', current: { ...facts, line: 12 }, baseline: facts }],
    });
  });
});

describe('renderPathMapping', () => {
  const none = { withPath: 0, mapped: 0, ambiguous: 0, unmatched: 0, ruleMissed: 0, withoutPath: 0 };
  it.each([
    [{ ...none, withPath: 3, mapped: 3 }, '3 of 3 findings with a path were mapped to files of the checkout (100 %).'],
    [{ ...none, withPath: 1000, mapped: 996, ambiguous: 2, unmatched: 1, ruleMissed: 1, withoutPath: 4 }, '996 of 1000 findings with a path were mapped to files of the checkout (99 %); 2 fit several files, 1 fit none, 1 were led by a rule to a file that is not there, 4 have no path.'],
    [{ ...none, withoutPath: 4 }, 'No finding has a path in source code (4 without).'],
  ])('%j', (tally, sentence) => {
    expect(renderPathMapping(tally)).toBe(sentence);
  });
});
