import { Tokenizer, TokenParser, TokenType } from '@streamparser/json';

import { unusableFile } from './unusable-file.js';

/** What is wanted of a JSON object: some members of the root, and the elements of one list. */
export interface JsonSelection {
  readonly members: readonly string[];
  /** Names from the root to the list. */
  readonly list: readonly string[];
}

/** A piece of a JSON object, as soon as it has been read. */
export type JsonPiece =
  /** A member of the root begins. */
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'member'; readonly name: string; readonly value: unknown }
  | { readonly kind: 'list' }
  | { readonly kind: 'element'; readonly index: number; readonly value: unknown };

/** Ours go down to six. */
const MAX_DEPTH = 64;
/** A finding is some kilobytes; nothing that is selected comes near it. */
const MAX_PIECE_BYTES = 64 * 1024 * 1024;

/**
 * Reads a JSON object piece by piece, in constant memory.
 *
 * Own properties only: a member `__proto__` is a member like others. Two members of the root with one name would be read
 * differently by different programs, so they are refused.
 *
 * @param path - for messages
 * @throws ValidationError `invalid-findings-file`; what reading the bytes throws
 */
export async function* readJsonPieces(path: string, bytes: AsyncIterable<Uint8Array>, selection: JsonSelection): AsyncGenerator<JsonPiece> {
  let ready: JsonPiece[] = [];
  const parser = createPieceParser(path, selection, (piece) => ready.push(piece));
  for await (const part of bytes) {
    parser.write(part);
    yield* ready;
    ready = [];
  }
  parser.end();
  yield* ready;
}

function createPieceParser(path: string, { members, list }: JsonSelection, emit: (piece: JsonPiece) => void): { write: (part: Uint8Array) => void; end: () => void } {
  const paths = [...members.map((name) => `$.${name}`), `$.${list.join('.')}.*`];
  const tokenizer = new Tokenizer();
  const values = new TokenParser({ paths, keepStack: false });
  const names = new Set<string>();
  /** The name that each open object is at; null in lists. */
  const position: (string | null)[] = [];
  let text = '';
  let isValueNext = false;
  let pendingBytes = 0;

  function hear(token: TokenType, value: unknown): void {
    if (position.length === 0 && token !== TokenType.LEFT_BRACE) throw unusableFile(path, 'JSON that is no object');
    if (isValueNext && isAt(list)) {
      if (token !== TokenType.LEFT_BRACKET) throw unusableFile(path, `${list.join('.')} that is no list`, 'a list of findings');
      emit({ kind: 'list' });
    }
    isValueNext = false;
    if (token === TokenType.STRING) text = value as string;
    else if (token === TokenType.COLON) {
      position[position.length - 1] = text;
      isValueNext = true;
      if (position.length === 1 || isAt(list)) open(position.join('.'));
    } else if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) {
      if (position.push(null) > MAX_DEPTH) throw unusableFile(path, `JSON that is nested more than ${MAX_DEPTH} levels deep`);
    } else if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) position.pop();
  }

  function open(name: string): void {
    if (names.has(name)) throw unusableFile(path, `${name} twice`, 'each name once');
    names.add(name);
    if (position.length === 1) emit({ kind: 'name', name });
  }

  function isAt(names: readonly string[]): boolean {
    return position.length === names.length && names.every((name, index) => position[index] === name);
  }

  tokenizer.onToken = (info) => {
    hear(info.token, info.value);
    values.write(info);
  };
  values.onValue = ({ value, key, stack }) => {
    pendingBytes = 0;
    if (stack.length === 1) emit({ kind: 'member', name: String(key), value });
    else emit({ kind: 'element', index: Number(key), value });
  };
  values.onEnd = () => {
    tokenizer.end();
  };

  return {
    write(part) {
      pendingBytes += part.byteLength;
      if (pendingBytes > MAX_PIECE_BYTES) throw unusableFile(path, `one value of more than ${MAX_PIECE_BYTES} bytes`);
      guarded(() => tokenizer.write(part));
    },
    end() {
      if (!values.isEnded) throw unusableFile(path, names.size === 0 ? 'an empty file' : 'JSON that ends in the middle: the file was cut', 'a whole file');
    },
  };

  /** The parser's own messages quote the text, which may be anything. */
  function guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (error instanceof Error && error.name === 'ValidationError') throw error;
      throw unusableFile(path, 'text that is not JSON');
    }
  }
}
