import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';

/** What one process cost. */
export interface Cost {
  readonly wallMs: number;
  /** User and system time, of the process and the children it waited for; null where the system does not tell. */
  readonly cpuMs: number | null;
  readonly stdout: string;
}

/** A program to run. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** @defaultValue 0 only */
  readonly acceptedExitCodes?: readonly number[];
}

/** Clock ticks a second in `/proc`: 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Runs a program to its end and measures it. @throws Error with its stderr, when it ends otherwise than accepted */
export async function runChild(command: Command): Promise<Cost> {
  const cpuBeforeMs = await cpuOfEndedChildrenMs();
  const startedMs = performance.now();
  const { exitCode, stdout, stderr } = await run(command);
  const wallMs = performance.now() - startedMs;
  const cpuAfterMs = await cpuOfEndedChildrenMs();
  if (!(command.acceptedExitCodes ?? [0]).includes(exitCode)) {
    throw new Error(`${command.program} ${command.args.join(' ')} ended with ${exitCode}:\n${stderr}${stdout}`);
  }
  return { wallMs, cpuMs: cpuBeforeMs === null || cpuAfterMs === null ? null : cpuAfterMs - cpuBeforeMs, stdout };
}

function run({ program, args, cwd, env }: Command): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ exitCode: code ?? -1, stdout, stderr }));
  });
}

/** Linux adds the time of a child to its parent's account when the child has ended. */
async function cpuOfEndedChildrenMs(): Promise<number | null> {
  if (process.platform !== 'linux') return null;
  const line = await readFile('/proc/self/stat', 'utf8');
  // The second field is the program's name in parentheses and may hold blanks: count from its end.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const [userTicks, systemTicks] = [Number(fields[13]), Number(fields[14])];
  return ((userTicks + systemTicks) / TICKS_PER_SECOND) * 1000;
}
