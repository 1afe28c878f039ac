import { optionsOf, type CommandName, type OptionDeclaration } from '@verapipe/ci-kit';

/** Commands that the pipe runs; the first one is the default. */
export const PIPE_COMMANDS = ['scan', 'wait', 'pipeline-scan', 'preflight'] as const satisfies readonly CommandName[];

export type PipeCommand = (typeof PIPE_COMMANDS)[number];

/** Commands that end with findings, which reports and Code Insights tell. */
export const JUDGING_COMMANDS: readonly PipeCommand[] = ['scan', 'wait', 'pipeline-scan'];

/** Every option that a variable of the pipe can stand for, each once. */
export const PIPE_OPTIONS: readonly OptionDeclaration[] = [...new Map(PIPE_COMMANDS.flatMap((command) => optionsOf(command)).map((option) => [option.name, option])).values()];

/** `poll-interval` → `POLL_INTERVAL`. */
export function variableName({ name }: Pick<OptionDeclaration, 'name'>): string {
  return name.replaceAll('-', '_').toUpperCase();
}
