import { readFileSync } from 'node:fs';

import { Ajv, type AnySchema, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';

/** Schemas of those who read reports. */
export type ReportSchema = 'sarif-2.1.0' | 'gitlab-sast-report-15.2.1' | 'gitlab-dependency-scanning-report-15.2.1' | 'gitlab-code-quality' | 'bitbucket-code-insights' | 'sonar-generic-issues';

const compiled = new Map<ReportSchema, ValidateFunction>();

/** What a report has against its schema, the first faults. */
export function reportFaults(schema: ReportSchema, text: string): readonly string[] {
  const validate = compiled.get(schema) ?? compile(schema);
  validate(JSON.parse(text));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message ?? ''}`).slice(0, 5);
}

function compile(schema: ReportSchema): ValidateFunction {
  const ajv = new Ajv({ strict: false });
  formats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(new URL(`schemas/${schema}.json`, import.meta.url), 'utf8')) as AnySchema);
  compiled.set(schema, validate);
  return validate;
}
