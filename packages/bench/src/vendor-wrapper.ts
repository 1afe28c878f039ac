import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { findProgram } from './find-program.js';
import { ROOT } from './places.js';
import { runChild } from './run-child.js';

/** The vendor's Java API wrapper on this machine. */
export interface VendorWrapper {
  readonly java: string;
  readonly keytool: string;
  readonly jar: string;
}

/** Looks for Java and for the wrapper that `scripts/fetch-vendor-tools.mjs` fetches; else says what is missing. */
export async function findVendorWrapper(): Promise<VendorWrapper | { readonly missing: string }> {
  const java = findProgram('java');
  const keytool = findProgram('keytool');
  if (java === null || keytool === null) return { missing: 'Java (java and keytool) is not on the PATH' };
  const jar = await findJar(join(ROOT, '.tools'));
  return jar === null ? { missing: "the vendor's wrapper is not there; run node scripts/fetch-vendor-tools.mjs" } : { java, keytool, jar };
}

async function findJar(folder: string): Promise<string | null> {
  if (!existsSync(folder)) return null;
  const files = await readdir(folder, { recursive: true });
  const jar = files.find((file) => /VeracodeJavaAPI\.jar$/i.test(file));
  return jar === undefined ? null : join(folder, jar);
}

/** Makes a Java trust store that holds one authority. */
export async function trustStore({ keytool }: VendorWrapper, caFile: string, folder: string): Promise<string> {
  const store = join(folder, 'trust.p12');
  const contents = ['-importcert', '-noprompt', '-alias', 'emulator', '-file', caFile];
  await runChild({ program: keytool, args: [...contents, '-keystore', store, '-storetype', 'PKCS12', '-storepass', 'changeit'] });
  return store;
}
