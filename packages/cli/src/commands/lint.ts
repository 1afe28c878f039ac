import { runLint } from '@verapipe/ci-kit';

import type { TaskCommand } from './task-command.js';

/** `verapipe lint`. */
export const lint: TaskCommand = { kind: 'task', name: 'lint', run: runLint };
