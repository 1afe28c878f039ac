import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Frame, type FrameLocator, type Page } from 'playwright-core';

import { withChromium } from './chromium.js';
import { type KeptAttachment, startTabHost, type TabHost } from './tab-host.js';
import { PACKAGE, startTaskWorld } from './task-world.js';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Two runs of the task, as the agent sent their attachments to the server. */
async function attachmentsOfTwoRuns(): Promise<readonly KeptAttachment[]> {
  const world = await startTaskWorld({ pipelineScans: [{ findings: [] }] });
  try {
    const runs = await Promise.all([world.run({ app: 'Shop', createProfile: 'true', file: 'shop.jar' }), world.run({ command: 'pipelineScan', file: 'shop.jar', outputDir: 'side' })]);
    return runs.flatMap(({ attachments }, index) => attachments.map((one) => ({ ...one, recordId: `record-${String(index)}` })));
  } finally {
    await world.close();
  }
}

withChromium('the tab in a real browser', (executable) => {
  describe('the tab in a real browser', () => {
    let browser: Browser;
    let host: TabHost;
    const contexts: BrowserContext[] = [];

    beforeAll(async () => {
      const two = await attachmentsOfTwoRuns();
      const [broken] = two.filter(({ type }) => type === 'verapipe-summary');
      host = await startTabHost(join(PACKAGE, 'dist', 'extension', 'tab'), { 1: two.filter(({ recordId }) => recordId === 'record-0'), 2: two, 5: two.filter(({ recordId }) => recordId === 'record-0').flatMap((one) => [one, { ...one, recordId: 'record-again' }]), 4: broken === undefined ? [] : [broken] });
      browser = await chromium.launch({ executablePath: executable, args: ['--no-sandbox'] });
    });
    afterEach(async () => {
      for (const context of contexts.splice(0)) await context.close();
    });
    afterAll(async () => {
      await browser.close();
      await host.close();
    });

    async function open(buildId: number, theme: 'light' | 'dark' = 'light'): Promise<{ readonly page: Page; readonly tab: FrameLocator; readonly complaints: readonly string[] }> {
      // The host's theme decides, whatever the system prefers.
      const context = await browser.newContext({ colorScheme: theme === 'dark' ? 'light' : 'dark', viewport: { width: 1280, height: 900 } });
      contexts.push(context);
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(host.url(theme, buildId));
      const tab = page.frameLocator('iframe[title="Veracode"]');
      await tab.locator('#tab:not([aria-busy])').waitFor();
      return { page, tab, complaints };
    }

    function reportIn(tab: FrameLocator): FrameLocator {
      return tab.frameLocator('iframe[title^="Report: "]');
    }

    /** For people, who look at them: where the variable names a folder. */
    async function keepPicture(page: Page, name: string): Promise<void> {
      const folder = process.env['VERAPIPE_PICTURES'];
      if (folder !== undefined) await page.screenshot({ path: join(folder, `azure-tab-${name}.png`) });
    }

    async function violations(frame: Frame): Promise<readonly string[]> {
      await frame.evaluate(await readFile(AXE, 'utf8'));
      const { violations: found } = await frame.evaluate<AxeResults>("axe.run({ resultTypes: ['violations'], iframes: false })");
      return found.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
    }

    it.each(['light', 'dark'] as const)('shows verdict, severities, findings and links of a run, %s', async (theme) => {
      const { page, tab, complaints } = await open(1, theme);
      const report = reportIn(tab);
      await report.locator('.status').waitFor();
      expect(await report.locator('.badge').textContent()).toBe('FAIL');
      expect(await report.locator('.status').textContent()).toBe('7 findings');
      expect(await report.locator('.chip').count()).toBe(4);
      await report.locator('#search').fill('cwe-89');
      expect(await report.locator('.status').textContent()).toBe('1 of 7 findings');
      expect(await report.getByRole('link', { name: 'Scan on the platform' }).count()).toBe(1);
      expect(await tab.locator('[role="tablist"]').count()).toBe(0);
      const ground = await page.frames().at(-1)?.evaluate('getComputedStyle(document.body).backgroundColor');
      expect(ground).toBe(theme === 'dark' ? 'rgb(18, 20, 26)' : 'rgb(244, 245, 248)');
      await keepPicture(page, theme);
      for (const frame of page.frames().slice(1)) expect(await violations(frame)).toEqual([]);
      expect(complaints).toEqual([]);
      expect(host.unauthorised).toEqual([]);

      // The report is kept apart from the host: it has no origin, and links open beside it.
      const frame = page.frames().at(-1);
      expect(await frame?.evaluate('self.origin')).toBe('null');
      expect(await frame?.evaluate("(() => { try { return parent.document.title; } catch { return 'refused'; } })()")).toBe('refused');
      expect(await frame?.evaluate('document.querySelector("base").target')).toBe('_blank');
    });

    it('lets two runs of one build be chosen, also with keys', async () => {
      const { page, tab, complaints } = await open(2);
      const tabs = tab.getByRole('tab');
      expect(await tabs.allTextContents()).toEqual([expect.stringMatching(/^FAIL: scan of Shop, azure [^,]+$/u), expect.stringMatching(/^PASS: pipelineScan/u)]);
      await reportIn(tab).locator('.badge').waitFor();
      await tabs.first().focus();
      await page.keyboard.press('ArrowRight');
      expect(await tabs.nth(1).getAttribute('aria-selected')).toBe('true');
      await reportIn(tab).getByText('PASS', { exact: true }).first().waitFor();
      await keepPicture(page, 'two-runs');
      const frame = page.frames()[1];
      expect(frame === undefined ? ['no tab'] : await violations(frame)).toEqual([]);
      expect(complaints).toEqual([]);
    });

    it('tells two attempts of one job apart', async () => {
      const { tab } = await open(5);
      expect(await tab.getByRole('tab').allTextContents()).toEqual([expect.stringMatching(/^FAIL: scan of Shop, .+ \(1\)$/u), expect.stringMatching(/^FAIL: scan of Shop, .+ \(2\)$/u)]);
    });

    it.each([
      [3, 'No run of the task has left results in this build.'],
      [4, 'this run left no report.'],
    ])('says what there is in build %p: %p', async (buildId, text) => {
      const { tab } = await open(buildId);
      expect(await tab.locator('#tab').textContent()).toContain(text);
    });

    it('says it when the server does not answer as it should, and shows the results once it does', async () => {
      const { page, tab } = await open(1);
      await reportIn(tab).locator('.badge').waitFor();
      const changed = (): Promise<unknown> => page.evaluate('tellBuildChanged()');
      await page.route('**/_apis/**', (route) => route.fulfill({ status: 503, body: 'busy' }));
      await changed();
      await tab.getByRole('alert').waitFor();
      expect(await tab.getByRole('alert').textContent()).toContain('The results of this build could not be read');
      await page.unroute('**/_apis/**');
      await changed();
      await reportIn(tab).locator('.badge').waitFor();
      expect(await tab.getByRole('alert').count()).toBe(0);
    });
  });
});
