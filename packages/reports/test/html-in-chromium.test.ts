import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';

import { renderReport, type ReportFormatId } from '../src/report-formats.js';
import type { ReportInput } from '../src/report.js';
import { withChromium } from './chromium.js';
import { earlierRuns, manyFindings } from './shop-findings.js';
import { hostileFailure, hostileFindings, hostileResults } from './hostile-input.js';
import { HOSTILE_MARKUP, HOSTILE_TEXTS } from './hostile-texts.js';
import { reportInput } from './report-input.js';
import { NOTHING, sampleFinding, sampleResults } from './samples.js';
import { serving } from './serving.js';

/** @see jenkins.io "Configuring Content Security Policy": the default for files that a job made */
const JENKINS_POLICY = "sandbox; default-src 'none'; img-src 'self'; style-src 'self';";
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const RICH: ReportInput = { ...reportInput(manyFindings(140)), earlier: earlierRuns(8) };
const FAILED: ReportInput = { ...reportInput([]), results: sampleResults(NOTHING) };

/** A page, and what it asked for and complained about. */
interface Opened {
  readonly page: Page;
  readonly requests: string[];
  readonly complaints: string[];
}

async function textOf(format: ReportFormatId, input: ReportInput): Promise<string> {
  let text = '';
  for await (const piece of (await renderReport(format, input)) ?? []) text += piece;
  return text;
}

withChromium('HTML reports in a real browser', (executable) => {
  describe('HTML reports in a real browser', () => {
    let browser: Browser;
    let folder: string;
    const pages = new Map<'light' | 'dark', Opened>();

    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: executable });
      folder = await mkdtemp(join(tmpdir(), 'verapipe-html-'));
    });
    afterAll(async () => {
      await browser.close();
      await rm(folder, { recursive: true });
    });

    /** A page begins with every report anew; making a page takes longer than showing a report. */
    async function pageIn(colorScheme: 'light' | 'dark' = 'light'): Promise<Opened> {
      const made = pages.get(colorScheme) ?? (await newPage(colorScheme));
      pages.set(colorScheme, made);
      await made.page.goto('about:blank');
      await made.page.emulateMedia({ media: null, colorScheme });
      made.requests.splice(0);
      made.complaints.splice(0);
      return made;
    }

    async function newPage(colorScheme: 'light' | 'dark'): Promise<Opened> {
      const page = await browser.newPage({ colorScheme, viewport: { width: 1280, height: 900 } });
      const opened: Opened = { page, requests: [], complaints: [] };
      page.on('request', (request) => opened.requests.push(request.url()));
      page.on('console', (message) => opened.complaints.push(message.text()));
      page.on('pageerror', (error) => opened.complaints.push(error.message));
      return opened;
    }

    async function openText(html: string, colorScheme?: 'light' | 'dark'): Promise<Opened & { readonly url: string }> {
      const file = join(folder, 'report.html');
      await writeFile(file, html);
      const opened = await pageIn(colorScheme);
      const url = pathToFileURL(file).href;
      await opened.page.goto(url);
      return { ...opened, url };
    }

    async function open(format: ReportFormatId, input: ReportInput, colorScheme?: 'light' | 'dark'): Promise<Opened & { readonly url: string }> {
      return openText(await textOf(format, input), colorScheme);
    }

    const status = (page: Page): Promise<string | null> => page.textContent('.status');
    const drawn = (page: Page): Promise<number> => page.locator('#list .row').count();
    const active = (page: Page): Promise<string | null> => page.textContent('#list .row[aria-selected="true"]');
    const focused = (page: Page): Promise<string> => page.evaluate('document.activeElement.className');
    const groupBy = (page: Page, name: string): Promise<string[]> => page.getByLabel('Group by').selectOption({ label: name });

    describe('texts that others wrote', () => {
      const OTHERS = HOSTILE_TEXTS.slice(HOSTILE_MARKUP.length).map(([, text]) => text);

      it.each([...HOSTILE_MARKUP.map(([name, text]) => [name, [text]] as const), ['texts against programs', OTHERS] as const])('shows %s as text: nothing runs, nothing is asked for', async (_name, texts) => {
        const [first = ''] = texts;
        const isLong = texts.some((text) => text.length > 1000);
        const input = reportInput(texts.flatMap(hostileFindings));
        const judged = { ...input, results: hostileResults(first, { counts: input.tally }), earlier: [...texts, first].map((text) => hostileResults(text)) };
        for (const [format, report] of [['html', judged], ['html-static', judged], ['html', hostileFailure(first)]] as const) {
          const { page, url, requests, complaints } = await open(format, report);
          if (format === 'html' && report === judged) {
            expect(await page.getAttribute('#list', 'aria-rowcount')).toBe(String(input.tally.total));
            for (const grouping of ['File', 'CWE', 'Module']) await groupBy(page, grouping);
            await page.fill('#search', first.slice(0, 20));
            // What is printed is made as the details are: of 100 kB in every field it would be a book.
            if (!isLong) await page.evaluate("window.dispatchEvent(new Event('beforeprint'))");
          }
          await page.evaluate("for (const node of document.querySelectorAll('*')) for (const name of ['mouseover', 'focus', 'load', 'error', 'toggle']) node.dispatchEvent(new Event(name))");
          expect(await page.evaluate('globalThis.hacked')).toBeUndefined();
          expect(requests).toEqual([url]);
          expect(complaints).toEqual([]);
          expect(await page.locator('a:not([href^="http"]):not([href^="#"])').count()).toBe(0);
        }
      });

      it('is shown whole in the details', async () => {
        const description = HOSTILE_MARKUP.map(([, text]) => text).slice(0, 10).join('\n');
        const { page } = await open('html', reportInput([sampleFinding({ description })]));
        expect(await page.textContent('.description')).toBe(description);
      });

      it('would not run even if it got into the page as markup', async () => {
        const html = await textOf('html', RICH);
        const asked: string[] = [];
        await serving((request, response) => { asked.push(request.url ?? ''); response.end(); }, async (evil) => {
          const attack = `<script>globalThis.hacked = 1</script><img src="${evil}x.png" onerror="globalThis.hacked = 2"><script src="${evil}x.js"></script><iframe src="${evil}x.html"></iframe>`;
          const { page, complaints } = await openText(html.replace('<main>', `<main>${attack}`));
          expect(await status(page)).toBe('140 findings');
          expect(await page.evaluate('globalThis.hacked')).toBeUndefined();
          expect(complaints.filter((complaint) => complaint.includes('Content Security Policy')).length).toBeGreaterThanOrEqual(4);
        });
        expect(asked).toEqual([]);
      });
    });

    describe('the list', () => {
      it('draws what is seen of 10,000 findings, wherever it stands, and filters all of them', async () => {
        const findings = manyFindings(10_000);
        const { page, complaints } = await open('html', reportInput(findings));
        expect(await status(page)).toBe('10,000 findings');
        expect(await page.getAttribute('#list', 'aria-rowcount')).toBe('10000');
        expect(await drawn(page)).toBeLessThan(40);

        await page.fill('#search', 'PAYMENT  cwe-89');
        const wanted = findings.filter(({ cwe, location }) => cwe === 89 && location.file?.includes('payment'));
        expect(await status(page)).toBe(`${String(wanted.length)} of 10,000 findings`);
        expect(await page.getAttribute('#list', 'aria-rowcount')).toBe(String(wanted.length));
        expect(await drawn(page)).toBeLessThan(40);

        await page.getByRole('button', { name: 'Clear filters' }).first().click();
        await page.focus('#list');
        await page.keyboard.press('End');
        expect(await page.getAttribute('#list .row[aria-selected="true"]', 'aria-rowindex')).toBe('10000');
        expect(await drawn(page)).toBeLessThan(40);
        await groupBy(page, 'File');
        expect(await drawn(page)).toBeLessThan(40);
        expect(complaints).toEqual([]);
      });

      it('filters by severity, state, standing, kind and policy, and says so when nothing fits', async () => {
        const findings = manyFindings(140);
        const { page } = await open('html', reportInput(findings));
        const shown = async (): Promise<number> => Number((await status(page))?.split(' ')[0]);
        const countOf = (keep: (finding: (typeof findings)[number]) => boolean): number => findings.filter(keep).length;

        await page.locator('.chip.s5').click();
        expect(await shown()).toBe(countOf(({ severity }) => severity === 5));
        await page.locator('.chip.s4').click();
        expect(await shown()).toBe(countOf(({ severity }) => severity >= 4));
        await page.locator('select[data-name="Status"]').selectOption('new');
        expect(await shown()).toBe(countOf(({ severity, status: word }) => severity >= 4 && word === 'new'));
        await page.getByRole('button', { name: 'Clear filters' }).first().click();
        await page.locator('select[data-name="Standing"]').selectOption('waived');
        expect(await shown()).toBe(countOf(({ standing }) => standing === 'waived'));
        await page.locator('select[data-name="Standing"]').selectOption('');
        await page.locator('select[data-name="Found by"]').selectOption('sca');
        expect(await shown()).toBe(countOf(({ kind }) => kind === 'sca'));
        await page.locator('select[data-name="Found by"]').selectOption('');
        await page.getByLabel('Against the policy').check();
        expect(await shown()).toBe(countOf(({ affectsPolicy }) => affectsPolicy === true));

        await page.fill('#search', 'there is no such text');
        expect(await status(page)).toBe('0 of 140 findings');
        expect(await page.locator('.panes').isVisible()).toBe(false);
        await page.locator('.empty button').click();
        expect(await status(page)).toBe('140 findings');
      });

      it.each([
        ['Severity', 6],
        ['CWE', new Set(manyFindings(140).map(({ cwe }) => cwe)).size],
        ['Module', new Set(manyFindings(140).map(({ location, component }) => location.module ?? component?.fileName)).size],
        ['File', new Set(manyFindings(140).map(({ location, component }) => location.repositoryPath ?? location.file ?? component?.fileName)).size],
        ['Status', 4],
      ])('groups by %s, and closes and opens a group', async (grouping, groups) => {
        const { page } = await open('html', RICH);
        await groupBy(page, grouping);
        expect(await page.getAttribute('#list', 'aria-rowcount')).toBe(String(140 + groups));
        await page.focus('#list');
        await page.keyboard.press('Home');
        const first = page.locator('#row-0');
        const members = Number(await first.locator('.count').textContent());
        await first.click();
        expect(await first.getAttribute('aria-expanded')).toBe('false');
        expect(await page.getAttribute('#list', 'aria-rowcount')).toBe(String(140 + groups - members));
        await page.keyboard.press('ArrowRight');
        expect(await page.getAttribute('#list', 'aria-rowcount')).toBe(String(140 + groups));
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('ArrowLeft');
        await page.keyboard.press('ArrowLeft');
        expect(await first.getAttribute('aria-expanded')).toBe('false');
      });

      it('is worked with keys alone', async () => {
        const { page } = await open('html', RICH);
        await page.keyboard.press('/');
        expect(await page.evaluate('document.activeElement.id')).toBe('search');
        await page.keyboard.type('jk/?');
        expect(await page.inputValue('#search')).toBe('jk/?');
        await page.keyboard.press('Escape');
        expect(await status(page)).toBe('140 findings');

        await page.focus('#list');
        const first = await active(page);
        await page.keyboard.press('ArrowDown');
        expect(await active(page)).not.toBe(first);
        await page.keyboard.press('k');
        expect(await active(page)).toBe(first);
        await page.keyboard.press('PageDown');
        expect(Number(await page.getAttribute('#list .row[aria-selected="true"]', 'aria-rowindex'))).toBeGreaterThan(5);
        await page.keyboard.press('Home');
        expect(await active(page)).toBe(first);
        expect(await page.getAttribute('#list', 'aria-activedescendant')).toBe('row-0');
        await page.keyboard.press('Enter');
        expect(await focused(page)).toBe('details');
        await page.keyboard.press('Escape');
        expect(await focused(page)).toBe('list');

        await page.keyboard.press('?');
        expect(await page.locator('dialog').isVisible()).toBe(true);
        await page.getByLabel('Single keys').uncheck();
        await page.keyboard.press('Escape');
        expect(await page.locator('dialog').isVisible()).toBe(false);
        await page.keyboard.press('?');
        expect(await page.locator('dialog').isVisible()).toBe(false);
      });

      it('shows everything about a finding', async () => {
        const { page } = await open('html', reportInput([
          sampleFinding({
            dataPaths: [{ steps: [{ file: 'a.java', repositoryPath: 'src/a.java', line: 3, function: 'in' }, { file: null, repositoryPath: null, line: null, function: null }] }],
            mitigation: { state: 'rejected', reason: 'Mitigate by Design', approver: 'dana' },
            waiver: { reason: 'soon gone', owner: 'ann', expires: '2027-01-31' },
            standing: 'waived',
            status: 'reopened',
          }),
        ]));
        const details = await page.locator('.details').innerText();
        for (const part of ['SQL Injection', 'src/OrderDao.java:117', 'Reopened', 'Waived until 2027-01-31 by ann: soon gone', 'Mitigation rejected: Mitigate by Design, by dana', 'src/a.java:3 in in', 'No file is known', 'Use prepared statements', 'shop.war', 'Likely']) expect(details).toContain(part);
        expect(await page.getAttribute('.path a', 'href')).toBe('https://gitlab.example/web/shop/-/blob/c0ffee/src/a.java#L3');
        expect(await page.getAttribute('.fix a', 'href')).toBe('https://cwe.mitre.org/data/definitions/89.html');
      });

      it('prints what is chosen, with details', async () => {
        const { page } = await open('html', RICH);
        await page.locator('.chip.s5').click();
        await page.emulateMedia({ media: 'print' });
        await page.evaluate("window.dispatchEvent(new Event('beforeprint'))");
        const chosen = RICH.tally.bySeverity[5];
        expect(await page.locator('.printed article').count()).toBe(chosen);
        expect(await page.locator('.printed').innerText()).toContain(`Filtered: ${String(chosen)} of 140 findings`);
        expect(await page.locator('.panes').isVisible()).toBe(false);
        await page.evaluate("window.dispatchEvent(new Event('afterprint'))");
        expect(await page.locator('.printed').count()).toBe(0);
        expect((await page.pdf()).subarray(0, 5).toString()).toBe('%PDF-');
      });

      it('refuses to show a file that is not whole as fewer findings', async () => {
        const html = await textOf('html', RICH);
        const { page } = await openText(html.replace(/<script type="application\/json".*?<\/script>/su, ''));
        expect(await page.locator('[role="alert"]').textContent()).toContain('The page says that there are 140 findings, and 0 are in it');
        const { page: cut } = await openText(html.slice(0, html.length / 2));
        expect(await cut.textContent('#placeholder')).toContain('the file is not whole');
      });
    });

    it('switches its colours', async () => {
      const { page } = await open('html', RICH);
      const ground = (): Promise<string> => page.evaluate('getComputedStyle(document.body).backgroundColor');
      const light = await ground();
      await page.locator('.theme').click();
      expect(await ground()).toBe(light);
      await page.locator('.theme').click();
      expect(await ground()).not.toBe(light);
    });

    it('is whole under the policy of Jenkins, without a complaint', async () => {
      const html = await textOf('html-static', RICH);
      await serving((_request, response) => response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': JENKINS_POLICY }).end(html), async (url) => {
        const { page, requests, complaints } = await pageIn();
        await page.goto(url);
        expect(await page.locator('main > section > details').count()).toBe(140);
        await page.locator('main > section > details > summary').first().click();
        expect(await page.locator('main > section > details').first().innerText()).toContain('How to fix it');
        expect(requests).toEqual([url]);
        expect(complaints).toEqual([]);
      });
    });

    describe.each(['light', 'dark'] as const)('for everybody, %s', (colours) => {
      async function violations(page: Page): Promise<readonly string[]> {
        await page.evaluate(await readFile(AXE, 'utf8'));
        const { violations: found } = await page.evaluate<AxeResults>("axe.run({ resultTypes: ['violations'] })");
        return found.map(({ id, impact, nodes }) => `${String(impact)} ${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
      }

      it.each<readonly [name: string, input: ReportInput, act: (page: Page) => Promise<unknown>]>([
        ['many findings', RICH, async () => undefined],
        ['groups and a filter', RICH, async (page) => { await groupBy(page, 'File'); await page.locator('.chip.s3').click(); }],
        ['the keys', RICH, (page) => page.keyboard.press('?')],
        ['everything opened', RICH, async (page) => { for (const summary of await page.locator('summary').all()) await summary.click(); }],
        ['a search without result', RICH, (page) => page.fill('#search', 'nothing like that')],
        ['no findings', reportInput([], { verdict: 'pass' }), async () => undefined],
        ['a failed run', FAILED, async () => undefined],
      ])('has nothing that axe finds wrong: %s', async (_name, input, act) => {
        const { page } = await open('html', input, colours);
        await act(page);
        expect(await violations(page)).toEqual([]);
      });

      it.each([['many findings', RICH], ['no findings', reportInput([])], ['a failed run', FAILED]] as const)('has nothing that axe finds wrong without script: %s', async (_name, input) => {
        const { page } = await open('html-static', input, colours);
        for (const summary of (await page.locator('summary').all()).slice(0, 5)) await summary.click();
        // A page without style stands on the browser's own ground, which axe takes for white.
        await page.evaluate("document.documentElement.style.backgroundColor = 'Canvas'");
        expect(await violations(page)).toEqual([]);
      });
    });
  });
});
