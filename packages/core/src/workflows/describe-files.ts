import type { UploadedFile } from '../domain/build.js';

/** Files as an error names them. */
export function describeFiles(files: readonly UploadedFile[]): string {
  if (files.length === 0) return 'no files';
  return files.map(({ name, statusText, md5 }) => `"${name}" (${statusText}, MD5 ${md5 ?? 'not told'})`).join(', ');
}
