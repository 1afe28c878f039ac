import { runScan } from '@verapipe/ci-kit';

import type { Command } from './run-command.js';

/** `verapipe scan`. */
export const scan: Command = { name: 'scan', run: runScan };
