import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

const file = createRequire(import.meta.url).resolve('@verapipe/reports/schemas/verapipe-results-1.schema.json');
const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: true });
formats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object);

/** What the published schema has against a results file; empty when it is as it should be. */
export function schemaFaults(results: unknown): readonly string[] {
  validate(results);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}
