import type { OwnInput } from '@verapipe/ci-kit';

import { TASK_COMMAND_WORDS, type TaskCommand } from './task-commands.js';

/** An input of the task that is no option of a command, as the form shows it. */
export interface ShownInput extends OwnInput<TaskCommand> {
  readonly label: string;
  readonly help: string;
  readonly default?: string;
}

/** The service connection: its type is that of the extension. */
export const CONNECTION = {
  name: 'connection',
  label: 'Service connection',
  help: 'Service connection of the type Veracode (verapipe). Without one the secret variables VERACODE_API_KEY_ID and VERACODE_API_KEY_SECRET are taken.',
  commands: ['scan', 'pipelineScan', 'preflight', 'gate'],
} as const satisfies ShownInput;

/** Inputs that decide what the task does, and what Azure makes of it. */
export const OWN_INPUTS = {
  command: {
    name: 'command',
    label: 'Command',
    help: 'What to do: `scan` (policy or sandbox scan), `pipelineScan`, `preflight` (look before the first scan), `gate` (judge a results file again), `report` (reports of a results file).',
    words: TASK_COMMAND_WORDS,
    default: 'scan',
  },
  onTimeout: {
    name: 'onTimeout',
    label: 'When the time is up',
    help: 'Whether a scan that is not finished in time fails the task, or ends it as succeeded with issues. It is no pass in either case. Default: fail.',
    words: ['fail', 'warn'],
    commands: ['scan', 'pipelineScan', 'gate'],
  },
  artifactName: {
    name: 'artifactName',
    label: 'Artifact',
    help: 'Name of the build artifact with results and reports. Two tasks of one build need two names; the default is `veracode-`, the command, and eight characters that stay the same for this job and step. CodeAnalysisLogs is where SARIF viewers look.',
    // @see learn.microsoft.com "Publish and download pipeline artifacts": what a name cannot hold
    refused: { pattern: /[\\/"':<>|*?\r\n]/u, wanted: 'a name without any of \\ / " \' : < > | * ?' },
    commands: ['scan', 'pipelineScan', 'report'],
  },
} as const satisfies Readonly<Record<string, ShownInput>>;
