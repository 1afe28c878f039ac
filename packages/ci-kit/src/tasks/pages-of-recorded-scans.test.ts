import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { withFacts } from '../../test/facts.js';
import { type LocalTasks, startLocalTasks } from '../../test/local-task.js';
import { runReport } from './report.js';

interface Printed {
  readonly counts: { readonly total: number; readonly bySeverity: Readonly<Record<string, number>> };
}

let local: LocalTasks;
beforeEach(async () => {
  local = await startLocalTasks();
});
afterEach(() => local.close());

/** Severities of the findings that the page's script will read. */
function severitiesOf(html: string): readonly number[] {
  const blocks = [...html.matchAll(/<script type="application\/json" class="findings">(.*?)<\/script>/gsu)];
  return blocks.flatMap(([, json = '']) => (JSON.parse(json) as readonly (readonly [id: string, kind: string, severity: number])[]).map(([, , severity]) => severity));
}

function tallyOf(severities: readonly number[]): Readonly<Record<string, number>> {
  const tally: Record<string, number> = { 0: 0, 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };
  for (const severity of severities) tally[severity] = (tally[severity] ?? 0) + 1;
  return tally;
}

describe('pages of recorded scans', () => {
  withFacts('have the findings that are in the file', (facts) => {
    it.each([
      'xml/detailedreport-1.4-dynamic-17-flaws.xml',
      'xml/detailedreport-1.4-static-and-dynamic-dvwa.xml',
      'xml/detailedreport-1.4-static-webgoat-180-flaws.xml',
      'xml/detailedreport-1.5-mitigation-accepted.xml',
      'xml/detailedreport-1.5-sca-only-maven.xml',
      'xml/detailedreport-1.5-small-mitigations-annotations-sca.xml',
      'rest/pipeline/verademo-145-results.json',
      'rest/pipeline/verademo-18-results-new-fields.json',
      'rest/pipeline/small-3-results-with-stacks.json',
      'rest/pipeline/webgoat-76-results.json',
      'rest/pipeline/empty-results.json',
    ])('have the findings that are in %s', async (file) => {
      const from = join(facts, 'veracode-api', 'samples', file);
      const { result, printed } = await local.run(runReport, 'report', { from: [from], report: ['html=page.html', 'html-static=static.html'], json: true });
      expect(result).toMatchObject({ exitCode: 0 });
      const { counts } = JSON.parse(printed) as Printed;

      const page = await local.read('page.html');
      expect(tallyOf(severitiesOf(page))).toEqual(counts.bySeverity);
      const plain = await local.read('static.html');
      expect(plain.match(/<dt>Id<\/dt>/gu)?.length ?? 0).toBe(counts.total);
      for (const text of [page, plain]) expect(text).toContain('<title>NO VERDICT: ');
    });
  });
});
