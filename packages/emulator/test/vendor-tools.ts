import { existsSync, readdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { it } from '@jest/globals';

const tools = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '.tools');

/** The vendor's Java API wrapper with a Java to run it. */
export interface JavaWrapper {
  readonly java: string;
  readonly keytool: string;
  readonly jar: string;
}

/** Declares tests that drive the Java wrapper; without it they stand in the list as not run. */
export function withJavaWrapper(name: string, declare: (wrapper: JavaWrapper) => void): void {
  const java = findProgram('java');
  const keytool = findProgram('keytool');
  const jar = findFile(/VeracodeJavaAPI\.jar$/);
  if (java === undefined || keytool === undefined) {
    it.skip(`${name}, not run: no Java (java and keytool)`, () => undefined);
  } else if (jar === undefined) {
    it.skip(`${name}, not run: no wrapper (node scripts/fetch-vendor-tools.mjs fetches it)`, () => undefined);
  } else {
    declare({ java, keytool, jar });
  }
}

/** Declares tests that drive the vendor's Python packages; without them they stand in the list as not run. */
export function withVendorPython(name: string, declare: (python: string) => void): void {
  const python = ['bin/python', 'Scripts/python.exe'].map((path) => join(tools, 'vendor-python', path)).find(existsSync);
  if (python === undefined) {
    it.skip(`${name}, not run: no Python packages (node scripts/fetch-vendor-tools.mjs fetches them)`, () => undefined);
  } else {
    declare(python);
  }
}

function findProgram(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => [join(folder, name), join(folder, `${name}.exe`)]).find(existsSync);
}

function findFile(pattern: RegExp): string | undefined {
  const found = existsSync(tools) ? readdirSync(tools).map((folder) => join(tools, folder)) : [];
  return found.flatMap((folder) => [folder, ...filesOf(folder)]).find((file) => pattern.test(file));
}

/** Two levels are enough for a tool's own folder. */
function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}
