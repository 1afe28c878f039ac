import { planScan, runScan } from '@verapipe/ci-kit';

import type { RunCommand } from './run-command.js';

/** `verapipe scan`. */
export const scan: RunCommand = { kind: 'run', name: 'scan', run: runScan, plan: planScan };
