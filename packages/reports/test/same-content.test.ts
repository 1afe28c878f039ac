import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JudgedFinding } from '@verapipe/core';
import { chromium, type Browser, type Page } from 'playwright-core';

import { withChromium } from './chromium.js';
import { readReport } from './read-report.js';
import { scaFinding } from './report-cases.js';
import { reportInput } from './report-input.js';
import { sampleFinding } from './samples.js';

const nowhere = { module: null, file: null, repositoryPath: null, line: null, function: null, url: null, parameter: null };
const steps = [{ file: 'Web.java', repositoryPath: 'src/Web.java', line: 9, function: 'doGet' }, { file: null, repositoryPath: null, line: null, function: null }];
const inRepository = { ...sampleFinding().location, repositoryPath: 'shop/src/OrderDao.java' };

const CASES: readonly (readonly [name: string, finding: JudgedFinding])[] = [
  ['a static one', sampleFinding({ location: inRepository, dataPaths: [{ steps }, { steps: steps.slice(0, 1) }], gracePeriodExpiresAt: '2026-12-24T00:00:00Z' })],
  ['a static one without a CWE', sampleFinding({ cwe: null, cweName: 'An unnumbered mistake', exploitability: null, location: { ...inRepository, function: '' } })],
  ['a static one of a CWE that we have no words for', sampleFinding({ cwe: 1_000_000 })],
  ['one of a component with a CWE', scaFinding({ cwe: 502, cweName: 'Deserialization of Untrusted Data' })],
  ['one of a component without a CWE', scaFinding({ cwe: null, cweName: null })],
  ['a dynamic one', sampleFinding({ kind: 'dynamic', status: 'reopened', location: { ...nowhere, url: 'https://shop.example/search?q=1', parameter: 'q' } })],
  ['a mitigated one', sampleFinding({ standing: 'mitigated', mitigation: { state: 'accepted', reason: 'By design', approver: 'dana' } })],
  ['one with a rejected mitigation', sampleFinding({ mitigation: { state: 'rejected', reason: null, approver: 'dana' } })],
  ['a waived one', sampleFinding({ standing: 'waived', status: 'new', waiver: { reason: 'Behind the gateway', owner: 'ann@example.com', expires: '2027-01-31' } })],
  ['a fixed one that nobody judged', sampleFinding({ standing: null, status: 'fixed', affectsPolicy: false, description: 'One.\n\nTwo <b>bold</b>.' })],
  ['a manual one with nothing but a kind', sampleFinding({ kind: 'manual', cwe: null, cweName: null, category: null, location: nowhere, affectsPolicy: null, exploitability: null, remediationEffort: null, firstFoundAt: null })],
];

/** Words of the layout: each page has its own headings around the same facts. */
const LAYOUT: ReadonlySet<string> = new Set(['waiver', 'waived', 'mitigation', 'severity', 'against', 'policy', 'yes', 'facts', 'data', 'path', 'of', 'the', 'line', 'in', 'repository', 'by', 'until', '1', '2']);

/** What a reader gets of one finding. */
interface Content {
  readonly text: string;
  readonly links: readonly string[];
  /** Paragraphs below the heading about the fix. */
  readonly advice: readonly string[];
  readonly steps: readonly string[];
}

/** Runs in the page: texts are joined with blanks, as some pages draw them by style. */
const READ = String.raw`(root) => {
  const textOf = (node) => { const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT); const parts = []; while (walker.nextNode()) parts.push(walker.currentNode.data); return parts.join(' ').replace(/\s+/gu, ' ').trim(); };
  const advice = [];
  for (let node = [...root.querySelectorAll('h3, h4')].find((heading) => heading.textContent === 'How to fix it')?.nextElementSibling; node?.matches('p'); node = node.nextElementSibling) advice.push(textOf(node));
  return { text: textOf(root), links: [...root.querySelectorAll('a')].map((link) => link.href), advice, steps: [...root.querySelectorAll('ol > li')].map(textOf) };
}`;

async function contentOf(page: Page, root: string): Promise<Omit<Content, 'text'> & { readonly words: readonly string[] }> {
  const { text, links, ...rest } = await page.evaluate<Content>(`(${READ})(document.querySelector(${JSON.stringify(root)}))`);
  const words = new Set(text.toLowerCase().split(/[\s,:;()·]+/u).map((word) => word.replace(/\.$/u, '')));
  return { ...rest, links: [...new Set(links)].toSorted(), words: [...words].filter((word) => word !== '' && !LAYOUT.has(word)).toSorted() };
}

withChromium('html and html-static have the same content', (executable) => {
  describe('html and html-static have the same content', () => {
    let browser: Browser;
    let page: Page;
    let folder: string;

    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: executable });
      page = await browser.newPage();
      folder = await mkdtemp(join(tmpdir(), 'verapipe-same-'));
    });
    afterAll(async () => {
      await browser.close();
      await rm(folder, { recursive: true });
    });

    async function open(format: 'html' | 'html-static', finding: JudgedFinding): Promise<void> {
      const file = join(folder, `${format}.html`);
      await writeFile(file, await readReport(format, reportInput([finding])));
      await page.goto(pathToFileURL(file).href);
    }

    it.each(CASES)('about %s', async (_name, finding) => {
      await open('html', finding);
      const shown = await contentOf(page, 'article.details');
      await open('html-static', finding);
      const plain = await contentOf(page, 'main > section > details');
      expect(plain).toEqual(shown);
      expect(shown.words.length).toBeGreaterThan(5);
    });

    it('with advice on a component, whether there is a CWE or not', async () => {
      const sentence = 'Use a version of log4you.jar without CVE-2026-0001, or another component.';
      for (const format of ['html', 'html-static'] as const) {
        for (const cwe of [502, null]) {
          await open(format, scaFinding({ cwe }));
          expect({ format, cwe, text: await page.locator('main').innerHTML() }).toEqual({ format, cwe, text: expect.stringContaining(sentence) });
        }
      }
    });
  });
});
