import { LocalError } from '@verapipe/core';

import type { Sink } from './terminal.js';

/** What a write to a pipe fails with whose reader went away. */
const READER_GONE: ReadonlySet<string> = new Set(['EPIPE', 'EOF', 'ERR_STREAM_DESTROYED']);

/**
 * Writes data, and makes sure that somebody took it: data that nobody took is not told as done.
 *
 * @throws LocalError `output-closed` when the reader went away, `output-not-written` when the data could not be written
 */
export async function handOver(stdout: Sink, text: string): Promise<void> {
  try {
    await stdout.handOver(text);
  } catch (cause) {
    throw isReaderGone(cause) ? readerGone(cause) : notWritten(cause);
  }
}

function isReaderGone(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && READER_GONE.has(String(cause.code));
}

function readerGone(cause: unknown): LocalError {
  return new LocalError('The program that reads the output ended before it had read everything.', {
    code: 'output-closed',
    cause,
    advice: 'Run again with an output that stays open, for instance a file.',
  });
}

function notWritten(cause: unknown): LocalError {
  return new LocalError(`The output could not be written: ${cause instanceof Error ? cause.message : 'for an unknown reason'}`, {
    code: 'output-not-written',
    cause,
    advice: 'Look whether the disk is full, and where stdout leads.',
  });
}
