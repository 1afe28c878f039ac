import { runSandboxSweep } from '@verapipe/ci-kit';

import type { TaskCommand } from './task-command.js';

/** `verapipe sandbox sweep`. */
export const sandboxSweep: TaskCommand = { kind: 'task', name: 'sandbox sweep', run: runSandboxSweep };
