import { Ajv, type AnySchema, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { readFileSync } from 'node:fs';

/** Schemas of what GitLab reads. */
export type GitlabSchema = 'gitlab-ci' | 'gitlab-sast-report-15.2.1' | 'gitlab-dependency-scanning-report-15.2.1' | 'gitlab-code-quality';

const compiled = new Map<GitlabSchema, ValidateFunction>();

/** What a document has against a schema, the first faults. */
export function schemaFaults(schema: GitlabSchema, document: unknown): readonly string[] {
  const validate = compiled.get(schema) ?? compile(schema);
  validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message ?? ''}`).slice(0, 5);
}

function compile(schema: GitlabSchema): ValidateFunction {
  const ajv = new Ajv({ strict: false });
  formats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(new URL(`schemas/${schema}.json`, import.meta.url), 'utf8')) as AnySchema);
  compiled.set(schema, validate);
  return validate;
}
