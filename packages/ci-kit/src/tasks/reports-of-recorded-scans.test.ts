import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { FindingTally } from '@verapipe/core';
import { Ajv, type AnySchema } from 'ajv';
import formats from 'ajv-formats';
import { globSync } from 'tinyglobby';
import { validateXML } from 'xmllint-wasm';

import { withFacts } from '../../test/facts.js';
import { type LocalTasks, startLocalTasks } from '../../test/local-task.js';
import { countIn, endsIn, READERS } from '../../test/report-readers.js';
import { runReport } from './report.js';

const SCHEMAS = join(dirname(createRequire(import.meta.url).resolve('@verapipe/reports/package.json')), 'test', 'schemas');
const FORMATS = ['junit', 'sonar', 'code-insights', 'markdown', 'csv', 'ndjson', 'cyclonedx-vex', 'html', 'html-static'] as const;
/** The most that Bitbucket takes. */
const MAX_ANNOTATIONS = 1000;

let local: LocalTasks;
beforeEach(async () => {
  local = await startLocalTasks();
});
afterEach(() => local.close());

async function json<T>(name: string): Promise<T> {
  return JSON.parse(await local.read(name)) as T;
}

function schemaOfInsights(): ReturnType<Ajv['compile']> {
  const ajv = new Ajv({ strict: false });
  formats.default(ajv);
  return ajv.compile(JSON.parse(readFileSync(join(SCHEMAS, 'bitbucket-code-insights.json'), 'utf8')) as AnySchema);
}

async function faultsOfJunit(xml: string): Promise<readonly string[]> {
  const schema = readFileSync(join(SCHEMAS, 'junit-10.xsd'), 'utf8');
  const { errors } = await validateXML({ xml: [{ fileName: 'junit.xml', contents: xml }], schema: [{ fileName: 'junit-10.xsd', contents: schema }] });
  return errors.map(({ rawMessage }) => rawMessage);
}

describe('reports of recorded scans', () => {
  withFacts('are valid, and count as the file does', (folder) => {
    const samples = join(folder, 'veracode-api', 'samples');
    const validate = schemaOfInsights();

    it.each(globSync(['rest/pipeline/*{results,baseline}*.json', 'rest/findings/*.json', 'xml/**/detailedreport*.xml'], { cwd: samples }).sort())('%s', async (sample) => {
      const { result, printed } = await local.run(runReport, 'report', { from: join(samples, sample), report: FORMATS.map((format) => `${format}=${format}`), json: true });
      expect(result).toEqual({ kind: 'done', exitCode: 0 });
      const { counts } = JSON.parse(printed) as { counts: FindingTally };
      const open = Object.values(counts.openBySeverity).reduce((sum, number) => sum + number, 0);

      const junit = await local.read('junit');
      expect(await faultsOfJunit(junit)).toEqual([]);
      const ends = endsIn(await local.read('ndjson'));
      expect(ends.open).toBe(open);
      expect(READERS.junit.counts(junit)).toEqual({ failures: ends.open, skipped: ends.settled, passed: ends.fixed, errors: 0 });
      const insights = await json<{ readonly annotations: readonly (readonly unknown[])[] }>('code-insights');
      expect({ valid: validate(insights), errors: validate.errors }).toEqual({ valid: true, errors: null });
      // What is fixed is nothing to annotate.
      const lines = (await local.read('ndjson')).trimEnd().split('\n').filter((line) => line !== '' && !line.includes('"status":"fixed"'));
      expect(insights.annotations.flat()).toHaveLength(Math.min(lines.length, MAX_ANNOTATIONS));
      expect((await json<{ readonly issues: readonly unknown[] }>('sonar')).issues).toHaveLength(open);
      if (sample.startsWith('rest/pipeline/')) await expect(local.read('cyclonedx-vex')).rejects.toMatchObject({ code: 'ENOENT' });
      else expect(countIn('cyclonedx-vex', await local.read('cyclonedx-vex'))).toBe(counts.byKind.sca);
      expect((await local.read('ndjson')).split('\n').length - 1).toBe(counts.total);
      const csv = await local.read('csv');
      expect(csv.startsWith('id,kind,severity,')).toBe(true);
      expect(countIn('csv', csv)).toBe(counts.total);
      const markdown = await local.read('markdown');
      expect(markdown.length).toBeLessThanOrEqual(65_536);
      expect({ open: countIn('markdown', markdown, /all\*\* open/u), total: countIn('markdown', markdown, /all\*\* in all/u) }).toEqual({ open, total: counts.total });
      for (const page of ['html', 'html-static'] as const) {
        const text = await local.read(page);
        expect(text.trimEnd().endsWith('</html>')).toBe(true);
        const told = { open: countIn(page, text, /open/u), total: countIn(page, text, /in all/u), listed: countIn(page, text, /listed/u) };
        expect([page, told]).toEqual([page, { open, total: counts.total, listed: counts.total }]);
      }
    });
  });
});
