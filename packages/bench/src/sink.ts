import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { findProgram } from './find-program.js';
import { child } from './places.js';
import { runChild } from './run-child.js';
import { type RunningChild, startChild } from './start-child.js';

/** A TLS server that only takes bodies in. */
export interface Sink {
  readonly url: string;
  /** The certificate that it shows, to be trusted. */
  readonly caFile: string;
  stop(): Promise<void>;
}

/** The missing program that a sink needs, or null. */
export function missingForSink(): string | null {
  return findProgram('openssl') === null ? 'openssl is not on the PATH, and it makes the certificate' : null;
}

/**
 * Starts a sink with a new certificate for 127.0.0.1.
 *
 * @param answer - the document that every request is answered with
 */
export async function startSink(folder: string, answer: string): Promise<Sink> {
  const caFile = join(folder, 'sink.crt');
  const keyFile = join(folder, 'sink.key');
  const answerFile = join(folder, 'answer.xml');
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', keyFile];
  await runChild({ program: 'openssl', args: ['req', '-x509', '-days', '2', ...key, '-out', caFile, ...subject] });
  await writeFile(answerFile, answer);
  const server: RunningChild<{ readonly port: number }> = await startChild([child('sink-server'), caFile, keyFile, answerFile]);
  return { url: `https://127.0.0.1:${server.hello.port}`, caFile, stop: () => server.stop() };
}
