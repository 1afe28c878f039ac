import { runCreateServiceAccount, runCredentialsGenerate, runCredentialsRevoke, runCredentialsRotate, runCredentialsStatus, runCredentialsWhoami } from '@verapipe/ci-kit';

import type { TaskCommand } from './task-command.js';

/** `verapipe credentials status`. */
export const credentialsStatus: TaskCommand = { kind: 'task', name: 'credentials status', run: runCredentialsStatus };

/** `verapipe credentials whoami`. */
export const credentialsWhoami: TaskCommand = { kind: 'task', name: 'credentials whoami', run: runCredentialsWhoami };

/** `verapipe credentials rotate`. */
export const credentialsRotate: TaskCommand = { kind: 'task', name: 'credentials rotate', run: runCredentialsRotate };

/** `verapipe credentials generate`. */
export const credentialsGenerate: TaskCommand = { kind: 'task', name: 'credentials generate', run: runCredentialsGenerate };

/** `verapipe credentials revoke`. */
export const credentialsRevoke: TaskCommand = { kind: 'task', name: 'credentials revoke', run: runCredentialsRevoke };

/** `verapipe credentials create-service-account`. */
export const createServiceAccount: TaskCommand = { kind: 'task', name: 'credentials create-service-account', run: runCreateServiceAccount };
