import { close, fstat, fsync, write } from 'node:fs';
import { isatty } from 'node:tty';
import { promisify } from 'node:util';

import { LocalError, type CredentialDestination, type WritablePair } from '@verapipe/core';

import { systemCode } from '../../files/local-trouble.js';
import { type Payload, renderPayload } from './payload.js';

const [closeFd, fstatFd, fsyncFd, writeFd] = [promisify(close), promisify(fstat), promisify(fsync), promisify(write)];

const OPEN_IT = 'Open it for writing in the command line, for instance 3>store.env.';

/** The steps of a place that takes the pair at once and keeps it: there is nothing to put in place later. */
export const AT_ONCE = {
  findUnfinished: () => Promise.resolve(null),
  commit: () => Promise.resolve(),
  discardUnfinished: () => Promise.resolve(),
  release: () => Promise.resolve(),
} satisfies Partial<CredentialDestination>;

/** An open descriptor of this process; it is closed behind the pair, so that whoever reads it sees the end. */
export function descriptorDestination(fd: number, payload: Payload): CredentialDestination {
  const describe = `file descriptor ${String(fd)}`;
  return {
    ...AT_ONCE,
    describe,
    safeOnce: `${describe} has taken it (look there first)`,
    async prove() {
      await proveDescriptor(fd, describe);
    },
    async write(pair) {
      const bytes = Buffer.from(renderPayload(pair, payload));
      try {
        for (let at = 0; at < bytes.byteLength; ) at += (await writeFd(fd, bytes, at, bytes.byteLength - at)).bytesWritten;
        // A pipe cannot be flushed; a file can, and then outlives a loss of power.
        await fsyncFd(fd).catch(() => undefined);
        if (fd > 2) await closeFd(fd);
      } catch (error) {
        throw cannotWrite(describe, error);
      }
      return describe;
    },
  };
}

/**
 * That a descriptor is open for writing, and leads to somebody who keeps what he gets: Node opens the device of nothing in
 * the place of a stdout that is closed. Whether a pipe is still read cannot be asked without writing into it.
 *
 * @throws LocalError `not-writable`
 */
async function proveDescriptor(fd: number, describe: string): Promise<void> {
  try {
    const stats = await fstatFd(fd);
    if (stats.isCharacterDevice() && !isatty(fd)) throw new LocalError(`${describe} leads to a device that keeps nothing.`, { code: 'not-writable', advice: OPEN_IT });
    // Nothing at all, to a descriptor that is open for reading only, is an error already.
    await writeFd(fd, Buffer.alloc(0), 0, 0);
  } catch (error) {
    throw error instanceof LocalError ? error : cannotWrite(describe, error);
  }
}

/** stdout. */
export interface PrintingOptions {
  /** The way that the data of every command takes. */
  readonly print: (text: string) => Promise<void>;
  /** The descriptor behind it; null where there is none, and nothing can be proven or flushed. */
  readonly fd: number | null;
  readonly payload: Payload;
}

/** stdout, by the way that the data of every command takes; proven before, and flushed behind the pair where it is a file. */
export function printingDestination({ print, fd, payload }: PrintingOptions): CredentialDestination {
  return {
    ...AT_ONCE,
    describe: 'stdout',
    safeOnce: 'stdout has taken it',
    prove: () => (fd === null ? Promise.resolve() : proveDescriptor(fd, 'stdout')),
    async write(pair: WritablePair) {
      await print(renderPayload(pair, payload));
      // A pipe or a terminal cannot be flushed; a file can, and then outlives a loss of power.
      if (fd !== null) await fsyncFd(fd).catch(() => undefined);
      return 'stdout';
    },
  };
}

function cannotWrite(describe: string, error: unknown): LocalError {
  return new LocalError(`${describe} could not be written (${systemCode(error)}).`, {
    code: 'not-writable',
    cause: error,
    advice: OPEN_IT,
  });
}
