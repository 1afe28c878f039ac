import { runCredentialsScan } from '@verapipe/ci-kit';

import type { TaskCommand } from './task-command.js';

/** `verapipe credentials scan`. */
export const credentialsScan: TaskCommand = { kind: 'task', name: 'credentials scan', run: runCredentialsScan };
