import { judgedFindings } from '../judged-findings.js';
import { printUsage } from '../usage.js';
import { writeText } from '../write-text.js';

/** The least that writing findings can cost: `JSON.stringify` of each. Arguments: the file, the number of findings. */
const [, , file = '', count = ''] = process.argv;
await writeText(file, stringify());
await printUsage({});
process.exit();

async function* stringify(): AsyncGenerator<string, void> {
  for await (const finding of judgedFindings(Number(count)).findings) yield `${JSON.stringify(finding)}\n`;
}
