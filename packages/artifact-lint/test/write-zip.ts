import { crc32, deflateRawSync } from 'node:zlib';

/** One entry of a made-up zip; what is not said is as an honest packing program would have it. */
export interface ZipEntry {
  /** Text, or the very bytes. */
  readonly name: string | Uint8Array;
  readonly data?: string | Uint8Array;
  /** Marks it as encrypted. */
  readonly isEncrypted?: boolean;
  /** Number in the headers; the content is deflated for 8, and as it is otherwise. @defaultValue 8 */
  readonly method?: number;
  /** Instead of the real size. */
  readonly claimedBytes?: number;
  /** Instead of the real packed size, in the directory only. */
  readonly claimedPackedBytes?: number;
  /** File mode, as of a Unix. */
  readonly mode?: number;
}

const UTF8_NAME = 0x800;
const ENCRYPTED = 1;

/** About the archive as a whole. */
export interface ZipOptions {
  readonly isZip64?: boolean;
  /** Stands before the first entry, and every offset counts it, as in a jar with a start script. */
  readonly prefix?: string;
}

/** Writes a zip with all the lies that are asked for. */
export function writeZip(entries: readonly ZipEntry[], { isZip64 = false, prefix = '' }: ZipOptions = {}): Buffer {
  const locals: Buffer[] = [Buffer.from(prefix)];
  const directory: Buffer[] = [];
  let offset = Buffer.byteLength(prefix);
  for (const entry of entries) {
    const { method = 8 } = entry;
    const data = Buffer.from(entry.data ?? '');
    const packed = method === 8 ? deflateRawSync(data) : data;
    const name = typeof entry.name === 'string' ? Buffer.from(entry.name) : Buffer.from(entry.name);
    const flags = (typeof entry.name === 'string' ? UTF8_NAME : 0) | (entry.isEncrypted === true ? ENCRYPTED : 0);
    const fields = { method, flags, crc: crc32Of(data), packedBytes: packed.length, sizeBytes: entry.claimedBytes ?? data.length, nameBytes: name.length };
    const local = Buffer.concat([header(0x04034b50, fields, 4), name, packed]);
    locals.push(local);
    const record = header(0x02014b50, { ...fields, packedBytes: entry.claimedPackedBytes ?? packed.length }, 6);
    const extra = isZip64 ? zip64Extra(fields.sizeBytes, entry.claimedPackedBytes ?? packed.length, offset) : Buffer.alloc(0);
    const tail = Buffer.alloc(16);
    tail.writeUInt16LE(extra.length, 0);
    tail.writeUInt32LE(((entry.mode ?? 0) << 16) >>> 0, 8);
    tail.writeUInt32LE(isZip64 ? 0xffffffff : offset, 12);
    if (isZip64) record.fill(0xff, 20, 28);
    directory.push(record.subarray(0, 30), tail, name, extra);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  return Buffer.concat([...locals, central, ...(isZip64 ? [zip64End(entries.length, central.length, offset)] : []), end(entries.length, central.length, offset, isZip64)]);
}

interface HeaderFields {
  readonly method: number;
  readonly flags: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly sizeBytes: number;
  readonly nameBytes: number;
}

/** The part that local headers and the directory share, from `versionNeeded` on at `at`. */
function header(signature: number, fields: HeaderFields, at: number): Buffer {
  const buffer = Buffer.alloc(at === 4 ? 30 : 46);
  buffer.writeUInt32LE(signature, 0);
  if (at === 6) buffer.writeUInt16LE((3 << 8) | 45, 4);
  buffer.writeUInt16LE(45, at);
  buffer.writeUInt16LE(fields.flags, at + 2);
  buffer.writeUInt16LE(fields.method, at + 4);
  buffer.writeUInt16LE(0x21, at + 8);
  buffer.writeUInt32LE(fields.crc, at + 10);
  buffer.writeUInt32LE(Math.min(fields.packedBytes, 0xffffffff), at + 14);
  buffer.writeUInt32LE(Math.min(fields.sizeBytes, 0xffffffff), at + 18);
  buffer.writeUInt16LE(fields.nameBytes, at + 22);
  return buffer;
}

function zip64Extra(sizeBytes: number, packedBytes: number, offset: number): Buffer {
  const extra = Buffer.alloc(28);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(24, 2);
  [sizeBytes, packedBytes, offset].forEach((value, index) => extra.writeBigUInt64LE(BigInt(value), 4 + 8 * index));
  return extra;
}

function zip64End(count: number, size: number, offset: number): Buffer {
  const record = Buffer.alloc(56 + 20);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(45, 12);
  record.writeUInt16LE(45, 14);
  [count, count, size, offset].forEach((value, index) => record.writeBigUInt64LE(BigInt(value), 24 + 8 * index));
  record.writeUInt32LE(0x07064b50, 56);
  record.writeBigUInt64LE(BigInt(offset + size), 64);
  record.writeUInt32LE(1, 72);
  return record;
}

function end(count: number, size: number, offset: number, isZip64: boolean): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(isZip64 ? 0xffff : count, 8);
  record.writeUInt16LE(isZip64 ? 0xffff : count, 10);
  record.writeUInt32LE(isZip64 ? 0xffffffff : size, 12);
  record.writeUInt32LE(isZip64 ? 0xffffffff : offset, 16);
  return record;
}

/** Node 20.18 has no `crc32` in zlib, so the type says more than is there. */
function crc32Of(data: Buffer): number {
  const native = crc32 as typeof crc32 | undefined;
  if (native !== undefined) return native(data);
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
