import { ofEach, type ReportReader } from './report-reader.js';

/** A comment of GitHub. */
const LARGEST_BYTES = 65_536;

/** Cells of the tables of a report, as a reader of GFM splits them. */
export function tableRows(markdown: string): readonly (readonly string[])[] {
  return markdown.split('\n').filter((line) => line.startsWith('|')).map((line) => line.slice(1, -1).split('|').map((cell) => cell.trim()));
}

/** What renderers of GitHub, GitLab, Azure and Bitbucket would act on. */
export const MARKDOWN: ReportReader = {
  name: 'checks of ours: size of a comment, marks, links, tables of GFM',
  faults: ofEach((text) => {
    const shown = text.replace(/\]\(<[^>]*>\)/gu, '');
    const faults: string[] = [];
    if (new TextEncoder().encode(text).length > LARGEST_BYTES) faults.push('is larger than a comment may be');
    // eslint-disable-next-line no-control-regex -- they are what is looked for
    if (/\p{Surrogate}|[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/u.test(text)) faults.push('has a character that acts');
    if (/<(?!https?:\/\/[^<> ]*>\))/u.test(text)) faults.push('has HTML');
    if (/\]\((?!<https?:\/\/)/u.test(text.replaceAll('\\]', ''))) faults.push('links to something else than a page');
    if (/@[\w-]|(?<!\\)`|https?:\/\/|www\.\w/u.test(shown)) faults.push('calls somebody, or links by itself');
    if (!tableRows(text).every((cells) => cells.length === 3 || cells.length === 5)) faults.push('has a table that falls apart');
    if (/\n#{1,6} (?!Gates\n|Findings\n|Worst findings\n)/u.test(text)) faults.push('has a heading that is not ours');
    return faults;
  }),
  counts(text) {
    const start = text.indexOf('### Findings');
    const rows = start === -1 ? [] : tableRows(text.slice(start)).slice(2, 9);
    return Object.fromEntries(rows.flatMap(([severity = '', open, all]) => [[`${severity} open`, numberOf(open)], [`${severity} in all`, numberOf(all)]]));
  },
};

function numberOf(cell = ''): number {
  return Number(cell.replaceAll('*', '') || Number.NaN);
}
