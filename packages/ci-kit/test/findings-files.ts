import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach } from '@jest/globals';

const folders: string[] = [];

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});

/** Writes a file that is gone after the test. */
export async function temporaryFile(content: string | Uint8Array, name = 'any.txt'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'verapipe-findings-'));
  folders.push(folder);
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** A results file of the first release: without `flawMatch` and `component.licences`. */
export function firstResults(): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL('samples/verapipe-results-first.json', import.meta.url), 'utf8')) as Record<string, unknown>;
}

/** The first results with other members; undefined removes one. */
export function resultsText(changes: Record<string, unknown> = {}): string {
  return JSON.stringify({ ...firstResults(), ...changes });
}

/** Findings of the first results. */
export function firstFindings(): Record<string, unknown>[] {
  return firstResults()['findings'] as Record<string, unknown>[];
}

/** An entry of a pipeline scan's results. */
export function pipelineEntry(line: number, more: Record<string, unknown> = {}): Record<string, unknown> {
  const source = { file: 'com/example/OrderDao.java', line, function_name: 'find', qualified_function_name: 'com.example.OrderDao.find', function_prototype: 'void find()', scope: 'com.example.OrderDao' };
  return { title: 'query', issue_id: 1000, gob: 'B', severity: 4, issue_type_id: 'taint', issue_type: 'SQL Injection', cwe_id: '89', display_text: '', files: { source_file: source }, ...more };
}

/** Results of a pipeline scan. */
export function pipelineText(entries: readonly unknown[], more: Record<string, unknown> = {}): string {
  return JSON.stringify({ scan_id: 'p-1', scan_status: 'SUCCESS', findings: entries, ...more });
}

/** A page of the Findings API. */
export function pageText(ids: readonly number[], total: number): string {
  const finding = (id: number): unknown => ({
    issue_id: id,
    scan_type: 'STATIC',
    description: '',
    violates_policy: true,
    finding_status: { status: 'OPEN', new: false },
    finding_details: { severity: 4, cwe: { id: 89, name: 'SQL Injection' }, file_path: 'com/example/OrderDao.java', file_name: 'OrderDao.java', file_line_number: 117, procedure: 'find' },
  });
  const embedded = ids.length === 0 ? {} : { _embedded: { findings: ids.map(finding) } };
  const self = { href: 'https://api.veracode.com/appsec/v2/applications/f4e74197-1e26-42c4-ab4b-245870c93280/findings?scan_type=STATIC{&context,severity}', templated: true };
  return JSON.stringify({ ...embedded, _links: { self }, page: { number: 0, size: 20, total_elements: total, total_pages: 1 } });
}
