import { runGate } from '@verapipe/ci-kit';

import type { TaskCommand } from './task-command.js';

/** `verapipe gate`. */
export const gate: TaskCommand = { kind: 'task', name: 'gate', run: runGate };
