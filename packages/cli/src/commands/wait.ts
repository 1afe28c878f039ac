import { runWait } from '@verapipe/ci-kit';

import type { Command } from './run-command.js';

/** `verapipe wait`. */
export const wait: Command = { name: 'wait', run: runWait };
