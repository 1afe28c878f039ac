import { listFiles } from '../api/xml/files.js';
import type { BuildContext, FileList } from '../domain/build.js';
import { ProtocolError } from '../kernel/errors.js';
import type { CallOptions } from '../transport/http.js';
import type { CallingRun } from './run.js';

/** Reads until a checksum counts as not to be had; the pause doubles, so that they take about four minutes in all. */
const MAX_READS = 8;
const PAUSE_MS = 2000;

/**
 * Lists files, again while one of them has no checksum: right after an upload the platform may not know it yet. A pause
 * that would reach the deadline is not begun.
 *
 * @returns the last list; what has no checksum in it proves nothing
 */
export async function listHashedFiles(
  run: CallingRun,
  place: BuildContext & { readonly buildId?: string },
  call: CallOptions = run.call,
): Promise<FileList> {
  for (let reads = 1; ; reads += 1) {
    const list = await listFiles(run.client, place, call);
    const pauseMs = PAUSE_MS * 2 ** (reads - 1);
    if (isHashed(list) || reads === MAX_READS || pauseMs >= run.deadline.remainingMs()) return list;
    await run.client.clock.sleep(pauseMs, run.call.signal);
  }
}

/** True when the checksum of every file is told. One that is not there, or not whole, has none. */
export function isHashed({ files }: FileList): boolean {
  return files.every(({ uploaded, md5 }) => md5 !== null || !uploaded);
}

/** The error for a file that may be ours, or not. */
export function checksumNotTold({ buildId, files }: FileList): ProtocolError {
  const names = files.filter(({ md5 }) => md5 === null).map(({ name }) => `"${name}"`).join(', ');
  return new ProtocolError(`The platform tells no checksum of ${names} in build ${buildId}, so nothing proves whose bytes they are.`, {
    code: 'checksum-not-told',
    context: { operation: 'getfilelist.do' },
    advice: "Run again; if it stays, look at the files of the scan on the platform, and ask the vendor's support.",
  });
}
