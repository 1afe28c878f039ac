import { isReportFormat, renderReport } from '@verapipe/reports';

import { judgedFindings } from '../judged-findings.js';
import { printUsage } from '../usage.js';
import { writeText } from '../write-text.js';

/** Our writer. Arguments: the file, the number of findings, the format. */
const [, , file = '', count = '', format = ''] = process.argv;
if (!isReportFormat(format)) throw new Error(`There is no format ${format}.`);
const text = await renderReport(format, judgedFindings(Number(count)));
if (text === null) throw new Error(`${format} was not written.`);
await writeText(file, text);
await printUsage({});
process.exit();
