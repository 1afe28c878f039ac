import { dirname } from 'node:path';

/**
 * What the nearest folder says that knows something, from one upwards.
 *
 * @param look - null where a folder says nothing
 * @param stopBefore - a folder that is not asked, unless the search begins in it
 * @returns null where no folder says anything
 */
export async function findUpwards<T>(folder: string, look: (folder: string) => Promise<T | null>, stopBefore: string | null = null): Promise<T | null> {
  for (let current = folder; ; current = dirname(current)) {
    const found = await look(current);
    if (found !== null) return found;
    const parent = dirname(current);
    if (parent === current || parent === stopBefore) return null;
  }
}
