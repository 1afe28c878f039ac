import { describe, expect, it } from '@jest/globals';

import { type Figure, measured } from './figure.js';
import { renderJson, renderTable } from './report.js';

const SHAPE = { what: 'wall ms', peer: 'a peer', goal: 1.5 };
const FIGURES: readonly Figure[] = [
  measured({ ...SHAPE, id: 'quick', ours: 150, theirs: 100 }),
  measured({ ...SHAPE, id: 'slow', ours: 151, theirs: 100 }),
  { id: 'absent', what: 'wall ms', notRun: 'no Java' },
];

describe('renderJson', () => {
  it('gives ratio, goal and whether it is met, and nulls for what was not run', () => {
    expect(JSON.parse(renderJson(FIGURES))).toMatchObject({
      benchmarks: [
        { id: 'quick', ratio: 1.5, goal: 1.5, met: true, ours: 150, theirs: 100 },
        { id: 'slow', ratio: 1.51, goal: 1.5, met: false },
        { id: 'absent', ratio: null, goal: null, met: null, notRun: 'no Java' },
      ],
    });
  });
});

describe('renderTable', () => {
  it('has a line for each figure', () => {
    expect(renderTable(FIGURES).trimEnd().split('\n')).toEqual([
      'benchmark  ours  theirs  ratio   goal           what, against what',
      'quick       150     100   1.50  ≤ 1.5  met      wall ms, against a peer',
      'slow        151     100   1.51  ≤ 1.5  MISSED   wall ms, against a peer',
      'absent        –       –      –      –  not run  wall ms: no Java',
    ]);
  });
});
