import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

const { resolve } = createRequire(import.meta.url);
const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: true });
formats.default(ajv);

/** Documents whose schemas are published. */
export type PublishedDocument = 'results' | 'preflight' | 'health' | 'conformance';

/** What the published schema has against a document; empty when it is as it should be. */
export function schemaFaults(document: unknown, kind: PublishedDocument = 'results'): readonly string[] {
  const validate = ajv.getSchema(`urn:verapipe:schema:${kind}:1`) ?? compile(kind);
  void validate(document);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

function compile(kind: PublishedDocument): ReturnType<typeof ajv.compile> {
  const file = resolve(`@verapipe/reports/schemas/verapipe-${kind}-1.schema.json`);
  return ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object);
}
