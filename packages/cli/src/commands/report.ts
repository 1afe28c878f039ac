import { runReport } from '@verapipe/ci-kit';

import type { TaskCommand } from './task-command.js';

/** `verapipe report`. */
export const report: TaskCommand = { kind: 'task', name: 'report', run: runReport };
