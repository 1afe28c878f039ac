import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

import { TEMPLATES } from '../src/template/templates.js';
import { expandTemplate } from './expand-template.js';
import { schemaFaults } from './gitlab-files.js';
import { PACKAGE } from './template-files.js';

interface Pipeline {
  readonly include: readonly { readonly component?: string; readonly remote?: string; readonly file?: string; readonly inputs: Readonly<Record<string, unknown>> }[];
  readonly [job: string]: unknown;
}

const EXAMPLES = readdirSync(join(PACKAGE, 'examples'));

function templateOf({ component, remote, file }: Pipeline['include'][number]): string {
  const address = component ?? remote ?? file ?? '';
  return TEMPLATES.find(({ name }) => address.includes(`/${name}@`) || address.includes(`/${name}/`))?.name ?? address;
}

describe.each(['.gitlab-ci.yml', ...EXAMPLES.map((file) => join('examples', file))])('%s', (file) => {
  const pipeline = parse(readFileSync(join(PACKAGE, file), 'utf8')) as Pipeline;

  it('is valid, and its includes take what they are given', () => {
    expect(schemaFaults('gitlab-ci', pipeline)).toEqual([]);
    for (const include of pipeline.include) {
      const { image: _image, ...inputs } = include.inputs;
      const expanded = expandTemplate(templateOf(include), { image: 'registry.example.org/veracode:1', ...inputs });
      const matrix = inputs['use-matrix'] === true ? '_matrix_true' : '_matrix_false';
      expect(schemaFaults('gitlab-ci', Object.fromEntries(Object.entries(expanded).filter(([name]) => !name.startsWith('.') || name.endsWith(matrix))))).toEqual([]);
      expect(include.inputs['image']).toEqual(expect.stringMatching(/^[^\s"'#]+$/u));
    }
  });

  it('adds to jobs that the component has', () => {
    const jobs = pipeline.include.flatMap((include) => Object.keys(expandTemplate(templateOf(include), { ...include.inputs, image: 'x' })));
    expect(Object.keys(pipeline).filter((name) => name.startsWith('veracode_') && !jobs.includes(name))).toEqual([]);
  });
});

describe('the schemas of reports', () => {
  it.each(['gitlab-sast-report-15.2.1', 'gitlab-dependency-scanning-report-15.2.1', 'gitlab-code-quality'])('%s is the one that the formats are tested with', (name) => {
    const other = join(PACKAGE, '..', 'reports', 'test', 'schemas', `${name}.json`);
    expect(readFileSync(join(PACKAGE, 'test', 'schemas', `${name}.json`), 'utf8')).toBe(readFileSync(other, 'utf8'));
  });
});
