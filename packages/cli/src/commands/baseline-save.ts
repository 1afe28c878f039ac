import { runBaselineSave } from '@verapipe/ci-kit';

import type { TaskCommand } from './task-command.js';

/** `verapipe baseline save`. */
export const baselineSave: TaskCommand = { kind: 'task', name: 'baseline save', run: runBaselineSave };
