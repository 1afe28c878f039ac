import { join } from 'node:path';

import { afterEach, describe, expect, it } from '@jest/globals';
import type { JudgedFinding } from '@verapipe/core';

import { type EmulatedRun, startEmulatedRun } from '../../test/emulated-run.js';
import { compareToBaseline } from '../baselines/compare-to-baseline.js';
import { runScan } from '../run/run-scan.js';
import { readFindingsFile } from './read-findings-file.js';

let world: EmulatedRun;

afterEach(() => world.close());

async function all(source: AsyncIterable<JudgedFinding>): Promise<JudgedFinding[]> {
  const findings: JudgedFinding[] = [];
  for await (const finding of source) findings.push(finding);
  return findings;
}

describe('the files of a run', () => {
  it('are read as they were written, and the report as the same findings', async () => {
    world = await startEmulatedRun();
    const { results } = await runScan(world.scanInput());
    const [own, report] = await Promise.all(['verapipe-results.json', 'veracode-detailed-report.xml'].map((name) => readFindingsFile(join(world.cwd, name))));
    if (own === undefined || report === undefined) throw new Error('A file is missing.');
    expect([own.isComplete, own.warnings, report.isComplete, report.warnings]).toEqual([true, [], true, []]);
    expect(own.results).toEqual(results);
    const findings = await all(own.findings);
    expect(findings.length).toBeGreaterThan(0);
    // A report is nobody's judgement.
    expect(await all(report.findings)).toEqual(findings.map((finding) => ({ ...finding, standing: null, waiver: null })));
    expect(new Set((await all(own.findings)).map(({ standing }) => standing))).toEqual(new Set(['open', 'mitigated']));
    const { known, added, gone } = await compareToBaseline({ baseline: own, current: own });
    const present = findings.filter(({ status }) => status !== 'fixed');
    expect({ known: known.length, added, gone }).toEqual({ known: present.length, added: [], gone: [] });
  });

  it('of a failed run prove nothing', async () => {
    world = await startEmulatedRun();
    await runScan(world.scanInput({ 'create-profile': null }));
    expect(await readFindingsFile(join(world.cwd, 'verapipe-results.json'))).toMatchObject({ isComplete: false, tally: { total: 0 }, warnings: [expect.stringContaining('proves nothing')] });
  });
});
