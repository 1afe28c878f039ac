import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { fingerprintOf, type Artifact, type Rehearsal } from '@verapipe/core';

import { onDisk } from '../files/local-trouble.js';
import type { RunContext } from '../run/run-context.js';

/** Nobody names a sandbox so; what is left of an interrupted rehearsal is found by it. */
export const REHEARSAL_PREFIX = 'verapipe-preflight-';

const NAME = 'verapipe-preflight.zip';

/** The smallest archive that there is: it holds nothing. */
const EMPTY_ARCHIVE = Buffer.concat([Buffer.from('PK\u0005\u0006', 'latin1'), Buffer.alloc(18)]);

/** What is rehearsed: everything in a sandbox that nobody else has. */
export function rehearsalOf({ random }: Pick<RunContext, 'random'>, application: Rehearsal['application'], artifact: Artifact): Rehearsal {
  const sandboxName = `${REHEARSAL_PREFIX}${Buffer.from(random.bytes(4)).toString('hex')}`;
  return { application, sandboxName, buildName: 'verapipe preflight', artifact };
}

/** Does something with a tiny file that is gone afterwards. @throws LocalError when the temporary folder cannot be written */
export async function withRehearsalFile<T>(work: (artifact: Artifact) => Promise<T>): Promise<T> {
  const folder = await onDisk(tmpdir(), () => mkdtemp(join(tmpdir(), 'verapipe-preflight-')));
  try {
    const path = join(folder, NAME);
    await onDisk(path, () => writeFile(path, EMPTY_ARCHIVE));
    const stats = await stat(path, { bigint: true });
    return await work({ path, name: NAME, sizeBytes: EMPTY_ARCHIVE.byteLength, fingerprint: fingerprintOf(stats) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
