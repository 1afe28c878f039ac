import { runFindings } from '@verapipe/ci-kit';

import type { TaskCommand } from './task-command.js';

/** `verapipe findings`. */
export const findings: TaskCommand = { kind: 'task', name: 'findings', run: runFindings };
