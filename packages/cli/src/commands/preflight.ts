import { runPreflight } from '@verapipe/ci-kit';

import type { TaskCommand } from './task-command.js';

/** `verapipe preflight`. */
export const preflight: TaskCommand = { kind: 'task', name: 'preflight', run: runPreflight };
