/** A text in quotes. */
export interface GroovyText {
  /** Offset of its first quote, and of the character after its last one. */
  readonly start: number;
  readonly end: number;
  /** Offset of its first character. */
  readonly from: number;
  readonly value: string;
}

/** A block in braces. */
export interface GroovyBlock {
  /** Offsets of its braces. */
  readonly start: number;
  readonly end: number;
  /** What stands before it: `catchError(buildResult: 'SUCCESS')`, `try`. */
  readonly header: string;
  readonly headerStart: number;
}

/** A Jenkinsfile taken apart as far as its blocks and texts. */
export interface GroovySource {
  /** The code; comments and the insides of texts are blanks, so that offsets stay. */
  readonly code: string;
  readonly texts: readonly GroovyText[];
  readonly blocks: readonly GroovyBlock[];
  readonly lineOf: (offset: number) => number;
}

const QUOTES = ["'''", '"""', "'", '"'] as const;

/** Reads blocks, texts and comments of Groovy; everything else is left to the reader. */
export function readGroovy(source: string): GroovySource {
  const code: string[] = Array.from({ length: source.length }, (_, at) => (source[at] === '\n' ? '\n' : ' '));
  const texts: GroovyText[] = [];
  let index = 0;
  while (index < source.length) {
    const quote = QUOTES.find((mark) => source.startsWith(mark, index));
    if (source.startsWith('//', index) && source[index - 1] !== ':') index = endOf(source, '\n', index);
    else if (source.startsWith('/*', index)) index = endOf(source, '*/', index) + 2;
    else if (quote === undefined) {
      code[index] = source[index] ?? ' ';
      index += 1;
    } else {
      const end = endOfText(source, quote, index + quote.length);
      texts.push({ start: index, from: index + quote.length, end: end + quote.length, value: source.slice(index + quote.length, end) });
      for (const offset of [index, end]) for (let at = 0; at < quote.length; at += 1) if (offset + at < source.length) code[offset + at] = quote[0] ?? "'";
      index = end + quote.length;
    }
  }
  const readable = code.join('');
  const starts = lineStarts(source);
  return { code: readable, texts, blocks: blocksOf(readable), lineOf: (offset) => lineAt(starts, offset) };
}

function endOf(source: string, mark: string, from: number): number {
  const end = source.indexOf(mark, from);
  return end < 0 ? source.length : end;
}

function endOfText(source: string, quote: string, from: number): number {
  for (let index = from; index < source.length; index += 1) {
    if (source[index] === '\\') index += 1;
    else if (source.startsWith(quote, index)) return index;
    // A text in single marks ends with its line; one without an end is not ours to judge.
    else if (quote.length === 1 && source[index] === '\n') return index;
  }
  return source.length;
}

function blocksOf(code: string): readonly GroovyBlock[] {
  const blocks: GroovyBlock[] = [];
  const open: { start: number; header: string; headerStart: number }[] = [];
  for (let index = 0; index < code.length; index += 1) {
    if (code[index] === '{') {
      const headerStart = startOfHeader(code, index);
      open.push({ start: index, header: code.slice(headerStart, index).trim(), headerStart });
    } else if (code[index] === '}') {
      const block = open.pop();
      if (block !== undefined) blocks.push({ ...block, end: index });
    }
  }
  return blocks;
}

/** The header begins after the brace, the semicolon or the line before it; parentheses may hold lines. */
function startOfHeader(code: string, brace: number): number {
  let depth = 0;
  let hasWord = false;
  for (let index = brace - 1; index >= 0; index -= 1) {
    const character = code[index] ?? '';
    if (character === ')') depth += 1;
    else if (character === '(') depth -= 1;
    else if (depth === 0 && (character === '{' || character === '}' || character === ';' || (character === '\n' && hasWord))) return skipBlanks(code, index + 1);
    if (/\S/u.test(character)) hasWord = true;
  }
  return skipBlanks(code, 0);
}

function skipBlanks(code: string, from: number): number {
  let index = from;
  while (index < code.length && /\s/u.test(code[index] ?? '')) index += 1;
  return index;
}

function lineStarts(source: string): readonly number[] {
  const starts = [0];
  for (let index = source.indexOf('\n'); index >= 0; index = source.indexOf('\n', index + 1)) starts.push(index + 1);
  return starts;
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}
