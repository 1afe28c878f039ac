import { PAGE_SCRIPT, PAGE_STYLE } from '../../src/formats/html/page-assets.js';
import { type Counts, countsOf, ofEach, type ReportReader } from './report-reader.js';

// eslint-disable-next-line no-control-regex -- they are what must not be there
const ACTING = /[\p{Surrogate}\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B\u202A-\u202E\u2060-\u2069\uFEFF]/u;

/** Where findings begin that the page's script reads. */
const DATA = '<script type="application/json" class="findings">';

/** Markup that is not ours. What runs and what is fetched is seen in a browser; there, all of this is looked at again. */
function foreignMarkup(html: string, scripts: number): readonly string[] {
  const ours = html.replace(PAGE_SCRIPT, '').replace(PAGE_STYLE, '');
  const faults: string[] = [];
  const acting = ACTING.exec(ours);
  if (acting !== null) faults.push(`has ${JSON.stringify(acting[0])}`);
  const markup = /<img|<svg\/|<!--|<!\[|<script>globalThis|href="(?!https?:\/\/|#|data:image\/svg)[^"]*/u.exec(ours);
  if (markup !== null) faults.push(`has ${markup[0]}`);
  // Nobody closes an attribute: what opens an element with a handler would be seen here.
  const handler = /<[^>]*\bon[a-z]+\s*=/u.exec(ours.replaceAll(/="[^"]*"/gu, ''));
  if (handler !== null) faults.push(`has ${handler[0].slice(0, 100)}`);
  if (ours.split(/<script[ >]/u).length - 1 !== scripts || ours.split('</script>').length - 1 !== scripts) faults.push(`has not ${String(scripts)} scripts`);
  if (!html.startsWith('<!DOCTYPE html>') || !html.endsWith('</body>\n</html>\n')) faults.push('is not whole');
  return faults;
}

/** The table by severity. */
function tableOf(html: string): Counts {
  const rows = [...html.matchAll(/class="severity s(\d)">[^<]*<\/span><\/th><td>([\d,]+)<\/td><td>([\d,]+)<\/td>/gu)];
  const numberOf = (text = ''): number => Number(text.replaceAll(',', ''));
  return Object.fromEntries(rows.flatMap(([, severity, open, all]) => [[`${severity ?? ''} open`, numberOf(open)], [`${severity ?? ''} in all`, numberOf(all)]]));
}

/** The page's script: findings that it would read, by severity. */
function listedInData(html: string): Counts {
  const blocks = html.split(DATA).slice(1).map((block) => block.slice(0, block.indexOf('</script>')));
  const rows = blocks.flatMap((json) => JSON.parse(json) as readonly (readonly [id: string, kind: string, severity: number])[]);
  return countsOf(rows.map(([, , severity]) => `${String(severity)} listed`));
}

/** A reader who goes through the sections. */
function listedInSections(html: string): Counts {
  const sections = html.split('<h2 id="severity-').slice(1);
  return Object.fromEntries(sections.map((section) => [`${section.slice(0, 1)} listed`, section.split('<dt>Id</dt>').length - 1]));
}

export const HTML: ReportReader = {
  name: 'checks of ours: foreign markup, findings in the data',
  // The script, and the findings in blocks of 500; an overview alone has no findings to read.
  faults: ofEach((html) => foreignMarkup(html, html.split(DATA).length - 1 + (html.includes(PAGE_SCRIPT) ? 1 : 0))),
  counts: (html) => ({ ...tableOf(html), ...listedInData(html) }),
};

export const HTML_STATIC: ReportReader = {
  name: 'checks of ours: foreign markup, findings in the sections',
  faults: ofEach((html) => foreignMarkup(html, 0)),
  counts: (html) => ({ ...tableOf(html), ...listedInSections(html) }),
};
