import { readFileSync } from 'node:fs';

import { printUsage } from '../usage.js';
import { writeText } from '../write-text.js';

/** The least code that makes lines of a results file: all of it in memory at once. Arguments: the new file, the results. */
const [, , file = '', from = ''] = process.argv;
await writeText(file, convert());
await printUsage({});
process.exit();

async function* convert(): AsyncGenerator<string, void> {
  const { findings } = JSON.parse(readFileSync(from, 'utf8')) as { readonly findings: readonly object[] };
  for (const finding of findings) yield `${JSON.stringify(finding)}\n`;
}
