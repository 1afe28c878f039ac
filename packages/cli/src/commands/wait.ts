import { planWait, runWait } from '@verapipe/ci-kit';

import type { RunCommand } from './run-command.js';

/** `verapipe wait`. */
export const wait: RunCommand = { kind: 'run', name: 'wait', run: runWait, plan: planWait };
