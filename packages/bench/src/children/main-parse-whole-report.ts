import { readFile } from 'node:fs/promises';

import { XMLParser } from 'fast-xml-parser';

import { printUsage } from '../usage.js';

/** The peer: the whole report as one object, then a walk over its flaws. Argument: the report. */
interface Flaws {
  readonly detailedreport: {
    readonly severity: readonly { readonly category?: { readonly cwe: { readonly staticflaws: { readonly flaw: readonly unknown[] } } } }[];
  };
}

const parser = new XMLParser({ ignoreAttributes: false, parseAttributeValue: false, parseTagValue: false });
const report = parser.parse(await readFile(process.argv[2] ?? '')) as Flaws;
const flaws = report.detailedreport.severity.reduce((sum, { category }) => sum + (category?.cwe.staticflaws.flaw.length ?? 0), 0);
await printUsage({ flaws });
process.exit();
