// Tests of reports read them with these already; they are shipped to nobody, so no name of a package leads there.
import { READERS } from '../../reports/test/readers/index.js';

export { READERS };

type Format = keyof typeof READERS;

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
