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
      expect(junit.split('<testcase ').length - 1).toBeGreaterThanOrEqual(counts.total);
      const insights = await json<{ readonly annotations: readonly (readonly unknown[])[] }>('code-insights');
      expect({ valid: validate(insights), errors: validate.errors }).toEqual({ valid: true, errors: null });
      // What is fixed is nothing to annotate.
      const lines = (await local.read('ndjson')).trimEnd().split('\n').filter((line) => line !== '' && !line.includes('"status":"fixed"'));
      expect(insights.annotations.flat()).toHaveLength(Math.min(lines.length, MAX_ANNOTATIONS));
      expect((await json<{ readonly issues: readonly unknown[] }>('sonar')).issues).toHaveLength(open);
      expect((await json<{ readonly vulnerabilities?: readonly unknown[] }>('cyclonedx-vex')).vulnerabilities ?? []).toHaveLength(counts.byKind.sca);
      expect((await local.read('ndjson')).split('\n').length - 1).toBe(counts.total);
      expect((await local.read('csv')).startsWith('id,kind,severity,')).toBe(true);
      expect((await local.read('markdown')).length).toBeLessThanOrEqual(65_536);
      for (const page of ['html', 'html-static']) expect((await local.read(page)).trimEnd().endsWith('</html>')).toBe(true);
    });
  });
});
