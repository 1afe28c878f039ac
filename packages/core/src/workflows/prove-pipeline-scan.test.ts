import { describe, expect, it } from '@jest/globals';

import { parsePipelineResults, type PipelineResults } from '../codecs/pipeline-results.js';
import { type FinishedPipelineScan, provePipelineScan } from './prove-pipeline-scan.js';

const SCAN_ID = 'scan-7';
const FLAW = { issue_id: 1000, severity: 4, cwe_id: '89', issue_type: 'SQL Injection' };
/** What the vendor's size is compared with. */
const FLAW_BYTES = JSON.stringify(FLAW).length;

function resultsOf(more: object = {}): PipelineResults {
  const document = { scan_id: SCAN_ID, scan_status: 'SUCCESS', modules: ['shop.war', 'lib-a.jar'], modules_count: 2, findings: [FLAW, { ...FLAW, issue_id: 1001, severity: 2 }], ...more };
  return parsePipelineResults(JSON.stringify(document), 'results');
}

function finished(more: object = {}, includeModules: readonly string[] = []): FinishedPipelineScan {
  return {
    scanId: SCAN_ID,
    artifact: { path: '/build/shop.war', name: 'shop.war', sizeBytes: 1, sha256: '00' },
    startedAt: '2026-01-15T00:00:00.000Z',
    finishedAt: '2026-01-15T00:01:00.000Z',
    results: resultsOf(more),
    includeModules,
  };
}

describe('provePipelineScan', () => {
  it('counts every finding, and keeps what it was made from', () => {
    const scan = finished();
    const { includeModules: _unused, ...facts } = scan;
    const proven = provePipelineScan(scan);
    expect(proven).toMatchObject({ kind: 'pipeline', ...facts, modules: ['shop.war', 'lib-a.jar'], tally: { total: 2, bySeverity: { 2: 1, 4: 1 } } });
    expect(proven.findings).toEqual(scan.results.findings.map(({ finding }) => finding));
    expect(proven).not.toHaveProperty('includeModules');
  });

  it.each<[name: string, more: object, included: string[]]>([
    ['that do not count their modules', { modules_count: undefined }, []],
    ['without findings', { findings: [] }, []],
    ['of the modules that were asked for, by name and by pattern', {}, ['shop.war', 'lib-*.jar']],
    ['that do not tell their size', { message: 'Scan successful.' }, []],
    ['of the announced size', { findings: [FLAW], message: `Results size: ${2 * FLAW_BYTES + 4096} bytes` }, []],
  ])('accepts results %s', (_name, more, included) => {
    expect(provePipelineScan(finished(more, included)).kind).toBe('pipeline');
  });

  it.each<[name: string, more: object, included: string[], error: object]>([
    ['of another scan', { scan_id: 'other' }, [], contradictory('they are those of other')],
    ['of no scan', { scan_id: null }, [], contradictory('they are those of no scan')],
    ['of a scan that failed', { scan_status: 'FAILURE' }, [], contradictory('their status is "FAILURE"')],
    ['without status', { scan_status: undefined }, [], contradictory('their status is "missing"')],
    ['that name fewer modules than they count', { modules_count: 3 }, [], contradictory('they count 3 modules and name 2')],
    [
      'of no module',
      { modules: [], modules_count: 0 },
      [],
      { name: 'ScanFailedError', code: 'no-module-scanned', message: 'The platform says that pipeline scan scan-7 is done, but no module was scanned.', advice: expect.stringContaining('--include') },
    ],
    [
      'without modules that were asked for',
      {},
      ['shop.war', 'web.war', 'api*'],
      {
        name: 'ScanFailedError',
        code: 'module-not-scanned',
        message: 'Pipeline scan scan-7 left out modules that were asked for: web.war, api*. It scanned: shop.war, lib-a.jar.',
        advice: expect.stringContaining('earlier results file'),
      },
    ],
    [
      'that are smaller than was announced',
      { findings: [FLAW], message: `Results size: ${2 * FLAW_BYTES + 4097} bytes` },
      [],
      {
        name: 'ProtocolError',
        code: 'results-cut',
        message: `The results of pipeline scan scan-7 were cut: the platform announced ${2 * FLAW_BYTES + 4097} bytes, and the 1 findings that came have ${FLAW_BYTES}.`,
        advice: expect.stringContaining('--include'),
      },
    ],
  ])('refuses results %s', (_name, more, included, error) => {
    expect(() => provePipelineScan(finished(more, included))).toThrow(expect.objectContaining(error));
  });
});

function contradictory(how: string): object {
  return { name: 'ProtocolError', code: 'contradictory-results', message: `The results of pipeline scan scan-7 cannot be trusted: ${how}.`, advice: 'Run again.' };
}
