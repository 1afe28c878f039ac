import { readFileSync } from 'node:fs';

import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

import { countsOf, ofEach, type ReportReader } from './report-reader.js';

interface Line {
  readonly severity: number;
  readonly standing: string | null;
}

const SCHEMA = JSON.parse(readFileSync(new URL('../../schemas/verapipe-results-1.schema.json', import.meta.url), 'utf8')) as { readonly $id: string };
const ajv = new Ajv2020({ strict: false });
// Whether a time is one is not what is looked for: hostile texts stand there as well.
formats.default(ajv, []);
ajv.addFormat('date-time', true).addFormat('uri', true);
ajv.addSchema(SCHEMA);
const isFinding = ajv.compile<Line>({ $ref: `${SCHEMA.$id}#/$defs/finding` });

function linesOf(text: string): readonly string[] {
  return text.split('\n').slice(0, -1);
}

/** The published schema of a finding, a line each. */
export const NDJSON: ReportReader = {
  name: 'published schema of a finding, verapipe-results-1 (Ajv)',
  faults: ofEach((text) => {
    const faults = text === '' || text.endsWith('\n') ? [] : ['does not end its last line'];
    for (const line of linesOf(text)) {
      if (!isFinding(JSON.parse(line))) faults.push(...(isFinding.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message ?? ''}`));
      const escape = /(?<!\\)(?:\\\\)*\\ud[89a-f][\da-f]{2}|\p{Surrogate}/iu.exec(line);
      if (escape !== null) faults.push(`has ${JSON.stringify(escape[0])}, half of a character`);
    }
    return faults;
  }),
  counts: (text) => countsOf(linesOf(text).map((line) => JSON.parse(line) as Line).map(({ severity, standing }) => `${String(severity)} ${standing ?? ''}`)),
};
