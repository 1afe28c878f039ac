import { runBaselineCompare } from '@verapipe/ci-kit';

import type { TaskCommand } from './task-command.js';

/** `verapipe baseline compare`. */
export const baselineCompare: TaskCommand = { kind: 'task', name: 'baseline compare', run: runBaselineCompare };
