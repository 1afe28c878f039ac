import { runChangedApplications } from '@verapipe/ci-kit';

import type { TaskCommand } from './task-command.js';

/** `verapipe applications changed`. */
export const changedApplications: TaskCommand = { kind: 'task', name: 'applications changed', run: runChangedApplications };
