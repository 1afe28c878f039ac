/** Reads big-endian numbers one after the other; reading beyond the end throws a RangeError. */
export class ByteCursor {
  private at = 0;
  private readonly bytes: Buffer;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  u1(): number {
    return this.bytes.readUInt8(this.advance(1));
  }

  u2(): number {
    return this.bytes.readUInt16BE(this.advance(2));
  }

  u4(): number {
    return this.bytes.readUInt32BE(this.advance(4));
  }

  text(length: number): string {
    const start = this.advance(length);
    return this.bytes.toString('utf8', start, start + length);
  }

  skip(length: number): void {
    this.advance(length);
  }

  private advance(length: number): number {
    const start = this.at;
    if (start + length > this.bytes.length) throw new RangeError('beyond the end');
    this.at += length;
    return start;
  }
}
