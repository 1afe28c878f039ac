import { runDrill } from '@verapipe/ci-kit';

import type { TaskCommand } from './task-command.js';

/** `verapipe drill`. */
export const drill: TaskCommand = { kind: 'task', name: 'drill', run: runDrill };
