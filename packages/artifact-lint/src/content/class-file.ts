import { ByteCursor } from './byte-cursor.js';

/** What a Java class file tells about its debug information. */
export interface ClassFileFacts {
  readonly kind: 'class';
  /** False for an interface without code: it needs no line numbers. */
  readonly hasCode: boolean;
  readonly hasLineNumbers: boolean;
}

const UTF8 = 1;
/** Bytes behind the tag of each kind of constant. */
const CONSTANT_BYTES: Readonly<Record<number, number>> = { 3: 4, 4: 4, 5: 8, 6: 8, 7: 2, 8: 2, 9: 4, 10: 4, 11: 4, 12: 4, 15: 3, 16: 2, 17: 4, 18: 4, 19: 2, 20: 2 };
/** Long and double take two places in the table. */
const TWO_PLACES: readonly number[] = [5, 6];

/**
 * Reads whether a class has code, and whether any of it has line numbers. Null for what is no whole class file. Pure.
 *
 * @see The Java Virtual Machine Specification, chapter 4
 */
export function readClassFile(bytes: Uint8Array): ClassFileFacts | null {
  try {
    return parseClass(new ByteCursor(bytes));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function parseClass(cursor: ByteCursor): ClassFileFacts | null {
  if (cursor.u4() !== 0xcafebabe) return null;
  cursor.skip(4);
  const names = readConstants(cursor);
  if (names === null) return null;
  cursor.skip(6);
  cursor.skip(2 * cursor.u2());
  readMembers(cursor, names);
  return { kind: 'class', ...readMembers(cursor, names) };
}

function readConstants(cursor: ByteCursor): ReadonlyMap<number, string> | null {
  const names = new Map<number, string>();
  const count = cursor.u2();
  for (let index = 1; index < count; index += 1) {
    const tag = cursor.u1();
    const length = CONSTANT_BYTES[tag];
    if (tag === UTF8) names.set(index, cursor.text(cursor.u2()));
    else if (length === undefined) return null;
    else cursor.skip(length);
    if (TWO_PLACES.includes(tag)) index += 1;
  }
  return names;
}

/** Reads fields or methods; only methods have code. */
function readMembers(cursor: ByteCursor, names: ReadonlyMap<number, string>): Omit<ClassFileFacts, 'kind'> {
  let hasCode = false;
  let hasLineNumbers = false;
  for (let left = cursor.u2(); left > 0; left -= 1) {
    cursor.skip(6);
    for (let attributes = cursor.u2(); attributes > 0; attributes -= 1) {
      const isCode = names.get(cursor.u2()) === 'Code';
      const length = cursor.u4();
      if (!isCode) cursor.skip(length);
      else {
        hasCode = true;
        if (hasLineTable(cursor, names)) hasLineNumbers = true;
      }
    }
  }
  return { hasCode, hasLineNumbers };
}

function hasLineTable(cursor: ByteCursor, names: ReadonlyMap<number, string>): boolean {
  let isFound = false;
  cursor.skip(4);
  cursor.skip(cursor.u4());
  cursor.skip(8 * cursor.u2());
  for (let attributes = cursor.u2(); attributes > 0; attributes -= 1) {
    if (names.get(cursor.u2()) === 'LineNumberTable') isFound = true;
    cursor.skip(cursor.u4());
  }
  return isFound;
}
