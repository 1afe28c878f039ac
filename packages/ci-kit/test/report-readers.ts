import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Reads a report as a consumer of its format does, and counts what it found. */
interface Reader {
  readonly counts: (text: string) => Readonly<Record<string, number>>;
}

type Format = 'junit' | 'csv' | 'markdown' | 'html' | 'html-static' | 'cyclonedx-vex' | 'sarif';

// The tests of reports have them already; they are shipped to nobody, and so no name of a package leads there.
const FOLDER = join(dirname(createRequire(import.meta.url).resolve('@verapipe/reports/package.json')), 'test', 'readers');

export const { READERS } = (await import(join(FOLDER, 'index.ts'))) as { readonly READERS: Readonly<Record<Format, Reader>> };

/** What the reader of a format counts in a report, under names that match. */
export function countIn(format: Format, text: string, names = /./u): number {
  return Object.entries(READERS[format].counts(text)).reduce((sum, [name, count]) => (names.test(name) ? sum + count : sum), 0);
}

/** How many findings of an `ndjson` report, which has them as they are, came to which end. */
export function endsIn(ndjson: string): { readonly open: number; readonly settled: number; readonly fixed: number } {
  const findings = ndjson.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as { readonly status: string; readonly mitigation: { readonly state: string } }]));
  const fixed = findings.filter(({ status }) => status === 'fixed').length;
  const settled = findings.filter(({ status, mitigation }) => status !== 'fixed' && mitigation.state === 'accepted').length;
  return { open: findings.length - fixed - settled, settled, fixed };
}
