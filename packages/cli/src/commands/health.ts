import { runHealth } from '@verapipe/ci-kit';

import type { TaskCommand } from './task-command.js';

/** `verapipe health`. */
export const health: TaskCommand = { kind: 'task', name: 'health', run: runHealth };
