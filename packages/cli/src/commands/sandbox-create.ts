import { runSandboxCreate } from '@verapipe/ci-kit';

import type { TaskCommand } from './task-command.js';

/** `verapipe sandbox create`. */
export const sandboxCreate: TaskCommand = { kind: 'task', name: 'sandbox create', run: runSandboxCreate };
