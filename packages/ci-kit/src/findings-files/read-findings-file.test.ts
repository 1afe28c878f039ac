import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';
import { renderResultsJson } from '@verapipe/reports';
import fc from 'fast-check';
import { globSync } from 'tinyglobby';

import { withFacts } from '../../test/facts.js';
import { firstFindings, firstResults, pageText, pipelineEntry, pipelineText, resultsText, temporaryFile } from '../../test/findings-files.js';
import { schemaFaults } from '../../test/results-schema.js';
import type { FindingsFile } from './findings-file.js';
import {
  newestFinding,
  newestResults,
  withBaseline,
  withBaselineGone,
  withBaselineScan,
  withKnownBy,
  withDataPaths,
  withFlawMatch,
  withLicences,
  withLint,
  withMitigations,
  withOrgPolicy,
  withOutage,
  withPlacesInCode,
  withRepositoryPath,
  withStanding,
} from './older-versions.js';
import { readFindingsFile } from './read-findings-file.js';

const REPORT = createRequire(import.meta.url).resolve('@verapipe/protocol/samples/xml/detailedreport.server.xml');

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

async function read(content: string | Uint8Array, name?: string): Promise<FindingsFile> {
  return readFindingsFile(await temporaryFile(content, name));
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sortedKeys(inner)]));
}

describe('readFindingsFile tells by content', () => {
  it.each<[name: string, text: () => string | Promise<string>, format: FindingsFile['format'], total: number, scanId: string | null]>([
    ['our results', resultsText, 'verapipe-results', 2, '17501'],
    ['our results with sorted keys', () => JSON.stringify(sortedKeys(firstResults())), 'verapipe-results', 2, '17501'],
    ['our results with a byte-order mark', () => `\uFEFF${resultsText()}`, 'verapipe-results', 2, '17501'],
    ['results of a pipeline scan', () => pipelineText([pipelineEntry(1), pipelineEntry(2)]), 'pipeline-results', 2, 'p-1'],
    ['no findings of a pipeline scan', () => pipelineText([]), 'pipeline-results', 0, 'p-1'],
    ['a baseline of another tool, with findings alone', () => JSON.stringify({ findings: [pipelineEntry(1)] }), 'pipeline-results', 1, null],
    ['a page of the Findings API', () => pageText([1, 2, 3], 3), 'findings-page', 3, null],
    ['an empty page of the Findings API', () => pageText([], 0), 'findings-page', 0, null],
    ['a detailed report', () => readFile(REPORT, 'utf8'), 'detailed-report', 6, null],
  ])('%s', async (_name, text, format, total, scanId) => {
    const file = await read(await text(), 'named.like-nothing');
    expect({ format: file.format, isComplete: file.isComplete, warnings: file.warnings }).toEqual({ format, isComplete: true, warnings: [] });
    if (format !== 'detailed-report') expect({ total: file.tally.total, scanId: file.scanId }).toEqual({ total, scanId });
    const findings = await all(file.findings);
    expect(findings).toHaveLength(file.tally.total);
    expect(await all(file.findings)).toEqual(findings);
  });
});

/** What findings of the first version have not. */
const WRITTEN_LATER = { flawMatch: null, dataPaths: null, standing: null, waiver: null };

describe('readFindingsFile of our results', () => {
  it('fills in what the first version did not write', async () => {
    const file = await read(resultsText());
    const [flaw, component] = firstFindings();
    expect(await all(file.findings)).toEqual([
      { ...flaw, ...WRITTEN_LATER, location: { ...(flaw?.['location'] as object), repositoryPath: null } },
      { ...component, ...WRITTEN_LATER, location: { ...(component?.['location'] as object), repositoryPath: null }, component: { ...(component?.['component'] as object), licences: [] } },
    ]);
    const { findings: _, ...facts } = firstResults();
    const proof = { ...(facts['proof'] as object), orgPolicy: null, baseline: null, mitigations: null };
    expect(file.results).toEqual({ ...facts, outage: null, pathMapping: null, dataPaths: null, lint: null, proof });
    expect(file.idsOf).toBe('application 101, sandbox -');
  });

  it('gives what can be written again as the published schema says, and read again as the same', async () => {
    const file = await read(resultsText());
    if (file.results === null) throw new Error('The results are missing.');
    const text = (await all(renderResultsJson(file.results, file.findings))).join('');
    expect(schemaFaults(JSON.parse(text))).toEqual([]);
    expect(await all((await read(text)).findings)).toEqual(await all(file.findings));
  });

  it('ignores what it does not know, also names that act on objects', async () => {
    const [flaw] = firstFindings();
    const text = resultsText({ future: { deep: [[1], { findings: [1] }] } }).replace('"findings":[{', '"findings":[{"__proto__":{"severity":0},"constructor":{"prototype":{"polluted":1}},"later":{},');
    const [finding] = await all((await read(text)).findings);
    expect(finding).toEqual({ ...flaw, ...WRITTEN_LATER, location: { ...(flaw?.['location'] as object), repositoryPath: null } });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it.each<[name: string, changes: Record<string, unknown>, warning: string]>([
    ['a finding that was taken out', { findings: firstFindings().slice(1) }, 'says that it has 2 findings, and has 1'],
    ['a finding that was made smaller', { findings: [{ ...firstFindings()[0], severity: 0 }, firstFindings()[1]] }, 'findings of severity High, and has 0'],
    ['a finding that was called mitigated', { findings: [{ ...firstFindings()[0], mitigation: { state: 'accepted', reason: null, approver: null } }, firstFindings()[1]] }, 'says that it has 0 mitigated findings, and has 1'],
    ['a proof of another number', { proof: { ...(firstResults()['proof'] as object), counts: { read: 9, reported: 9 } } }, 'The proof in'],
    ['a run that read nothing', { counts: null, verdict: 'none', proof: null, findings: [] }, 'is of a run that read no findings'],
  ])('warns of %s', async (_name, changes, warning) => {
    const { warnings } = await read(resultsText(changes));
    expect(warnings.join('\n')).toContain(warning);
  });

  it.each<[name: string, changes: Record<string, unknown>, isComplete: boolean]>([
    ['all of them', {}, true],
    ['one less', { findings: firstFindings().slice(1) }, false],
    ['none, of a run that read none', { counts: null, findings: [] }, false],
  ])('is complete with %s: %s', async (_name, changes, isComplete) => {
    expect((await read(resultsText(changes))).isComplete).toBe(isComplete);
  });

  it('reads ten thousand findings, and no more of them than are asked for', async () => {
    const [finding] = firstFindings();
    const one = JSON.stringify({ ...finding, description: 'x'.repeat(2000) });
    const path = await temporaryFile(`${resultsText().slice(0, -1).replace(/"findings":.*$/s, '')}"findings":[${one}`);
    const block = `,${one}`.repeat(500);
    for (let blocks = 0; blocks < 20; blocks += 1) await appendFile(path, block);
    await appendFile(path, ']}');
    const file = await readFindingsFile(path);
    let count = 0;
    for await (const _ of file.findings) {
      count += 1;
      if (count === 100) break;
    }
    expect({ total: file.tally.total, count }).toEqual({ total: 10_001, count: 100 });
  });

  it('says that a file changed between two readings', async () => {
    const path = await temporaryFile(resultsText());
    const file = await readFindingsFile(path);
    await appendFile(path, '\n');
    await expect(all(file.findings)).rejects.toMatchObject({ name: 'LocalError', code: 'file-changed' });
  });
});

describe('readFindingsFile of what others wrote', () => {
  it('reads twenty thousand findings of a pipeline scan, and holds none of them', async () => {
    const count = 20_000;
    const path = await temporaryFile('{"scan_id":"p-1","findings":[');
    const text = 'x'.repeat(2000);
    for (let block = 0; block < count; block += 500) {
      const entries = Array.from({ length: 500 }, (_, index) => JSON.stringify(pipelineEntry(1 + Math.floor((block + index) / 2), { display_text: text })));
      await appendFile(path, `${block === 0 ? '' : ','}${entries.join(',')}`);
    }
    await appendFile(path, '],"scan_status":"SUCCESS"}');
    const file = await readFindingsFile(path);
    expect({ format: file.format, total: file.tally.total, pipeline: file.pipeline }).toEqual({ format: 'pipeline-results', total: count, pipeline: { status: 'SUCCESS', modules: [] } });
    const ids: string[] = [];
    for await (const { id } of file.findings) if (ids.push(id) === 4) break;
    // Two in a line are told apart, wherever they stand.
    expect(ids).toEqual([ids[0], `${ids[0] ?? ''}-2`, ids[2], `${ids[2] ?? ''}-2`]);
    // What is read comes from the disk: what was written there since is noticed, and findings before it are given.
    let given = 0;
    const reading = (async (): Promise<void> => {
      for await (const _ of file.findings) if ((given += 1) === 100) await appendFile(path, '\n');
    })();
    await expect(reading).rejects.toMatchObject({ name: 'LocalError', code: 'file-changed' });
    expect(given).toBe(count);
  });

  it.each([
    ['whose findings are none', { findings: [7] }, 'findings[0] is not an object'],
    ['with modules that are none', { modules: 'shop.war' }, 'modules is not a list of texts'],
    ['without a list', { findings: { 0: {} } }, 'findings that is no list'],
  ])('refuses results of a pipeline scan %s', async (_name, changes, got) => {
    await expect(read(pipelineText([], changes))).rejects.toMatchObject({ code: 'invalid-findings-file', message: expect.stringContaining(got) });
  });

  it('calls one page of several incomplete', async () => {
    expect(await read(pageText([1, 2], 113))).toMatchObject({ isComplete: false, warnings: [expect.stringContaining('one page with 2 of 113 findings')] });
  });

  it('calls results of a failed pipeline scan incomplete', async () => {
    expect(await read(pipelineText([], { scan_status: 'TIMEOUT' }))).toMatchObject({ isComplete: false, warnings: [expect.stringContaining('TIMEOUT')] });
  });

  it('counts a report against what it says about itself', async () => {
    const text = await readFile(REPORT, 'utf8');
    const total = /total_flaws="(\d+)"/.exec(text)?.[1] ?? '';
    const file = await read(text.replace(`total_flaws="${total}"`, 'total_flaws="999"'));
    expect(file).toMatchObject({ isComplete: false, warnings: [expect.stringContaining('says that it has 999 flaws')] });
  });
});

const nested = `{"schemaVersion":1,"x":${'['.repeat(5000)}`;
const utf16 = Buffer.from(`\uFEFF${resultsText()}`, 'utf16le');

describe('readFindingsFile refuses', () => {
  const text = resultsText();
  const withFinding = (changes: Record<string, unknown>): string => resultsText({ findings: [{ ...firstFindings()[0], ...changes }] });

  it.each<[name: string, content: string | Uint8Array, got: string]>([
    ['an empty file', '', 'an empty file'],
    ['blanks', ' \n', 'an empty file'],
    ['any text', 'hello', 'neither JSON nor XML'],
    ['a page of HTML', '<!DOCTYPE html><html></html>', 'a page of HTML'],
    ['a list', '[1]', 'JSON that is no object'],
    ['an object without findings', '{"a":1}', 'without findings'],
    ['a newer version', resultsText({ schemaVersion: 2 }), 'schemaVersion 2, which a newer verapipe wrote'],
    ['a newer version that comes last', JSON.stringify(sortedKeys({ ...firstResults(), schemaVersion: 2 })), 'schemaVersion 2'],
    ['a version that is none', resultsText({ schemaVersion: '1' }), '"1" at schemaVersion'],
    ['a huge version', text.replace('"schemaVersion":1', '"schemaVersion":1e999'), 'at schemaVersion'],
    ['no version', resultsText({ schemaVersion: undefined }), 'nothing at schemaVersion'],
    ['what --json prints', resultsText({ findings: undefined }), 'results without a list of findings'],
    ['findings that are no list', resultsText({ findings: {} }), 'findings that is no list'],
    ['findings that are null', resultsText({ findings: null }), 'findings that is no list'],
    ['findings twice', `${text.slice(0, -1)},"findings":[]}`, 'findings twice'],
    ['findings twice, once in disguise', `${text.slice(0, -1)},"find\\u0069ngs":[]}`, 'findings twice'],
    ['verdicts twice', `${text.slice(0, -1)},"verdict":"pass"}`, 'verdict twice'],
    ['text after the end', `${text}{}`, 'not JSON'],
    ['a comma too many', text.replace(/\]\}$/, ',]}'), 'not JSON'],
    ['UTF-16', utf16, 'text in UTF-16'],
    ['UTF-16 without a mark', utf16.subarray(2), 'text in UTF-16'],
    ['bytes that are no UTF-8', Buffer.concat([Buffer.from(text.slice(0, 40)), Buffer.from([0xff]), Buffer.from(text.slice(40))]), 'no UTF-8'],
    ['a character that was cut', Buffer.from(text.replace('Web shop', 'é')).subarray(0, Buffer.from(text).indexOf('Web shop') + 1), 'UTF-8'],
    ['a depth that is no data', nested, 'nested more than 64 levels'],
    ['a finding that is none', resultsText({ findings: [7] }), '7 at findings[0]'],
    ['an unknown severity', withFinding({ severity: 9 }), '9 at findings[0].severity'],
    ['a severity as text', withFinding({ severity: '4' }), '"4" at findings[0].severity'],
    ['a severity that only __proto__ has', withFinding({ severity: undefined }).replace('"findings":[{', '"findings":[{"__proto__":{"severity":0},'), 'nothing at findings[0].severity'],
    ['a huge number', withFinding({ cwe: 1 }).replace('"cwe":1,', '"cwe":1e400,'), 'at findings[0].cwe'],
    ['a fraction', withFinding({ cwe: 1.5 }), '1.5 at findings[0].cwe'],
    ['a date that is none', withFinding({ firstFoundAt: 'yesterday' }), '"yesterday" at findings[0].firstFoundAt'],
    ['a missing location', withFinding({ location: undefined }), 'nothing at findings[0].location'],
    ['a verdict of its own', resultsText({ verdict: 'fine' }), '"fine" at verdict'],
    ['a page of applications', '{"_embedded":{"applications":[]},"page":{"total_elements":0}}', 'a page of something else than findings'],
    ['a page that embeds nothing', '{"_embedded":{},"_links":{"self":{"href":"https://api.veracode.com/appsec/v2/applications/1/findings"}},"page":{"total_elements":0}}', 'a page of something else than findings'],
    ['an empty page of sandboxes', '{"_links":{"self":{"href":"https://api.veracode.com/appsec/v1/applications/1/sandboxes{?findings}"}},"page":{"total_elements":0}}', 'a page of something else than findings'],
    ['an empty page that says nothing of itself', '{"page":{"total_elements":0}}', 'a page of something else than findings'],
    ['an empty page with a link that is none', '{"_links":{"self":{"href":7}},"page":{"total_elements":0}}', 'a page of something else than findings'],
    ['a page without a total', '{"_embedded":{"findings":[]},"page":{}}', 'without page.total_elements'],
    ['a page with a finding of no kind', '{"_embedded":{"findings":[{}]},"page":{"total_elements":1}}', 'cannot be read as such'],
    ['a page with a text as finding', '{"_embedded":{"findings":["x"]},"page":{"total_elements":1}}', '_embedded.findings[0]'],
    ['pipeline results with a wrong severity', pipelineText([pipelineEntry(1, { severity: 7 })]), 'cannot be read as such'],
    ['XML of another kind', '<applist/>', 'cannot be read as such'],
    ['a refusal of the platform', '<?xml version="1.0"?><error>Access denied.</error>', 'cannot be read as such'],
  ])('%s', async (_name, content, got) => {
    const path = await temporaryFile(content);
    await expect(readFindingsFile(path)).rejects.toMatchObject({
      name: 'ValidationError',
      code: 'invalid-findings-file',
      issues: [{ path, got: expect.stringContaining(got), wanted: expect.stringMatching(/./) }],
    });
  });

  withFacts('answers about anything else', (facts) => {
    const samples = join(facts, 'veracode-api', 'samples', 'rest');
    it.each(globSync(['applications/*.json', 'constructed/*.json', 'errors/*.json', 'identity/*.json', 'sca/*.json', 'openapi/*.json'], { cwd: samples }).sort())('%s', async (name) => {
      await expect(readFindingsFile(join(samples, name))).rejects.toMatchObject({ code: 'invalid-findings-file' });
    });
  });

  it.each<[name: string, text: () => string | Promise<string>]>([
    ['our results', resultsText],
    ['a page', () => pageText([1, 2], 2)],
    ['pipeline results', () => pipelineText([pipelineEntry(1)])],
    ['a report', () => readFile(REPORT, 'utf8')],
  ])('%s, wherever it was cut', async (_name, text) => {
    const whole = (await text()).trimEnd();
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), async (length) => {
        const path = await temporaryFile(whole.slice(0, length));
        await expect(readFindingsFile(path)).rejects.toMatchObject({ name: expect.stringMatching(/^(?:ValidationError)$/) });
      }),
      { numRuns: 40 },
    );
  });

  it('a file that is not there, and a folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'verapipe-findings-'));
    await expect(readFindingsFile(join(folder, 'absent.json'))).rejects.toMatchObject({ name: 'ValidationError', message: expect.stringContaining('ENOENT') });
    await expect(readFindingsFile(folder)).rejects.toMatchObject({ name: 'ValidationError', message: expect.stringContaining('no file') });
    await rm(folder, { recursive: true });
  });
});

describe('the steps from older versions', () => {
  const match = { procedureHash: '1' };
  it.each([
    ['adds flawMatch', withFlawMatch, { id: '1' }, { id: '1', flawMatch: null }],
    ['keeps flawMatch', withFlawMatch, { flawMatch: match }, { flawMatch: match }],
    ['adds what nobody judged', withStanding, { id: '1' }, { id: '1', standing: null, waiver: null }],
    ['keeps what somebody judged', withStanding, { standing: 'waived', waiver: { owner: 'x' } }, { standing: 'waived', waiver: { owner: 'x' } }],
    ['adds licences', withLicences, { component: { id: 'c' } }, { component: { id: 'c', licences: [] } }],
    ['keeps licences', withLicences, { component: { licences: [1] } }, { component: { licences: [1] } }],
    ['adds none where there is no component', withLicences, { component: null }, { component: null }],
    ['adds repositoryPath', withRepositoryPath, { location: { file: 'a' } }, { location: { file: 'a', repositoryPath: null } }],
    ['keeps repositoryPath', withRepositoryPath, { location: { repositoryPath: 'a' } }, { location: { repositoryPath: 'a' } }],
    ['adds none where there is no location', withRepositoryPath, { location: 7 }, { location: 7 }],
    ['adds dataPaths', withDataPaths, { id: '1' }, { id: '1', dataPaths: null }],
    ['keeps dataPaths', withDataPaths, { dataPaths: [] }, { dataPaths: [] }],
    ['adds places in code', withPlacesInCode, { verdict: 'none' }, { verdict: 'none', pathMapping: null, dataPaths: null }],
    ['keeps places in code', withPlacesInCode, { pathMapping: 1, dataPaths: 2 }, { pathMapping: 1, dataPaths: 2 }],
    ['adds outage', withOutage, { verdict: 'none' }, { verdict: 'none', outage: null }],
    ['keeps outage', withOutage, { outage: { days: 1 } }, { outage: { days: 1 } }],
    ['adds lint', withLint, { verdict: 'none' }, { verdict: 'none', lint: null }],
    ['keeps lint', withLint, { lint: { total: 1 } }, { lint: { total: 1 } }],
    ['adds orgPolicy and counts of waivers', withOrgPolicy, { proof: { waivers: [{ path: 'w' }] } }, { proof: { orgPolicy: null, waivers: [{ path: 'w', findings: 0, warnings: [] }] } }],
    ['keeps orgPolicy and counts of waivers', withOrgPolicy, { proof: { orgPolicy: 1, waivers: [{ findings: 2, warnings: ['x'] }] } }, { proof: { orgPolicy: 1, waivers: [{ findings: 2, warnings: ['x'] }] } }],
    ['adds none where there is no proof', withOrgPolicy, { proof: null }, { proof: null }],
    ['adds baseline', withBaseline, { proof: {} }, { proof: { baseline: null } }],
    ['keeps baseline', withBaseline, { proof: { baseline: 7 } }, { proof: { baseline: 7 } }],
    ['adds no baseline where there is no proof', withBaseline, { proof: null }, { proof: null }],
    ["adds a baseline's scan", withBaselineScan, { proof: { baseline: { known: 1 } } }, { proof: { baseline: { scanId: null, known: 1 } } }],
    ["keeps a baseline's scan", withBaselineScan, { proof: { baseline: { scanId: '7' } } }, { proof: { baseline: { scanId: '7' } } }],
    ['adds how sure a baseline is', withKnownBy, { proof: { baseline: { known: 1 } } }, { proof: { baseline: { known: 1, knownBy: null } } }],
    ['keeps how sure a baseline is', withKnownBy, { proof: { baseline: { knownBy: 7 } } }, { proof: { baseline: { knownBy: 7 } } }],
    ['adds nothing to no baseline', withKnownBy, { proof: { baseline: null } }, { proof: { baseline: null } }],
    ['adds no scan where there is no baseline', withBaselineScan, { proof: { baseline: null } }, { proof: { baseline: null } }],
    ['adds what of a baseline is gone', withBaselineGone, { proof: { baseline: { known: 1 } } }, { proof: { baseline: { goneBySeverity: null, known: 1 } } }],
    ['keeps what of a baseline is gone', withBaselineGone, { proof: { baseline: { goneBySeverity: 7 } } }, { proof: { baseline: { goneBySeverity: 7 } } }],
    ['adds nothing that is gone where there is no baseline', withBaselineGone, { proof: { baseline: null } }, { proof: { baseline: null } }],
    ['adds mitigations', withMitigations, { proof: {} }, { proof: { mitigations: null } }],
    ['keeps mitigations', withMitigations, { proof: { mitigations: 7 } }, { proof: { mitigations: 7 } }],
    ['adds no mitigations where there is no proof', withMitigations, { proof: null }, { proof: null }],
    ['leaves waivers of a wrong type alone', withOrgPolicy, { proof: { waivers: 7 } }, { proof: { orgPolicy: null, waivers: 7 } }],
  ])('%s', (_name, step, before, after) => {
    expect(step(before)).toEqual(after);
  });

  it.each([7, null, 'x', [[]]])('leave %j to the schema', (value) => {
    expect([newestFinding(value), newestResults(value)]).toEqual([value, value]);
  });
});
