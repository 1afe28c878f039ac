import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { FindingTally } from '@verapipe/core';
import { Ajv, type AnySchema, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';

import { settingsOf } from '../../test/emulated-run.js';
import { withFacts } from '../../test/facts.js';
import { pipelineEntry, pipelineText, resultsText } from '../../test/findings-files.js';
import { type LocalTasks, startLocalTasks } from '../../test/local-task.js';
import { readOptions } from '../options/read-options.js';
import { countIn, endsIn } from '../../test/report-readers.js';
import { runReport } from './report.js';

/** Files of findings among the recordings. */
const RECORDED = ['rest/pipeline/*{results,baseline}*.json', 'rest/findings/*.json', 'xml/**/detailedreport*.xml'];

/** Official schemas lie beside the tests of the formats. */
const SCHEMAS = join(dirname(createRequire(import.meta.url).resolve('@verapipe/reports/package.json')), 'test', 'schemas');

function schemaOf(name: string): ValidateFunction {
  const ajv = new Ajv({ strict: false });
  formats.default(ajv);
  return ajv.compile(JSON.parse(readFileSync(join(SCHEMAS, `${name}.json`), 'utf8')) as AnySchema);
}

const JSON_FORMATS = { sarif: 'sarif-2.1.0', 'gitlab-sast': 'gitlab-sast-report-15.2.1', 'gitlab-dependency-scanning': 'gitlab-dependency-scanning-report-15.2.1', 'gitlab-code-quality': 'gitlab-code-quality' } as const;

interface Security {
  readonly vulnerabilities: readonly unknown[];
  readonly scan: { readonly messages: readonly { readonly value: string }[] };
}
interface Sarif {
  readonly runs: readonly [{ readonly properties: { readonly counts: FindingTally } }];
}

let local: LocalTasks;
beforeEach(async () => {
  local = await startLocalTasks();
});
afterEach(() => local.close());

async function json<T>(name: string): Promise<T> {
  return JSON.parse(await local.read(name)) as T;
}

/** Open findings of components. */
async function openComponents(): Promise<number> {
  return endsIn((await local.read('ndjson')).split('\n').filter((line) => line.includes('"kind":"sca"')).join('\n')).open;
}

/** Findings that a report of GitLab holds, and those that it says it leaves out. */
async function heldAndLeftOut(name: string): Promise<{ readonly held: number; readonly leftOut: number }> {
  const { vulnerabilities, scan } = await json<Security>(name);
  const leftOut = scan.messages.filter(({ value }) => value.startsWith('Left out')).map(({ value }) => Number(/: (\d+) /u.exec(value)?.[1]));
  return { held: vulnerabilities.length, leftOut: leftOut.reduce((sum, number) => sum + number, 0) };
}

describe('runReport of recorded files', () => {
  withFacts('is valid for its readers, and counts as the file does', (folder) => {
    const samples = join(folder, 'veracode-api', 'samples');
    const validators = Object.entries(JSON_FORMATS).map(([format, schema]) => [format, schemaOf(schema)] as const);

    it.each(globSync(RECORDED, { cwd: samples, absolute: false }).sort())('%s', async (sample) => {
      const report = [...Object.keys(JSON_FORMATS), 'gitlab-annotations', 'dotenv', 'ndjson'].map((format) => `${format}=${format}`);
      const { result, printed } = await local.run(runReport, 'report', { from: join(samples, sample), report, json: true });
      expect(result).toEqual({ kind: 'done', exitCode: 0 });
      const isPipeline = sample.startsWith('rest/pipeline/');
      for (const [format, validate] of validators) {
        if (isPipeline && format === 'gitlab-dependency-scanning') continue;
        validate(await json(format));
        expect({ format, errors: validate.errors }).toEqual({ format, errors: null });
      }

      const { counts } = JSON.parse(printed) as { counts: FindingTally };
      const [run] = (await json<Sarif>('sarif')).runs;
      const flaws = await heldAndLeftOut('gitlab-sast');
      const open = Object.values(counts.openBySeverity).reduce((sum, number) => sum + number, 0);
      expect(run.properties.counts).toEqual(counts);
      const ends = endsIn(await local.read('ndjson'));
      const sarif = await local.read('sarif');
      expect({ open: countIn('sarif', sarif, /^\d$/u), settled: countIn('sarif', sarif, /suppressed/u) }).toEqual({ open, settled: ends.settled });
      expect(ends).toEqual({ open, settled: ends.settled, fixed: counts.total - open - ends.settled });
      expect(flaws.held + flaws.leftOut).toBe(counts.total);
      if (isPipeline) await expect(local.read('gitlab-dependency-scanning')).rejects.toMatchObject({ code: 'ENOENT' });
      else {
        const components = await heldAndLeftOut('gitlab-dependency-scanning');
        expect(components.held + components.leftOut).toBe(counts.total);
        expect(components.held).toBe(await openComponents());
      }
      expect(await json<readonly unknown[]>('gitlab-code-quality')).toHaveLength(open);
      expect(await local.read('dotenv')).toContain(`VERACODE_RESULT_FINDINGS=${String(counts.total)}\n`);
    });
  });
});

describe('runReport of a pipeline scan', () => {
  it.each(['gitlab-dependency-scanning', 'cyclonedx-vex'])('writes no %s, says so, and removes that of another scan', async (format) => {
    await local.write('results.json', pipelineText([pipelineEntry(5)]));
    await local.write('old', 'of yesterday');
    const { result, printed } = await local.run(runReport, 'report', { from: 'results.json', report: [`${format}=old`] });
    expect(result).toEqual({ kind: 'done', exitCode: 0 });
    expect(printed).toContain(`${format}: not written: a pipeline scan looks at no components, and old would close what other scans found\n`);
    await expect(local.read('old')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('runReport of our results', () => {
  it('writes a dotenv file that is no fault for a later command', async () => {
    await local.write('verapipe-results.json', resultsText());
    await local.run(runReport, 'report', { report: ['dotenv=scan.env'] });
    const env = Object.fromEntries((await local.read('scan.env')).trimEnd().split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
    expect(env).toMatchObject({ VERACODE_RESULT_VERDICT: 'fail' });
    expect(readOptions('gate', settingsOf({}), env).issues).toEqual([]);
  });

  it.each(['gitlab-sast', 'gitlab-dependency-scanning', 'gitlab-code-quality'])('writes no %s of a failed run, and removes that of an earlier one', async (format) => {
    await local.write('verapipe-results.json', resultsText({ counts: null, verdict: 'none', proof: null, findings: [] }));
    await local.write('old', 'of yesterday');
    const { result, printed } = await local.run(runReport, 'report', { report: [`${format}=old`] });
    expect(result).toEqual({ kind: 'done', exitCode: 0 });
    expect(printed).toContain(`${format}: not written: the run came to no results`);
    await expect(local.read('old')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
