import { extensionOf } from './entry-name.js';

/** Archives that the platform takes for modules, or for parts of one. @see docs.veracode.com "Package your code" */
const MODULE_ARCHIVES: readonly string[] = ['jar', 'war', 'ear', 'apk', 'aab', 'aar', 'ipa'];

/** Archives that only keep files together. */
const PLAIN_ARCHIVES: readonly string[] = ['zip', 'tar', 'tar.gz', 'tgz', 'whl', 'egg', 'nupkg', 'rar', '7z', 'gz', 'bz2', 'xz', 'tbz2', 'txz', 'zst'];

/** What of them can be opened here. */
const READABLE: readonly string[] = [...MODULE_ARCHIVES, 'zip', 'whl', 'egg', 'nupkg', 'tar', 'tar.gz', 'tgz'];

const TARS: readonly string[] = ['tar', 'tar.gz', 'tgz'];

/** Pure. */
export function isModuleArchive(name: string): boolean {
  return MODULE_ARCHIVES.includes(extensionOf(name));
}

/** True for archives that are an application by themselves, and no library. Pure. */
export function isApplicationArchive(name: string): boolean {
  return isModuleArchive(name) && !['jar', 'aar'].includes(extensionOf(name));
}

/** Pure. */
export function isPlainArchive(name: string): boolean {
  return PLAIN_ARCHIVES.includes(extensionOf(name));
}

/** True for archives that can be looked into. Pure. */
export function isReadableArchive(name: string): boolean {
  return READABLE.includes(extensionOf(name));
}

/** True for a tar, compressed or not. Pure. */
export function isTarName(name: string): boolean {
  return TARS.includes(extensionOf(name));
}
