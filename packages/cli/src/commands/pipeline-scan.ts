import { planPipelineScan, runPipelineScan } from '@verapipe/ci-kit';

import type { RunCommand } from './run-command.js';

/** `verapipe pipeline-scan`. */
export const pipelineScan: RunCommand = { kind: 'run', name: 'pipeline-scan', run: runPipelineScan, plan: planPipelineScan };
