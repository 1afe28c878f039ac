import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { LocalError } from '@verapipe/core';

import { onDisk, systemCode } from '../files/local-trouble.js';
import { writeFileAtomically } from '../files/write-file-atomically.js';

const ISO_TIME = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/u;

/** What runs tell later ones about the platform; kept in `.verapipe/outage.json`. */
export interface OutageMemory {
  /** ISO 8601 UTC: the first failure since the platform last worked; null: it worked in the last run. */
  readonly failingSince: string | null;
}

/**
 * Reads what earlier runs left.
 *
 * @returns null when there is nothing
 * @throws LocalError `invalid-outage-memory` when there is something else
 */
export async function readOutageMemory(path: string): Promise<OutageMemory | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error))) return null;
    throw unusable(path, error);
  }
  try {
    return parseMemory(JSON.parse(text));
  } catch (error) {
    throw unusable(path, error);
  }
}

function parseMemory(value: unknown): OutageMemory {
  const { schemaVersion, failingSince } = Object(value) as Readonly<Record<string, unknown>>;
  const isTime = typeof failingSince === 'string' && ISO_TIME.test(failingSince) && !Number.isNaN(Date.parse(failingSince));
  if (schemaVersion !== 1 || !(failingSince === null || isTime)) throw new TypeError('It has another shape.');
  return { failingSince };
}

/** Writes it whole or not at all. @throws LocalError */
export async function writeOutageMemory(path: string, { failingSince }: OutageMemory): Promise<void> {
  await onDisk(path, () => mkdir(dirname(path), { recursive: true }));
  await writeFileAtomically(path, [`${JSON.stringify({ schemaVersion: 1, failingSince }, null, 2)}\n`]);
}

function unusable(path: string, cause: unknown): LocalError {
  return new LocalError(`${path} is not what a run of verapipe left there about outages.`, { code: 'invalid-outage-memory', cause, advice: 'Delete it; the next run that works writes it anew.' });
}
