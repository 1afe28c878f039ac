import { readFileSync } from 'node:fs';

import { parseAllDocuments, parseDocument } from 'yaml';

import { templateFile } from './template-files.js';

/** Inputs of an include. */
export type Inputs = Readonly<Record<string, unknown>>;

interface Declared {
  readonly type: 'string' | 'number' | 'boolean' | 'array';
  readonly default?: unknown;
  readonly options?: readonly unknown[];
  readonly regex?: string;
}

/**
 * Fills a template in as GitLab does: checks each input against its declaration, puts the values into the text (a string
 * as it is, anything else as JSON), and only then reads it as YAML.
 *
 * @see docs.gitlab.com "CI/CD inputs"; in GitLab's source `lib/gitlab/ci/config/interpolation`
 * @throws Error in GitLab's words for inputs that it would refuse
 */
export function expandTemplate(name: string, inputs: Inputs): Readonly<Record<string, unknown>> {
  const text = readFileSync(templateFile(name), 'utf8');
  const [header = '', body = ''] = text.split(/^---\n/mu);
  const { spec } = parseDocument(header).toJS() as { readonly spec: { readonly inputs: Readonly<Record<string, Declared>> } };
  const unknown = Object.keys(inputs).find((input) => !(input in spec.inputs));
  if (unknown !== undefined) throw new Error(`unknown input arguments: ${unknown}`);
  const values = new Map(Object.entries(spec.inputs).map(([input, declared]) => [input, valueOf(input, declared, inputs[input])]));
  const filled = body.replace(/\$\[\[ inputs\.([\w-]+) \]\]/gu, (_block, input: string) => {
    const value = values.get(input);
    return textOf(value);
  });
  const [document] = parseAllDocuments(filled);
  if (document === undefined || !('toJS' in document) || document.errors.length > 0) throw new Error(`not YAML any more: ${String(document && 'errors' in document ? document.errors[0] : '')}`);
  return document.toJS() as Readonly<Record<string, unknown>>;
}

function valueOf(name: string, { type, default: whenAbsent, options, regex }: Declared, given: unknown): unknown {
  const value = given === undefined ? whenAbsent : given;
  if (value === undefined) throw new Error(`\`${name}\` input: required value has not been provided`);
  const found = Array.isArray(value) ? 'array' : typeof value;
  if (found !== type) throw new Error(`\`${name}\` input: provided value is not a ${type}`);
  if (options !== undefined && !options.includes(value)) throw new Error(`\`${name}\` input: \`${textOf(value)}\` cannot be used because it is not in the list of allowed options`);
  if (regex !== undefined && !new RegExp(regex, 'u').test(textOf(value))) throw new Error(`\`${name}\` input: provided value does not match required RegEx pattern`);
  return value;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
