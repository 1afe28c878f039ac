import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Identity } from '../carriers/certificates.js';
import type { SavedEmulator } from '../create-emulator.js';
import type { PlatformState } from '../platform/state.js';

/** What a folder keeps between two runs. */
export interface SavedRun extends SavedEmulator {
  /** Wall time of the saving and emulated time at that moment, milliseconds since the Unix epoch. */
  readonly wallMs: number;
  readonly emulatedMs: number;
}

/** A folder that outlives the emulator. It holds secret keys: only its owner may read them. */
export interface StateDirectory {
  readonly caFile: string;
  load(): SavedRun | null;
  /** Writes at once and as a whole: what was answered is never forgotten, and never half there. */
  save(run: SavedRun): void;
  loadAuthority(): Identity | null;
  saveAuthority(authority: Identity): void;
}

const runFile = 'emulator.json';
const caFile = 'ca.pem';
const caKeyFile = 'ca-key.pem';
const ownerOnly = 0o600;

const runSchema = z.object({
  wallMs: z.number(),
  emulatedMs: z.number(),
  credentials: z.array(
    z.object({
      userName: z.string(),
      apiId: z.string(),
      apiKey: z.string(),
      expiresAtMs: z.number(),
      endsAtMs: z.number().optional(),
      revoked: z.object({ by: z.string(), atMs: z.number() }).optional(),
    }),
  ),
  state: z.looseObject({ version: z.literal(1) }),
});

/** @throws Error when the folder cannot be made, or holds something else */
export function openStateDirectory(folder: string): StateDirectory {
  mkdirSync(folder, { recursive: true });
  const place = (name: string): string => join(folder, name);
  return {
    caFile: place(caFile),
    load: () => parseRun(place(runFile)),
    save: (run) => writeWhole(place(runFile), JSON.stringify(run)),
    loadAuthority() {
      const certificate = readIfThere(place(caFile));
      const privateKey = readIfThere(place(caKeyFile));
      return certificate === null || privateKey === null ? null : { certificate, privateKey };
    },
    saveAuthority({ certificate, privateKey }) {
      writeWhole(place(caKeyFile), privateKey);
      writeWhole(place(caFile), certificate);
    },
  };
}

function parseRun(file: string): SavedRun | null {
  const text = readIfThere(file);
  if (text === null) {
    return null;
  }
  const parsed = runSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new Error(`${file} was not written by this version of the emulator. Start with an empty --state-dir.`);
  }
  // The emulator wrote it: behind its version number the state has the shape of that version.
  return { ...parsed.data, state: parsed.data.state as unknown as PlatformState };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') {
      return null;
    }
    throw error;
  }
}

function writeWhole(file: string, text: string): void {
  const draft = `${file}.new`;
  writeFileSync(draft, text, { mode: ownerOnly });
  chmodSync(draft, ownerOnly);
  renameSync(draft, file);
}
