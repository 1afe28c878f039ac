import { runInit } from '@verapipe/ci-kit';

import type { TaskCommand } from './task-command.js';

/** `verapipe init`. */
export const init: TaskCommand = { kind: 'task', name: 'init', run: runInit };
