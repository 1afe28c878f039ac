#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { SetupError } from './job/component-settings.js';
import { createPrefixedLog } from './job/log-prefix.js';
import { planJob } from './job/plan-job.js';

const WRONG_INPUT = 2;
const WRITE = process.stderr.write.bind(process.stderr);

const log = createPrefixedLog((text) => void WRITE(text));
// The command writes its log to stderr, and its outcome to stdout, which stays as it is.
process.stderr.write = function write(chunk: string | Uint8Array, ...rest: readonly unknown[]): boolean {
  log.write(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'));
  const done = rest.find((value): value is () => void => typeof value === 'function');
  // As the stream does it: after what was written before.
  return WRITE('', done);
};
process.on('exit', () => log.end());

try {
  const { args, changes } = await planJob(process.argv[2] ?? '', process.env, (line) => process.stderr.write(`${line}\n`));
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
  // In this process, so that signals reach the command itself: a job that is cancelled ends as it should.
  const main = commandLine();
  process.argv.splice(1, Infinity, main, ...args);
  await import(pathToFileURL(main).href);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`Error: ${error.message}\n`);
  process.exitCode = WRONG_INPUT;
}

/** The command line that lies beside this package. */
function commandLine(): string {
  const manifest = createRequire(import.meta.url).resolve('verapipe/package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly bin: { readonly verapipe: string } };
  return join(dirname(manifest), bin.verapipe);
}
