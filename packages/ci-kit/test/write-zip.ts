import { deflateRawSync, gzipSync } from 'node:zlib';

/** A small whole zip of files with ASCII names; `isEncrypted` marks the last one as encrypted. */
export function writeZip(files: Readonly<Record<string, string>>, { isEncrypted = false } = {}): Buffer {
  const names = Object.keys(files);
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const flags = isEncrypted && name === names.at(-1) ? 1 : 0;
    const local = header(0x04034b50, { at: 4, length: 30, flags, name, text });
    const record = header(0x02014b50, { at: 6, length: 46, flags, name, text });
    record.writeUInt32LE(offset, 42);
    const packed = deflateRawSync(text);
    locals.push(local, Buffer.from(name), packed);
    directory.push(record, Buffer.from(name));
    offset += local.length + name.length + packed.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(names.length, 8);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, central, end]);
}

interface HeaderFacts {
  readonly at: number;
  readonly length: number;
  readonly flags: number;
  readonly name: string;
  readonly text: string;
}

function header(signature: number, { at, length, flags, name, text }: HeaderFacts): Buffer {
  const buffer = Buffer.alloc(length);
  buffer.writeUInt32LE(signature, 0);
  buffer.writeUInt16LE(20, at);
  buffer.writeUInt16LE(flags, at + 2);
  buffer.writeUInt16LE(8, at + 4);
  buffer.writeUInt32LE(checksumOf(text), at + 10);
  buffer.writeUInt32LE(deflateRawSync(text).length, at + 14);
  buffer.writeUInt32LE(Buffer.byteLength(text), at + 18);
  buffer.writeUInt16LE(name.length, at + 22);
  return buffer;
}

/** A gzip ends with the CRC-32 of its content. */
function checksumOf(text: string): number {
  const packed = gzipSync(text);
  return packed.readUInt32LE(packed.length - 8);
}
