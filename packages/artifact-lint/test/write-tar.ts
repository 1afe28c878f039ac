/** One entry of a made-up tar. */
export interface TarEntry {
  readonly name: string;
  readonly data?: string | Uint8Array;
  /** Target of a symbolic link. */
  readonly linkTo?: string;
}

const BLOCK = 512;

/** Writes a ustar archive. */
export function writeTar(entries: readonly TarEntry[]): Buffer {
  return Buffer.concat([...entries.flatMap(blocks), Buffer.alloc(2 * BLOCK)]);
}

function blocks({ name, data = '', linkTo }: TarEntry): readonly Buffer[] {
  const content = Buffer.from(data);
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, 100);
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write(linkTo === undefined ? (name.endsWith('/') ? '5' : '0') : '2', 156);
  header.write(linkTo ?? '', 157, 100);
  header.write('ustar\x0000', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const padded = Buffer.alloc(Math.ceil(content.length / BLOCK) * BLOCK);
  content.copy(padded);
  return [header, padded];
}
