import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { findProgram } from './find-program.js';
import { ROOT } from './places.js';
import { runChild } from './run-child.js';

/** The vendor's Java API wrapper on this machine. */
export interface VendorWrapper {
  readonly java: string;
  readonly keytool: string;
  readonly jar: string;
  /** Which release it is. */
  readonly version: string;
}

/** Where `scripts/fetch-vendor-tools.mjs` puts the wrapper. */
const FOLDER = join(ROOT, '.tools', 'vendor-java');

/** Looks for Java and for the fetched wrapper; else says what is missing. */
export async function findVendorWrapper(): Promise<VendorWrapper | { readonly missing: string }> {
  const java = findProgram('java');
  const keytool = findProgram('keytool');
  if (java === null || keytool === null) return { missing: 'Java (java and keytool) is not on the PATH' };
  const jar = join(FOLDER, 'VeracodeJavaAPI.jar');
  if (!existsSync(jar)) return { missing: "the vendor's wrapper is not there; run node scripts/fetch-vendor-tools.mjs" };
  const { got } = JSON.parse(await readFile(join(FOLDER, 'fetched.json'), 'utf8')) as { readonly got: string };
  return { java, keytool, jar, version: got.split(' ')[0] ?? got };
}

/** Makes a Java trust store that holds one authority. */
export async function trustStore({ keytool }: VendorWrapper, caFile: string, folder: string): Promise<string> {
  const store = join(folder, 'trust.p12');
  const contents = ['-importcert', '-noprompt', '-alias', 'emulator', '-file', caFile];
  await runChild({ program: keytool, args: [...contents, '-keystore', store, '-storetype', 'PKCS12', '-storepass', 'changeit'] });
  return store;
}
