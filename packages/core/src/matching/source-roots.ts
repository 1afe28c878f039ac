/** Folders that packages of sources begin below, for production code. */
const MAIN_ROOTS = [
  'src/main/java',
  'src/main/kotlin',
  'src/main/scala',
  'src/main/groovy',
  'src/main/resources',
  'src/main/webapp',
  'src/main',
  'src/java',
  'WebContent',
  'WebRoot',
  'webapp',
  'app/src',
  'app',
  'src',
  'source',
  'Sources',
  'lib',
  'libs',
  'internal',
  'cmd',
  'pkg',
  'include',
].map(split);

/** Folders of code that is not shipped. */
const TEST_FOLDERS: ReadonlySet<string> = new Set(['test', 'tests', '__tests__', 'spec', 'androidTest', 'testFixtures', 'integrationTest', 'it', 'e2e']);

/** Folders that builds write to. */
const OUTPUT_FOLDERS: ReadonlySet<string> = new Set(['target', 'build', 'dist', 'out', 'bin', 'obj', '.next', '.nuxt', '.gradle', 'coverage', 'Debug', 'Release']);

/** Folders inside packages that lead to sources or classes. */
const PACKAGE_FOLDERS: ReadonlySet<string> = new Set(['web-inf', 'boot-inf', 'app-inf', 'meta-inf', 'classes', 'lib', 'jsp', 'app.asar', 'payload', 'package']);

const ARCHIVE = /\.(?:[jwer]ar|zip|apk|aab|aar|ipa|bca|nupkg|egg|whl|tgz|tar|gz|dll|exe)$/i;

/** Whether a folder path ends with a folder that packages of sources begin below. */
export function endsWithMainRoot(folders: readonly string[]): boolean {
  return MAIN_ROOTS.some((root) => endsWith(folders, root));
}

/** Whether files below are tests. */
export function isTestFolder(folders: readonly string[]): boolean {
  return folders.some((folder) => TEST_FOLDERS.has(folder));
}

/** Whether a build wrote what lies below. */
export function isOutputFolder(folders: readonly string[]): boolean {
  return folders.some((folder) => OUTPUT_FOLDERS.has(folder));
}

/** Whether the first folders of a finding's path only say in which package it was, and where inside. */
export function isPackagePrefix(folders: readonly string[]): boolean {
  return folders.every((folder) => PACKAGE_FOLDERS.has(folder.toLowerCase()) || ARCHIVE.test(folder)) || endsWithRootOnly(folders);
}

/** A whole root and nothing before it: sources that lay in a layout which this checkout has not. */
function endsWithRootOnly(folders: readonly string[]): boolean {
  return MAIN_ROOTS.some((root) => root.length === folders.length && endsWith(folders, root));
}

function endsWith(folders: readonly string[], end: readonly string[]): boolean {
  return end.length <= folders.length && end.every((folder, index) => folders[folders.length - end.length + index] === folder);
}

function split(path: string): readonly string[] {
  return path.split('/');
}
