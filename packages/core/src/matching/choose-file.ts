import { endsWithMainRoot, isOutputFolder, isPackagePrefix, isTestFolder } from './source-roots.js';
import type { IndexedFile, SharedEnd } from './suffix-index.js';

/** The path of a finding as it is looked for. */
export interface WantedPath {
  readonly segments: readonly string[];
  readonly isAbsolute: boolean;
  /** The module that the finding is in, as the platform names it. */
  readonly module: string | null;
  /** Names of the checkout itself, which paths may begin with. */
  readonly rootNames: ReadonlySet<string>;
}

/** So many files with one end are looked at; more cannot be told apart. */
const MOST_CANDIDATES = 200;

/** Their folders are their packages: a path that differs there is another class. */
const PACKAGE_LANGUAGE = /\.(?:java|kts?|scala|groovy|jspx?)$/i;

/** What was found for a path. */
export type Choice = { readonly kind: 'one'; readonly file: IndexedFile } | { readonly kind: 'several'; readonly files: readonly IndexedFile[] } | { readonly kind: 'none' };

/**
 * Chooses the file that a path means: the longest shared end whose rest can be explained, sources before what a build
 * wrote. Several files are narrowed by module, then production code is preferred; what is left open stays open.
 */
export function chooseFile(ends: readonly SharedEnd[], wanted: WantedPath): Choice {
  const wholes = wholePaths(ends, wanted.segments.length);
  if (wholes.length > 0) return choiceOf(wholes);
  for (const isOutput of [false, true]) {
    for (const end of ends) {
      const { depth } = end;
      const found = end.files(MOST_CANDIDATES);
      const candidates = found.filter((file) => isOutputFolder(foldersBefore(file, depth)) === isOutput && isExplained(file, depth, wanted));
      if (candidates.length === 0) continue;
      // There may be more, of which one would have been the right one.
      return found.length === MOST_CANDIDATES ? { kind: 'several', files: candidates } : choiceOf(narrowed(candidates, depth, wanted));
    }
  }
  return { kind: 'none' };
}

/** Files that are the path and nothing more; several when they differ in case. */
export function wholePaths(ends: readonly SharedEnd[], length: number): readonly IndexedFile[] {
  const end = ends.find(({ depth }) => depth === length);
  return (end?.files(MOST_CANDIDATES) ?? []).filter(({ segments }) => segments.length === length);
}

function choiceOf(files: readonly IndexedFile[]): Choice {
  const [file, ...others] = files;
  if (file === undefined) return { kind: 'none' };
  return others.length === 0 ? { kind: 'one', file } : { kind: 'several', files };
}

/** A shared end alone proves little: what stands before it, on either side, has to have a reason. */
function isExplained(file: IndexedFile, depth: number, { segments, isAbsolute, rootNames }: WantedPath): boolean {
  const before = segments.slice(0, segments.length - depth);
  const root = foldersBefore(file, depth);
  if (before.length === 0 || isPackagePrefix(before)) return true;
  // Kotlin's conventions leave out the folders of the common package.
  if (/\.kts?$/.test(file.path) && endsWithMainRoot(root)) return true;
  if (PACKAGE_LANGUAGE.test(file.path)) return false;
  // The whole path of a repository file: before it stands the place of a build, or the path of a Go module.
  if (root.length === 0 && (depth > 1 || (before.length === 1 && rootNames.has(before[0] ?? '')))) return true;
  return isAbsolute && depth > 1;
}

function narrowed(candidates: readonly IndexedFile[], depth: number, { module }: WantedPath): readonly IndexedFile[] {
  const stem = moduleStem(module);
  const ofModule = prefer(candidates, (file) => foldersBefore(file, depth).some((folder) => folder.toLowerCase() === stem));
  const shipped = prefer(ofModule, (file) => !isTestFolder(foldersBefore(file, depth)));
  return prefer(shipped, (file) => depth === file.segments.length || endsWithMainRoot(foldersBefore(file, depth)));
}

function prefer(files: readonly IndexedFile[], isPreferred: (file: IndexedFile) => boolean): readonly IndexedFile[] {
  const preferred = files.filter(isPreferred);
  return preferred.length === 0 ? files : preferred;
}

function foldersBefore({ segments }: IndexedFile, depth: number): readonly string[] {
  return segments.slice(0, segments.length - depth);
}

/** `JS files within shop-web-1.2.0.war` is built from a folder `shop-web`. */
function moduleStem(module: string | null): string {
  const file = (module ?? '').split(/ within /i).at(-1)?.split(/[\\/]/).at(-1) ?? '';
  return file
    .toLowerCase()
    .replace(/\.[a-z]{2,5}$/, '')
    .replace(/[-_.]v?\d[\w.+-]*$/, '');
}
