#!/usr/bin/env node
import packageJson from '../package.json' with { type: 'json' };
import { flushOutput, runProcess } from './run-process.js';

const args = process.argv.slice(2);
if (args.length === 1 && ['--version', '-V', 'version'].includes(args[0] ?? '')) process.stdout.write(`${packageJson.version}\n`);
else await end(await runProcess({ args, env: process.env, exit: (exitCode) => process.exit(exitCode) }));

/**
 * Ends at once when all is said: V8 may still be compiling what is no longer needed, and Node would wait for it. That
 * is a tenth of a second of every CI job.
 */
async function end(exitCode: number): Promise<never> {
  await flushOutput();
  process.exit(exitCode);
}
