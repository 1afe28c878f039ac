import nodePath, { type PlatformPath } from 'node:path';

/**
 * True when a path is the folder itself or lies below it. Pure: both paths are absolute and free of symbolic links.
 *
 * @param paths - rules of the system that the paths belong to
 */
export function isInside(path: string, folder: string, paths: PlatformPath = nodePath): boolean {
  const way = paths.relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${paths.sep}`) && !paths.isAbsolute(way));
}
