import { baseName, extensionOf } from '../archive/entry-name.js';
import type { LintBounds } from '../archive/bounds.js';
import { type ClassFileFacts, readClassFile } from './class-file.js';
import { type PortableExecutableFacts, readPortableExecutable } from './portable-executable.js';
import { readScript, type ScriptFacts } from './script.js';
import { readText, type TextFacts } from './text-secrets.js';

/** What was read from a file's content. */
export type ContentFacts = ClassFileFacts | PortableExecutableFacts | ScriptFacts | TextFacts;

/** How a kind of content is read. */
export interface ContentReader {
  readonly kind: ContentFacts['kind'];
  /** A file that is longer is not read where only the whole can be understood. */
  readonly needsWhole: boolean;
  readonly parse: (bytes: Uint8Array) => ContentFacts | null;
}

const CLASS: ContentReader = { kind: 'class', needsWhole: true, parse: readClassFile };
const PE: ContentReader = { kind: 'pe', needsWhole: true, parse: readPortableExecutable };
const SCRIPT: ContentReader = { kind: 'script', needsWhole: false, parse: readScript };
const TEXT: ContentReader = { kind: 'text', needsWhole: false, parse: readText };

const BY_EXTENSION: Readonly<Partial<Record<string, ContentReader>>> = {
  class: CLASS,
  dll: PE,
  exe: PE,
  js: SCRIPT,
  mjs: SCRIPT,
  cjs: SCRIPT,
  pem: TEXT,
  key: TEXT,
  ppk: TEXT,
  env: TEXT,
};

/** Files that hold credentials where they are used, by their whole names. */
const CREDENTIAL_FILES = /^(?:\.env(?:\..+)?|\.npmrc|\.netrc|_netrc|\.pypirc|credentials|\.git-credentials|id_(?:rsa|dsa|ecdsa|ed25519))$/u;

/** How a file's content is read; null for files whose content no rule asks for. Pure. */
export function contentReaderOf(name: string): ContentReader | null {
  return BY_EXTENSION[extensionOf(name)] ?? (CREDENTIAL_FILES.test(baseName(name)) ? TEXT : null);
}

/** How many bytes of a file its reader wants; 0 when it is too long to be understood. Pure. */
export function wantedBytes({ needsWhole }: ContentReader, sizeBytes: number, bounds: LintBounds): number {
  if (needsWhole) return sizeBytes <= bounds.wholeBytes ? sizeBytes : 0;
  return Math.min(sizeBytes, bounds.headBytes);
}
