#!/usr/bin/env node
import { flushOutput, runProcess } from 'verapipe/run-process';

import { runPipe } from './run-pipe.js';

const OUR_BUG = 70;

const exit = (exitCode: number): never => process.exit(exitCode);

const say = (line: string): void => void process.stderr.write(`${line}\n`);

let exitCode = OUR_BUG;
try {
  // In this process, so that signals reach the run, and no other process gets the key.
  exitCode = await runPipe({ env: process.env, say, runCommand: (run) => runProcess({ ...run, exit }) });
} catch (error) {
  say(`Error: the pipe itself failed: ${error instanceof Error ? error.message : 'for an unknown reason'}`);
}
await flushOutput();
exit(exitCode);
