import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { Ajv, type AnySchema, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

import { readVariables } from '../src/variables/read-variables.js';
import { PACKAGE } from './package-files.js';

interface PipeCall {
  readonly pipe: string;
  readonly variables: Readonly<Record<string, string | readonly string[]>>;
}

function faults(schema: 'bitbucket-pipelines' | 'pipe-yml', document: unknown): readonly string[] {
  const ajv = new Ajv({ strict: false });
  formats.default(ajv);
  const validate: ValidateFunction = ajv.compile(JSON.parse(readFileSync(new URL(`schemas/${schema}.json`, import.meta.url), 'utf8')) as AnySchema);
  void validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message ?? ''}`);
}

function read(file: string): unknown {
  return parse(readFileSync(join(PACKAGE, file), 'utf8'));
}

/** Every call of a pipe, wherever its step stands. */
function pipesIn(node: unknown): readonly PipeCall[] {
  if (typeof node !== 'object' || node === null) return [];
  const below = Object.values(node).flatMap(pipesIn);
  return 'pipe' in node ? [node as PipeCall, ...below] : below;
}

/** What the pipe sees when every variable of the pipeline exists. */
function environmentOf({ variables }: PipeCall): Readonly<Record<string, string>> {
  const filled = (text: string): string => text.replace(/^\$\w+$/u, 'made-up');
  return Object.fromEntries(Object.entries(variables).flatMap(([name, value]): readonly (readonly [string, string])[] => (typeof value === 'string' ? [[name, filled(value)]] : [[`${name}_COUNT`, String(value.length)], ...value.map((item, index) => [`${name}_${index}`, item] as const)])));
}

describe('pipe.yml', () => {
  it('has what published pipes have, and names a pinned image', () => {
    expect(faults('pipe-yml', read('pipe.yml'))).toEqual([]);
    expect(faults('pipe-yml', { ...(read('pipe.yml') as object), image: 'veracode:latest' })).toEqual([expect.stringContaining('/image')]);
  });
});

describe.each(readdirSync(join(PACKAGE, 'examples')).filter((file) => file.endsWith('.yml')))('%s', (file) => {
  const pipeline = read(join('examples', file));

  it('is a pipeline', () => {
    expect(faults('bitbucket-pipelines', pipeline)).toEqual([]);
    const spoilt = JSON.parse(JSON.stringify(pipeline).replaceAll('"step":{', '"step":{"max-time":"long",')) as unknown;
    expect(faults('bitbucket-pipelines', spoilt)).not.toEqual([]);
  });

  it('gives the pipe variables that it takes', () => {
    for (const call of pipesIn(pipeline)) {
      expect(call.pipe).toMatch(/^docker:\/\/\S+:\d/u);
      expect(readVariables(environmentOf(call))).toMatchObject({ issues: [], notices: [] });
    }
  });
});

describe('the README', () => {
  it('has the sections that are customary, and an example that the pipe takes', () => {
    const readme = readFileSync(join(PACKAGE, 'README.md'), 'utf8');
    expect([...readme.matchAll(/^## (.+)$/gmu)].map(([, title]) => title)).toEqual(expect.arrayContaining(['YAML definition', 'Variables', 'Prerequisites', 'Examples', 'Support']));
    const [, yaml = ''] = /```yaml\n([^]+?)```/u.exec(readme) ?? [];
    const [call] = pipesIn(parse(yaml));
    expect(call).toBeDefined();
    if (call !== undefined) expect(readVariables(environmentOf(call))).toMatchObject({ issues: [], notices: [] });
  });
});

describe('the entry', () => {
  it('is short', () => {
    const files = readdirSync(join(PACKAGE, 'src'), { withFileTypes: true }).filter((entry) => entry.isFile() && !/\.test\.ts$/u.test(entry.name));
    const lines = files.flatMap(({ name }) => readFileSync(join(PACKAGE, 'src', name), 'utf8').trimEnd().split('\n'));
    expect(lines.length).toBeLessThanOrEqual(300);
  });
});
