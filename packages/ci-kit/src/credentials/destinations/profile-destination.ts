import { type FileHandle, mkdir, open, readFile, realpath, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import { editCredentialsFile, LocalError, parseCredentialsFile, Secret, type CredentialDestination, type WritablePair } from '@verapipe/core';

import { onDisk, systemCode } from '../../files/local-trouble.js';
import { writeFileAtomically } from '../../files/write-file-atomically.js';

const OWNER_ONLY = 0o600;
const OWNER_ONLY_FOLDER = 0o700;
/** Larger than any pair: the room for it is taken before the platform is asked. */
const RESERVED = `# Room for a new pair of API credentials; may be deleted while no rotation is under way.\n${'#'.repeat(4000)}\n`;

/** Where a rotation keeps the new pair of a profile until it is proven. */
export function unfinishedPath(file: string, profile: string): string {
  return `${file}.unfinished-${encodeURIComponent(profile)}`;
}

/** A pair that an earlier rotation has left beside its profile; null when there is none. */
export async function findUnfinishedPair(file: string, profile: string): Promise<WritablePair | null> {
  return readPair(unfinishedPath(await resolved(file), profile), profile);
}

/**
 * A section of the credentials file. The new pair is written to a neighbour first, flushed, and takes its place in the
 * file (atomically, mode 0600) only once it is proven: whenever the process ends, one of the two files has a pair that
 * was good at that moment.
 */
export function profileDestination(path: string, profile: string): CredentialDestination {
  let handle: FileHandle | null = null;
  let isWritten = false;
  let file = path;
  const neighbour = (): string => unfinishedPath(file, profile);
  const part = (): string => `${neighbour()}.part`;
  /** A killed rotation may have left the new text of the file, secrets and all, one step before its name. */
  const clearPart = (): Promise<void> => onDisk(part(), () => rm(part(), { force: true }));
  return {
    describe: `the profile "${profile}" of ${path}`,
    safeOnce: `it is written beside the file, in ${unfinishedPath(path, profile)}`,
    async findUnfinished() {
      file = await resolved(path);
      return readPair(neighbour(), profile);
    },
    async prove() {
      await onDisk(file, () => mkdir(dirname(file), { recursive: true, mode: OWNER_ONLY_FOLDER }));
      await readText(file);
      await clearPart();
      // What holds no pair is the room that a rotation had taken and never used.
      if ((await readPair(neighbour(), profile)) === null) await onDisk(neighbour(), () => rm(neighbour(), { force: true }));
      handle = await onDisk(neighbour(), async () => {
        const opened = await open(neighbour(), 'wx', OWNER_ONLY);
        await opened.writeFile(RESERVED);
        await opened.sync();
        return opened;
      });
      await syncFolder(dirname(file));
    },
    async write(pair) {
      const opened = handle;
      if (opened === null) throw new Error('write comes after prove');
      // From here on the neighbour may hold a pair, and is nothing to clear away.
      isWritten = true;
      handle = null;
      const bytes = Buffer.from(editCredentialsFile('', profile, pair));
      await onDisk(neighbour(), async () => {
        await opened.write(bytes, 0, bytes.byteLength, 0);
        await opened.truncate(bytes.byteLength);
        await opened.sync();
        await opened.close();
      });
      return neighbour();
    },
    async commit(pair) {
      const text = await readText(file);
      await clearPart();
      await writeFileAtomically(file, [editCredentialsFile(text, profile, pair)], { mode: OWNER_ONLY, partPath: part() });
      await syncFolder(dirname(file));
      await onDisk(neighbour(), () => rm(neighbour(), { force: true }));
    },
    async discardUnfinished() {
      await clearPart();
      await onDisk(neighbour(), () => rm(neighbour(), { force: true }));
    },
    async release() {
      if (isWritten) return;
      await handle?.close();
      handle = null;
      // Room without a pair is given back: that of this process, and that of one which was killed.
      if ((await findUnfinishedPair(path, profile).catch(() => 'unknown')) === null) await rm(neighbour(), { force: true });
    },
  };
}

/** A link stays a link: what it leads to is replaced. */
async function resolved(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return path;
  }
}

async function readPair(path: string, profile: string): Promise<WritablePair | null> {
  const { apiId, apiKey } = parseCredentialsFile(await readText(path), profile).values;
  return apiId === undefined || apiKey === undefined ? null : { apiId, apiSecret: new Secret(apiKey) };
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return '';
    throw new LocalError(`${path} could not be read (${systemCode(error)}).`, { code: 'not-readable', cause: error, advice: 'Check the rights of the file.' });
  }
}

/** Makes a new name outlive a loss of power, where the system can (Windows cannot open folders). */
async function syncFolder(folder: string): Promise<void> {
  const opened = await open(folder, 'r').catch(() => null);
  await opened?.sync().catch(() => undefined);
  await opened?.close();
}
