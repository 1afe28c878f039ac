/** What a file is by its first bytes. @public */
export type FileFormat =
  | 'zip'
  | 'gzip'
  | 'tar'
  | 'class'
  | 'dex'
  | 'pe'
  | 'elf'
  | 'mach-o'
  | 'rar'
  | '7-zip'
  | 'xz'
  | 'bzip2'
  | 'zstandard'
  | 'cabinet'
  | 'installer database'
  | 'package of a Linux distribution'
  | 'PDF'
  | 'picture'
  | 'text'
  | 'unknown';

/** Enough to tell every format. */
export const FORMAT_BYTES = 512;

const SIGNATURES: readonly (readonly [format: FileFormat, hex: string])[] = [
  ['zip', '504b0304'],
  ['zip', '504b0506'],
  ['zip', '504b0708'],
  ['gzip', '1f8b'],
  ['dex', '6465780a'],
  ['pe', '4d5a'],
  ['elf', '7f454c46'],
  ['mach-o', 'feedface'],
  ['mach-o', 'feedfacf'],
  ['mach-o', 'cefaedfe'],
  ['mach-o', 'cffaedfe'],
  ['rar', '526172211a07'],
  ['7-zip', '377abcaf271c'],
  ['xz', 'fd377a585a00'],
  ['bzip2', '425a68'],
  ['zstandard', '28b52ffd'],
  ['cabinet', '4d534346'],
  ['installer database', 'd0cf11e0a1b11ae1'],
  ['package of a Linux distribution', 'edabeedb'],
  ['package of a Linux distribution', '213c617263683e0a64656269616e'],
  ['PDF', '25504446'],
  ['picture', '89504e47'],
  ['picture', 'ffd8ff'],
  ['picture', '47494638'],
];

/** Place of `ustar` in the first header of a tar. */
const USTAR_AT = 257;
/** Java began to count its versions here; a universal binary of macOS has a small number of parts in the same place. */
const FIRST_CLASS_VERSION = 45;

/** Tells a format by a file's first bytes ({@link FORMAT_BYTES} of them, or the whole file). Pure. */
export function recogniseFormat(head: Uint8Array): FileFormat {
  const bytes = Buffer.from(head);
  if (bytes.length >= 8 && bytes.readUInt32BE(0) === 0xcafebabe) return bytes.readUInt16BE(6) >= FIRST_CLASS_VERSION ? 'class' : 'mach-o';
  const start = bytes.subarray(0, 16).toString('hex');
  const known = SIGNATURES.find(([, hex]) => start.startsWith(hex));
  if (known !== undefined) return known[0];
  if (bytes.toString('latin1', USTAR_AT, USTAR_AT + 5) === 'ustar') return 'tar';
  return bytes.includes(0) ? 'unknown' : 'text';
}
