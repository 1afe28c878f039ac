import { runSandboxList } from '@verapipe/ci-kit';

import type { TaskCommand } from './task-command.js';

/** `verapipe sandbox list`. */
export const sandboxList: TaskCommand = { kind: 'task', name: 'sandbox list', run: runSandboxList };
