import { baseName, extensionOf } from '../archive/entry-name.js';
import type { LintBounds } from '../archive/bounds.js';
import { type ClassFileFacts, readClassFile } from './class-file.js';
import { type PortableExecutableFacts, readPortableExecutable } from './portable-executable.js';
import { readScript, type ScriptFacts } from './script.js';
import { readSettings, readSource } from './settings-secrets.js';
import { readText, type TextFacts } from './text-secrets.js';

/** What was read from a file's content. */
export type ContentFacts = ClassFileFacts | PortableExecutableFacts | ScriptFacts | TextFacts;

/** How a kind of content is read. */
export interface ContentReader {
  readonly kind: ContentFacts['kind'];
  /** A file that is longer is not read where only the whole can be understood. */
  readonly needsWhole: boolean;
  /** What is read of the beginning, where less than of others is enough: there may be thousands. */
  readonly headBytes?: number;
  readonly parse: (bytes: Uint8Array) => ContentFacts | null;
}

const CLASS: ContentReader = { kind: 'class', needsWhole: true, parse: readClassFile };
const PE: ContentReader = { kind: 'pe', needsWhole: true, parse: readPortableExecutable };
const SCRIPT: ContentReader = { kind: 'script', needsWhole: false, parse: readScript };
const TEXT: ContentReader = { kind: 'text', needsWhole: false, parse: readText };

const SETTINGS: ContentReader = { kind: 'text', needsWhole: false, headBytes: 64 * 1024, parse: readSettings };
const SOURCE: ContentReader = { kind: 'text', needsWhole: false, headBytes: 64 * 1024, parse: readSource };

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
  py: SOURCE,
};

/** Files that hold credentials where they are used, by their whole names. */
const CREDENTIAL_FILES = /^(?:\.env(?:\..+)?|\.npmrc|\.netrc|_netrc|\.pypirc|credentials|\.git-credentials|id_(?:rsa|dsa|ecdsa|ed25519))$/u;

/** Files of settings, in which people leave passwords. */
const SETTINGS_FILES = /^(?:veracode\.ya?ml|appsettings(?:\..+)?\.json|(?:application|bootstrap)(?:-.+)?\.ya?ml|.+\.properties)$/iu;
/** Texts for people: in them `login.password` is a label. */
const LABEL_FILES = /(?:^|\/)(?:i18n|nls|locales?|lang|messages|translations?)\/|(?:messages|label|bundle|(?<!connection)strings|(?<!con)texts?(?=[._-])|caption|translation|_[a-z]{2}(?:[_-][a-z]{2,4})?(?=\.properties$))[^/]*$/iu;

/** How a file's content is read; null for files whose content no rule asks for. Pure. */
export function contentReaderOf(name: string): ContentReader | null {
  const reader = BY_EXTENSION[extensionOf(name)];
  if (reader !== undefined) return reader;
  const base = baseName(name);
  if (CREDENTIAL_FILES.test(base)) return TEXT;
  return SETTINGS_FILES.test(base) && !LABEL_FILES.test(name) ? SETTINGS : null;
}

/** How many bytes of a file its reader wants; 0 when it is too long to be understood. Pure. */
export function wantedBytes({ needsWhole, headBytes }: ContentReader, sizeBytes: number, bounds: LintBounds): number {
  if (needsWhole) return sizeBytes <= bounds.wholeBytes ? sizeBytes : 0;
  return Math.min(sizeBytes, bounds.headBytes, headBytes ?? bounds.headBytes);
}
