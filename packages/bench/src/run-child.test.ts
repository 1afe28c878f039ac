import { describe, expect, it } from '@jest/globals';

import { runChild } from './run-child.js';

/** Works for a while, so that its processor time is more than a clock tick. */
const BUSY = 'const end = process.cpuUsage().user + 100_000; while (process.cpuUsage().user < end); console.log("done");';

function evaluate(script: string): { program: string; args: readonly string[] } {
  return { program: process.execPath, args: ['--eval', script] };
}

describe('runChild', () => {
  it('tells what a process printed and what it cost', async () => {
    const { stdout, wallMs, cpuMs } = await runChild(evaluate(BUSY));
    expect(stdout.trim()).toBe('done');
    expect(wallMs).toBeGreaterThan(90);
    if (process.platform === 'linux') expect(cpuMs).toBeGreaterThanOrEqual(90);
    else expect(cpuMs).toBeNull();
  });

  it('shows the stderr of a process that failed', async () => {
    await expect(runChild(evaluate('console.error("no room"); process.exitCode = 9;'))).rejects.toThrow(/ended with 9:\nno room/);
  });

  it('takes the exit codes that it is told to take', async () => {
    await expect(runChild({ ...evaluate('process.exitCode = 4'), acceptedExitCodes: [0, 4] })).resolves.toMatchObject({ stdout: '' });
  });
});
