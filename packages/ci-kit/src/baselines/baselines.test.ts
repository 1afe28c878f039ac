import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { renderBaselineComparison, renderBaselineComparisonJson } from '@verapipe/reports';

import { firstFindings, firstResults, pageText, pipelineEntry, pipelineText, resultsText, temporaryFile } from '../../test/findings-files.js';
import { schemaFaults } from '../../test/results-schema.js';
import type { FindingsFile } from '../findings-files/findings-file.js';
import { readFindingsFile } from '../findings-files/read-findings-file.js';
import { compareToBaseline, recogniseFindings } from './compare-to-baseline.js';
import { saveBaseline } from './save-baseline.js';

const REPORT = createRequire(import.meta.url).resolve('@verapipe/protocol/samples/xml/detailedreport.server.xml');

async function read(text: string): Promise<FindingsFile> {
  return readFindingsFile(await temporaryFile(text));
}

/** The first results with other findings, whose count is right. */
function resultsWith(findings: readonly Record<string, unknown>[], more: Record<string, unknown> = {}): string {
  return resultsText({ findings, ...more });
}

describe('compareToBaseline', () => {
  const [flaw = {}] = firstFindings();

  it('compares ids of one application and context', async () => {
    const moved = { ...flaw, location: { ...(flaw['location'] as object), line: 900, function: 'other' } };
    const sides = { baseline: await read(resultsText()), current: await read(resultsWith([moved, { ...flaw, id: '8' }])) };
    const { idsAreShared, known, added, gone } = await compareToBaseline(sides);
    expect({ idsAreShared, known: known.map(({ confidence, current }) => `${current.id} ${confidence}`), added: added.map(({ id }) => id), gone: gone.map(({ id }) => id) }).toEqual({
      idsAreShared: true,
      known: ['7 id'],
      added: ['8'],
      gone: ['c1:CVE-2026-1'],
    });
  });

  it.each<[name: string, changes: Record<string, unknown>]>([
    ['another application', { application: { id: '102', name: 'Other', created: false } }],
    ['a sandbox of the application', { sandbox: { id: '5', name: 'feature', created: false } }],
    ['results that name no application', { application: null }],
  ])('compares places with %s', async (_name, changes) => {
    const current = await read(resultsWith([{ ...flaw, id: '99' }], changes));
    const { idsAreShared, known } = await compareToBaseline({ baseline: await read(resultsText()), current });
    expect({ idsAreShared, known: known.map(({ confidence }) => confidence) }).toEqual({ idsAreShared: false, known: ['near'] });
  });

  it('compares a pipeline scan with results of the platform', async () => {
    const current = await read(pipelineText([pipelineEntry(120), pipelineEntry(5, { cwe_id: '79' })]));
    const sides = { baseline: await read(resultsText()), current };
    expect(await compareToBaseline(sides)).toMatchObject({ known: [{ confidence: 'near' }], added: [{ cwe: 79 }], gone: [{ kind: 'sca' }] });
    const recognised = await recogniseFindings(sides);
    const answers: boolean[] = [];
    for await (const finding of current.findings) answers.push(recognised.isKnown(finding));
    expect(answers).toEqual([true, false]);
  });

  it.each<[name: string, side: 'baseline' | 'current']>([
    ['a baseline', 'baseline'],
    ['findings', 'current'],
  ])('refuses %s of a run that read nothing: everything would be new, or gone', async (_name, side) => {
    const failed = await read(resultsText({ counts: null, verdict: 'none', proof: null, findings: [] }));
    const sides = { baseline: await read(resultsText()), current: await read(resultsText()), [side]: failed };
    await expect(compareToBaseline(sides)).rejects.toMatchObject({ name: 'ValidationError', code: 'no-findings-read' });
  });

  it('says in both forms what contradicts itself', async () => {
    const comparison = await compareToBaseline({ baseline: await read(resultsText()), current: await read(pageText([7], 20)) });
    expect(renderBaselineComparison(comparison)).toContain('one page with 1 of 20 findings');
    expect(JSON.parse(renderBaselineComparisonJson(comparison))).toMatchObject({ current: { isComplete: false }, counts: { new: 0, known: 1, gone: 1 }, warnings: [expect.stringContaining('1 of 20')] });
  });
});

describe('saveBaseline', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'verapipe-baseline-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('writes our results in the newest version', async () => {
    const to = join(folder, 'new', 'baseline.json');
    await saveBaseline(await read(resultsText()), to);
    const written: unknown = JSON.parse(await readFile(to, 'utf8'));
    expect(schemaFaults(written)).toEqual([]);
    expect(written).toMatchObject({ ...firstResults(), findings: [{ flawMatch: null }, { component: { licences: [] } }] });
    expect(await readdir(join(folder, 'new'))).toEqual(['baseline.json']);
  });

  it('can replace the file that it reads', async () => {
    const path = await temporaryFile(resultsText());
    await saveBaseline(await readFindingsFile(path), path);
    expect((await readFindingsFile(path)).tally.total).toBe(2);
  });

  it.each<[name: string, content: () => Promise<string>]>([
    ['results of a pipeline scan', async () => pipelineText([pipelineEntry(1)], { more: 'of the vendor' })],
    ['a report', async () => readFile(REPORT, 'utf8')],
  ])('keeps %s byte by byte', async (_name, content) => {
    const [from, to] = [await temporaryFile(await content()), join(folder, 'baseline')];
    await saveBaseline(await readFindingsFile(from), to);
    expect(await readFile(to)).toEqual(await readFile(from));
    expect(await readdir(folder)).toEqual(['baseline']);
  });

  it.each<[name: string, text: string]>([
    ['one page of several', pageText([1], 2)],
    ['results that miss a finding', resultsWith(firstFindings().slice(1))],
    ['results of a run that read nothing', resultsText({ counts: null, findings: [] })],
    ['a pipeline scan that timed out', pipelineText([], { scan_status: 'TIMEOUT' })],
  ])('refuses %s', async (_name, text) => {
    await expect(saveBaseline(await read(text), join(folder, 'baseline'))).rejects.toMatchObject({ name: 'ValidationError', code: 'incomplete-baseline' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('says where it could not write', async () => {
    await expect(saveBaseline(await read(pipelineText([])), join(await temporaryFile('x'), 'baseline'))).rejects.toMatchObject({ name: 'LocalError', code: 'not-writable' });
  });
});
