import { readFileSync } from 'node:fs';

import { readOptions } from '@verapipe/ci-kit';
import { afterEach, describe, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';

import type { ComponentInput } from '../src/template/component-input.js';
import { TEMPLATES } from '../src/template/templates.js';
import { expandTemplate, type Inputs } from './expand-template.js';
import { schemaFaults } from './gitlab-files.js';
import { type LocalProject, startLocalProject, withLocalCi } from './local-ci.js';
import { pairwiseRows, type Row } from './pairwise.js';
import { templateFile } from './template-files.js';

/** Texts that would end a quoted scalar, begin a comment, a key, a list or a tag, or be a variable or a value of another type. */
const AWKWARD = ['', `Shop: "a" # 'b'`, '- {x: [y]} & *z !tag | > % @ `', '$MODULE/$$x \\n \\', 'true', '0123'];

const REQUIRED: Readonly<Record<string, unknown>> = { image: 'registry.example.org/group/veracode@sha256:0f', app: 'Shop', file: ['a.jar'] };

/** What an input may be, with the ends of its range first. */
function valuesOf({ name, type, options, regex }: ComponentInput): readonly unknown[] {
  if (options !== undefined) return options;
  if (name === 'matrix') return [[], [{ MODULE: ['cart', 'shop: a'] }, { MODULE: 'pay', X: '1' }]];
  if (name === 'allowed-exit-codes') return [[8], [1, 8]];
  if (name === 'image') return [REQUIRED['image'], 'node'];
  if (type === 'array') return [[], ['a: "b" # c', `d, 'e'`], [`[x].war`]];
  if (type === 'boolean') return [false, true];
  if (type === 'number') return [1, 1000];
  return [...AWKWARD, 'veracode', '7'].filter((text) => new RegExp(regex ?? '', 'u').test(text));
}

function rowsOf(name: string): readonly Row[] {
  const inputs = TEMPLATES.find((template) => template.name === name)?.inputs ?? [];
  return pairwiseRows(Object.fromEntries(inputs.map((input) => [input.name, valuesOf(input)])));
}

/** The jobs of a template by the end of their names. */
function jobOf(expanded: Readonly<Record<string, unknown>>, end: string): { readonly variables: Readonly<Record<string, string>>; readonly [key: string]: unknown } {
  const [, job] = Object.entries(expanded).find(([name]) => name.endsWith(end) && !name.startsWith('.')) ?? [];
  return job as ReturnType<typeof jobOf>;
}

describe.each(TEMPLATES)('$name', ({ name, inputs }) => {
  const rows = rowsOf(name);

  it('has a header that GitLab takes', () => {
    const [header] = parseAllDocuments(readFileSync(templateFile(name), 'utf8')).map((document) => document.toJS() as unknown);
    expect(schemaFaults('gitlab-ci', header)).toEqual([]);
  });

  it('is valid with every two values of two inputs together, and hands each one on as it was written', () => {
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) {
      const expanded = expandTemplate(name, row);
      // A hidden job is a part for others: GitLab does not check one that nobody extends.
      const used = Object.fromEntries(Object.entries(expanded).filter(([key]) => !key.startsWith('.') || key.endsWith(`_${String(row['use-matrix'])}`)));
      if (!(row['use-matrix'] === true && (row['matrix'] as unknown[]).length === 0)) expect(schemaFaults('gitlab-ci', used)).toEqual([]);
      // The schema does not say so, and GitLab does.
      expect(Object.values(expanded)).not.toContainEqual({});
      const { variables } = jobOf(expanded, name === 'veracode-preflight' ? '_preflight' : '_sast');
      for (const { variable, name: input } of inputs.filter((candidate) => candidate.variable !== null && candidate.variable in variables)) {
        const value = row[input];
        const text = typeof value === 'string' ? value : JSON.stringify(value);
        expect([input, variables[variable ?? '']]).toEqual([input, text]);
      }
    }
  });

  it('is understood by the command where it is filled in sensibly', () => {
    const sensible = { ...Object.fromEntries(Object.entries(REQUIRED).filter(([input]) => inputs.some((declared) => declared.name === input))) };
    const command = name === 'veracode-preflight' ? 'preflight' : name === 'veracode-scan' ? 'scan' : 'pipeline-scan';
    const { variables } = jobOf(expandTemplate(name, { ...sensible, file: ['a, b.jar', '[ab].war'] }), name === 'veracode-preflight' ? '_preflight' : '_sast');
    const { issues, values } = readOptions(command, [], variables);
    expect(issues).toEqual([]);
    expect(values.file).toEqual(['a, b.jar', '[ab].war']);
  });
});

/** Inputs that GitLab refuses, and what it says. */
const WRONG: readonly (readonly [name: string, template: string, inputs: Inputs, message: string])[] = [
  ['an unknown severity', 'veracode-scan', { ...REQUIRED, 'fail-on-severity': 'sometimes' }, '`fail-on-severity` input: `sometimes` cannot be used because it is not in the list of allowed options'],
  ['no application', 'veracode-scan', { image: 'x', file: ['a'] }, '`app` input: required value has not been provided'],
  ['no image', 'veracode-preflight', {}, '`image` input: required value has not been provided'],
  ['a text for a number', 'veracode-scan', { ...REQUIRED, 'rate-share': 'many' }, '`rate-share` input: provided value is not a number'],
  ['a text for a list', 'veracode-pipeline-scan', { image: 'x', file: 'a.jar' }, '`file` input: provided value is not a array'],
  ['minutes in words', 'veracode-scan', { ...REQUIRED, timeout: 'soon' }, '`timeout` input: provided value does not match required RegEx pattern'],
  ['two lines', 'veracode-scan', { ...REQUIRED, app: 'a\n      VERAPIPE_REPORT_ONLY: "true"' }, '`app` input: provided value does not match required RegEx pattern'],
  ['a folder that is none', 'veracode-scan', { ...REQUIRED, 'report-dir': '../up: x' }, '`report-dir` input: provided value does not match required RegEx pattern'],
  ['another mode', 'veracode-scan', { ...REQUIRED, mode: 'scan-only' }, '`mode` input: `scan-only` cannot be used because it is not in the list of allowed options'],
];

describe('a wrong input', () => {
  it.each(WRONG)('is refused: %s', (_name, template, inputs, message) => {
    expect(() => expandTemplate(template, inputs)).toThrow(message);
  });

  it('is refused: one that does not exist', () => {
    expect(() => expandTemplate('veracode-scan', { ...REQUIRED, tiemout: '5' })).toThrow('unknown input arguments: tiemout');
  });
});

withLocalCi('the local runner of GitLab pipelines', () => {
  let project: LocalProject;
  afterEach(() => project.close());

  it('says of wrong inputs what GitLab says', async () => {
    project = await startLocalProject();
    for (const [, template, inputs, message] of WRONG.filter(([name]) => !name.startsWith('two lines'))) {
      const said = (await project.preview([{ template, inputs: { image: undefined, ...inputs } }])).replaceAll('\n', ' ');
      // It says of a pattern which one it is.
      for (const part of message.replace(/ RegEx pattern$/u, '').split('provided value ')) expect(said).toContain(part.trim());
    }
  });

  it('takes combinations of all templates, each under a name of its own', async () => {
    project = await startLocalProject();
    const includes = TEMPLATES.flatMap(({ name }) =>
      rowsOf(name)
        .filter((row) => row['use-matrix'] !== true || (row['matrix'] as unknown[]).length > 0)
        .slice(0, 3)
        .map((row, index) => ({ template: name, inputs: { ...row, stage: 'test', 'job-prefix': `${name}-${index}` } })),
    );
    const preview = await project.preview(includes);
    expect(preview.match(/^[\w-]+_(?:sast|preflight):$/gmu)).toHaveLength(includes.length);
  });

  it.each<[where: string, variables: Readonly<Record<string, string>>, wanted: readonly string[]]>([
    ['on the default branch', {}, ['always_sast', 'always_gate', 'both_sast', 'both_gate', 'branch_sast', 'branch_gate', 'single_sast']],
    ['in a merge request', { CI_PIPELINE_SOURCE: 'merge_request_event', CI_COMMIT_BRANCH: '' }, ['always_sast', 'always_gate', 'both_sast', 'both_gate', 'request_sast', 'request_gate', 'single_sast']],
    ['where SAST is disabled', { SAST_DISABLED: 'true' }, []],
  ])('starts the wanted jobs %s, and never a scan without its gate', async (_where, variables, wanted) => {
    project = await startLocalProject();
    const when = { always: 'always', both: 'default-branch-policy-scan, merge-request-pipeline-scan', branch: 'default-branch-policy-scan', request: 'merge-request-pipeline-scan', single: 'always' };
    const includes = Object.entries(when).map(([prefix, value]) => ({ template: 'veracode-scan', inputs: { ...REQUIRED, when: value, 'job-prefix': prefix, ...(prefix === 'single' ? { mode: 'single-job' } : {}) } }));
    expect((await project.list(includes, variables)).toSorted()).toEqual([...wanted].toSorted());
  });
});
