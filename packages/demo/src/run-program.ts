import { spawn } from 'node:child_process';

/** How to start one JavaScript program with this Node. */
export interface Program {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** `inherit` lets the program speak to the terminal itself; `errors` keeps its stdout away. */
  readonly output: 'inherit' | 'errors';
}

/**
 * Runs a program to its end and tells its exit code; 130 when a signal ended it.
 *
 * A Ctrl-C reaches the program as well, as part of the same group: the caller stays alive until it has ended in its
 * own way.
 */
export function runProgram({ args, cwd, env, output }: Program): Promise<number> {
  return new Promise((resolve, reject) => {
    const stdout = output === 'inherit' ? 'inherit' : 'ignore';
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['inherit', stdout, 'inherit'], windowsHide: true });
    const stay = (): undefined => undefined;
    process.on('SIGINT', stay).on('SIGTERM', stay);
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('SIGINT', stay).off('SIGTERM', stay);
      resolve(code ?? 130);
    });
  });
}
