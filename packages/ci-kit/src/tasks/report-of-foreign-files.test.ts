import { readFile, utimes } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { REPORT_FORMATS } from '@verapipe/reports';

import { firstFindings, firstResults, pageText, pipelineEntry, pipelineText, resultsText, temporaryFile } from '../../test/findings-files.js';
import { type LocalTasks, startLocalTasks } from '../../test/local-task.js';
import { runReport } from './report.js';

const REPORT = createRequire(import.meta.url).resolve('@verapipe/protocol/samples/xml/detailedreport.server.xml');
const FORMATS = REPORT_FORMATS.map((format) => `${format}=${format}`);
const SILENT = ['csv', 'gitlab-code-quality', 'ndjson', 'sonar'];
const DAY_MS = 86_400_000;

let local: LocalTasks;
beforeEach(async () => {
  local = await startLocalTasks();
});
afterEach(() => local.close());

/** Whether there is a report about components: a pipeline scan looks at none. */
function isWritten(format: string, text: string): boolean {
  return !text.includes('"scan_status"') || !['gitlab-dependency-scanning', 'cyclonedx-vex'].includes(format);
}

async function reportsOf(text: string, nowMs?: number): Promise<{ readonly warnings: readonly string[]; readonly printed: string; readonly files: Readonly<Record<string, string>> }> {
  await local.write('findings', text);
  await utimes(`${local.cwd}/findings`, 1_790_000_000, 1_790_000_000);
  const { result, warnings, printed } = await local.run(runReport, 'report', { from: 'findings', report: FORMATS }, {}, nowMs);
  expect(result).toEqual({ kind: 'done', exitCode: 0 });
  const files = await Promise.all(REPORT_FORMATS.filter((format) => isWritten(format, text)).map(async (format) => [format, await local.read(format)] as const));
  return { warnings, printed, files: Object.fromEntries(files) };
}

const withTotal = async (total: string): Promise<string> => (await readFile(REPORT, 'utf8')).replace('total_flaws="6"', `total_flaws="${total}"`);

describe('a report of a file that does not hold all findings', () => {
  it.each<[name: string, text: () => string | Promise<string>, why: string]>([
    ['one page of several', () => pageText([1, 2], 113), 'findings is one page with 2 of 113 findings.'],
    ['one page of several that is empty', () => pageText([], 113), 'findings is one page with 0 of 113 findings.'],
    ['a pipeline scan that did not end well', () => pipelineText([pipelineEntry(1)], { scan_status: 'TIMEOUT' }), 'did not end with SUCCESS (TIMEOUT)'],
    ['a report that contradicts itself', () => withTotal('999'), 'findings says that it has 999 flaws, and has 6.'],
    ['our results with a finding less', () => resultsText({ findings: firstFindings().slice(1) }), 'findings says that it has 2 findings, and has 1.'],
  ])('says so in every format that can, and beside the others: %s', async (_name, text, why) => {
    const content = await text();
    const { files, warnings, printed } = await reportsOf(content);
    const shown = why.replaceAll('_', '\\_');
    for (const format of ['sarif', 'gitlab-sast', 'gitlab-dependency-scanning', 'junit', 'code-insights', 'html', 'html-static', 'cyclonedx-vex'].filter((name) => isWritten(name, content))) expect({ format, text: files[format] }).toEqual({ format, text: expect.stringContaining(why) });
    expect(files['markdown']).toContain(shown);
    expect(files['markdown']).toContain('**Not all findings are here.**');
    expect(files['dotenv']).toContain('VERACODE_RESULT_COMPLETE=false\n');
    for (const format of SILENT) expect(warnings).toContainEqual(expect.stringContaining(`${format} has no words for findings that are missing: ${format} looks like a whole report`));
    expect(warnings).toContainEqual(expect.stringContaining(why));
    expect(printed).toContain(', which does not hold all.\n');
    // Where a reader decides by it, it is no success.
    expect(JSON.parse(files['sarif'] ?? '')).toMatchObject({ runs: [{ invocations: [{ executionSuccessful: false, toolExecutionNotifications: [{ level: 'error', descriptor: { id: 'findings-missing' } }] }] }] });
    for (const format of ['gitlab-sast', 'gitlab-dependency-scanning'].filter((name) => isWritten(name, content))) expect(JSON.parse(files[format] ?? '')).toMatchObject({ scan: { status: 'failure', messages: expect.arrayContaining([expect.objectContaining({ level: 'warn' })]) } });
    expect(files['junit']).toMatch(/<error type="findings-missing"/u);
    expect(files['code-insights']).not.toContain('"result": "PASSED"');
    if (isWritten('cyclonedx-vex', content)) expect(JSON.parse(files['cyclonedx-vex'] ?? '')).toMatchObject({ compositions: [{ aggregate: 'incomplete' }] });
    for (const page of ['html', 'html-static']) expect(files[page]).toMatch(/<section class="notice loud">\n<h2>Not all findings are here/u);
    // Where the file lies on this machine is nothing for its readers.
    for (const text of Object.values(files)) expect(text).not.toContain(local.cwd);
  });

  it.each<[name: string, text: () => string | Promise<string>]>([
    ['a whole page', () => pageText([1, 2], 2)],
    ['results of a pipeline scan', () => pipelineText([pipelineEntry(1)])],
    ['a report', () => readFile(REPORT, 'utf8')],
    ['our results', resultsText],
  ])('says nothing of that of a file that holds all: %s', async (_name, text) => {
    const { files, warnings } = await reportsOf(await text());
    for (const [format, content] of Object.entries(files)) expect({ format, text: content }).toEqual({ format, text: expect.not.stringMatching(/findings are missing|findings-missing|Not all findings|"incomplete"/iu) });
    expect(files['dotenv']).toContain('VERACODE_RESULT_COMPLETE=true\n');
    expect(warnings).toEqual([]);
  });
});

describe('equal files give equal bytes', () => {
  it.each<[name: string, text: () => string | Promise<string>, madeAt: string]>([
    ['a page', () => pageText([1, 2], 2), '2026-09-21T14:13:20.000Z'],
    ['a part of all pages', () => pageText([1, 2], 113), '2026-09-21T14:13:20.000Z'],
    ['results of a pipeline scan', () => pipelineText([pipelineEntry(1), pipelineEntry(2)]), '2026-09-21T14:13:20.000Z'],
    ['a report, which says itself when it was made', () => readFile(REPORT, 'utf8'), '2026-03-02T13:20:00.000Z'],
    ['a report that does not say it', async () => (await readFile(REPORT, 'utf8')).replace(/generation_date="[^"]*"/u, '').replace(/last_update_time="[^"]*"/u, ''), '2026-09-21T14:13:20.000Z'],
    ['our results', resultsText, firstResults()['generatedAt'] as string],
  ])('at any time: %s', async (_name, text, madeAt) => {
    const content = await text();
    const { files } = await reportsOf(content, Date.parse('2026-11-25T12:00:00Z'));
    const { files: later } = await reportsOf(content, Date.parse('2026-11-25T12:00:00Z') + 40 * DAY_MS + 12_345);
    for (const format of REPORT_FORMATS) expect({ format, text: later[format] }).toEqual({ format, text: files[format] });
    expect(files['dotenv']).toContain(`VERACODE_RESULT_GENERATED_AT=${madeAt}\n`);
  });

  it.each<[name: string, text: () => string | Promise<string>]>([
    ['a part of all pages', () => pageText([1, 2], 113)],
    ['a report that contradicts itself', () => withTotal('999')],
  ])('in any folder outside of the working one: %s', async (_name, text) => {
    const content = await text();
    const places = await Promise.all([temporaryFile(content, 'findings'), temporaryFile(content, 'findings')]);
    const made = [];
    for (const path of places) {
      await utimes(path, 1_790_000_000, 1_790_000_000);
      const { warnings } = await local.run(runReport, 'report', { from: path, report: FORMATS });
      // Who reads the log is on this machine.
      expect(warnings).toContainEqual(expect.stringContaining(path));
      made.push(Object.fromEntries(await Promise.all(REPORT_FORMATS.map(async (format) => [format, await local.read(format)] as const))));
    }
    expect(made[1]).toEqual(made[0]);
    for (const report of Object.values(made[0] ?? {})) for (const path of places) expect(report).not.toContain(dirname(path));
    expect(made[0]?.['junit']).toMatch(/: findings (?:is one page|says that)/u);
  });
});

describe('a report of a detailed report', () => {
  const named = async (sandbox: string): Promise<string> => (await readFile(REPORT, 'utf8')).replace('account_id="70001"', `account_id="70001" ${sandbox}`);

  it('has the names that stand in it', async () => {
    const { files } = await reportsOf(await named(''));
    expect(files['markdown']).toContain('NO VERDICT: policy scan "main 41" (build 5000001) of "Café &amp; Bar" came to no judgement.');
    expect(files['dotenv']).toMatch(/SCAN_KIND=policy\n.*SCAN_ID=5000001\n.*APPLICATION_ID=81001\nVERACODE_RESULT_SANDBOX_ID=\nVERACODE_RESULT_POLICY_EVALUATION=did-not-pass\n/su);
    expect(files['html']).toContain('House rules');
    expect(JSON.parse(files['sarif'] ?? '')).toMatchObject({ runs: [{ automationDetails: { id: 'veracode-policy/Café & Bar/5000001' }, invocations: [{ endTimeUtc: '2026-03-02T13:14:59.000Z' }] }] });
  });

  it.each<[name: string, sandbox: string, kind: string, id: string]>([
    ['of a sandbox that it names', 'sandbox_id="42" sandbox_name="Feature"', 'sandbox', '42'],
    // Reports of policy scans have it too.
    ['with the id of a sandbox alone', 'sandbox_id="42"', 'policy', ''],
  ])('%s is of a %s scan', async (_name, sandbox, kind, id) => {
    const { files } = await reportsOf(await named(sandbox));
    expect(files['dotenv']).toMatch(new RegExp(`SCAN_KIND=${kind}\\n.*SANDBOX_ID=${id}\\n`, 'su'));
  });
});
