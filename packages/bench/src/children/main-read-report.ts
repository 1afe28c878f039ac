import { readDetailedReport } from '@verapipe/core';

import { printUsage } from '../usage.js';

/** Our reader: the facts of a report and the counts of its findings. Argument: the report. */
const report = await readDetailedReport(process.argv[2] ?? '');
await printUsage({ flaws: report.tally.total });
process.exit();
