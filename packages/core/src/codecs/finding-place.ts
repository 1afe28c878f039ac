/** Folder and file as one path with `/` between the segments; null without a file. */
export function joinPath(folder: string | null, file: string | null): string | null {
  if (file === null) return null;
  const path = folder === null ? file : `${folder.replace(/[\\/]+$/, '')}/${file}`;
  return path.replaceAll('\\', '/');
}

/** The one free text that manual findings have for their place: an address, or something like a path. */
export function manualPlace(text: string | null): { readonly url: string | null; readonly file: string | null } {
  return text !== null && /^https?:/i.test(text) ? { url: text, file: null } : { url: null, file: text };
}
