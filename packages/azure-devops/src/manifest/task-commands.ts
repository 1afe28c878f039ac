import type { CommandName } from '@verapipe/ci-kit';

/** What the input `command` can say, and the command that it stands for. */
export const TASK_COMMANDS = {
  scan: 'scan',
  pipelineScan: 'pipeline-scan',
  preflight: 'preflight',
  gate: 'gate',
  report: 'report',
} as const satisfies Readonly<Record<string, CommandName>>;

/** A word of the input `command`. */
export type TaskCommand = keyof typeof TASK_COMMANDS;

/** Every word of the input `command`. */
export const TASK_COMMAND_WORDS = Object.keys(TASK_COMMANDS) as readonly TaskCommand[];
