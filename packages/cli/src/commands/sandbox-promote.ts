import { runSandboxPromote } from '@verapipe/ci-kit';

import type { TaskCommand } from './task-command.js';

/** `verapipe sandbox promote`. */
export const sandboxPromote: TaskCommand = { kind: 'task', name: 'sandbox promote', run: runSandboxPromote };
