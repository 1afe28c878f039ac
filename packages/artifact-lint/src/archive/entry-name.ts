const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** The text of an entry's name; bytes that are no UTF-8 are shown as Latin letters. Pure. */
export function decodeEntryName(bytes: Uint8Array): { readonly name: string; readonly isText: boolean } {
  try {
    return { name: UTF8.decode(bytes), isText: true };
  } catch {
    return { name: Buffer.from(bytes).toString('latin1'), isText: false };
  }
}

/** What a name would do to a program that unpacks without looking; null for a harmless one. Pure. */
export function nameTrap(name: string): string | null {
  if (name.includes('\0')) return 'holds a NUL character';
  if (/^[/\\]/u.test(name)) return 'is absolute';
  if (/^[a-z]:/iu.test(name)) return 'names a drive';
  if (name.split(/[/\\]/u).includes('..')) return 'leads out of the archive';
  return name.includes('\\') ? 'has \\ between folders' : null;
}

/** Last part of a name. Pure. */
export function baseName(name: string): string {
  return name.replace(/\/+$/u, '').split('/').at(-1) ?? '';
}

/** The folders of a name, outermost first. Pure. */
export function foldersOf(name: string): readonly string[] {
  return name.split('/').slice(0, -1);
}

/** Lower-case, without the dot; empty where there is none. Pure. */
export function extensionOf(name: string): string {
  const base = baseName(name).toLowerCase();
  if (base.endsWith('.tar.gz')) return 'tar.gz';
  const at = base.lastIndexOf('.');
  return at <= 0 ? '' : base.slice(at + 1);
}
