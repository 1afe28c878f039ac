import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { requestedReports } from './requested-reports.js';

const CWD = join('/', 'work');
const place = { cwd: CWD, taken: [join(CWD, 'verapipe-results.json')] };

describe('requestedReports', () => {
  it('reads formats and paths, also paths with a sign of equality', () => {
    expect(requestedReports(['csv=out/a.csv', ' ndjson = b=c.ndjson '], place)).toEqual({
      reports: [
        { format: 'csv', path: join(CWD, 'out', 'a.csv') },
        { format: 'ndjson', path: join(CWD, 'b=c.ndjson') },
      ],
      issues: [],
    });
  });

  it.each([
    ['csv', 'FORMAT=PATH'],
    ['csv=', 'FORMAT=PATH'],
    ['=a.csv', 'FORMAT=PATH'],
    ['', 'FORMAT=PATH'],
    ['cvs=a.csv', 'csv, or another of '],
    ['quite another=a', 'sarif, '],
    ['__proto__=a', 'csv'],
    ['csv=verapipe-results.json', 'a file of its own'],
    ['csv=./x/../verapipe-results.json', 'a file of its own'],
  ])('refuses %j', (value, wanted) => {
    const { reports, issues } = requestedReports([value], place);
    expect(reports).toEqual([]);
    expect(issues).toEqual([{ path: 'report', got: expect.any(String), wanted: expect.stringContaining(wanted) }]);
  });

  it('gives each report a file of its own, and tells all faults at once', () => {
    const { reports, issues } = requestedReports(['csv=a', 'ndjson=a', 'nothing=b'], place);
    expect(reports.map(({ format }) => format)).toEqual(['csv']);
    expect(issues).toHaveLength(2);
  });
});
