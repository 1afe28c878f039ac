/** Writes a Java class file with one method, with or without a table of line numbers; what `javac` writes is tested beside. */
export function writeClass({ hasLineNumbers, isAbstract = false }: { readonly hasLineNumbers: boolean; readonly isAbstract?: boolean }): Buffer {
  const names = ['Shop', 'run', '()V', 'Code', 'LineNumberTable'];
  // A long takes two places, as in real tables.
  const constants = Buffer.concat([...names.map((name) => Buffer.concat([Buffer.from([1]), u2(name.length), Buffer.from(name)])), Buffer.from([7]), u2(1), Buffer.from([5]), Buffer.alloc(8)]);
  const lines = Buffer.concat([u2(5), u4(6), u2(1), u2(0), u2(7)]);
  const code = Buffer.concat([u2(0), u2(1), u4(1), Buffer.from([0xb1]), u2(0), u2(hasLineNumbers ? 1 : 0), ...(hasLineNumbers ? [lines] : [])]);
  const attributes = isAbstract ? [u2(0)] : [u2(1), u2(4), u4(code.length), code];
  const field = Buffer.concat([u2(0), u2(2), u2(3), u2(0)]);
  return Buffer.concat([u4(0xcafebabe), u2(0), u2(61), u2(9), constants, u2(0x21), u2(6), u2(0), u2(0), u2(1), field, u2(1), u2(isAbstract ? 0x400 : 1), u2(2), u2(3), ...attributes, u2(0)]);
}

function u2(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16BE(value);
  return buffer;
}

function u4(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value);
  return buffer;
}
