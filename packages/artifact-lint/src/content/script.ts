/** What the beginning of a JavaScript file tells about how it was made. */
export interface ScriptFacts {
  readonly kind: 'script';
  /** Whitespace and line breaks were taken out. */
  readonly isMinified: boolean;
  /** The program that joined many modules to this file; null when none left its mark. */
  readonly bundler: string | null;
}

/** A shorter file is short, and not minified. */
const MIN_MINIFIED_BYTES = 1024;
/** Average length of the lines that are not comments; people write 30 to 50. */
const MINIFIED_LINE = 250;

const BUNDLERS: readonly (readonly [name: string, mark: RegExp])[] = [
  ['webpack', /__webpack_require__|webpackBootstrap|webpackChunk/u],
  ['Parcel', /parcelRequire/u],
  ['esbuild', /__commonJS\s*=\s*\(cb,\s*mod\)|^\/\/ node_modules\//mu],
  ['Browserify', /^\(function\(\)\{function r\(e,n,t\)/u],
];

/** Judges a script by its first bytes. Pure. */
export function readScript(head: Uint8Array): ScriptFacts {
  const text = new TextDecoder().decode(head);
  return { kind: 'script', isMinified: isMinified(text), bundler: BUNDLERS.find(([, mark]) => mark.test(text))?.[0] ?? null };
}

/** A licence at the top of a minified file has short lines: comments do not count. */
function isMinified(text: string): boolean {
  const code = withoutComments(text).split('\n').filter((line) => line.trim() !== '' && !line.trimStart().startsWith('//'));
  const length = code.reduce((sum, line) => sum + line.length, 0);
  return length >= MIN_MINIFIED_BYTES && length / code.length > MINIFIED_LINE;
}

/** In one pass, whatever the text: a pattern could be kept busy by comments that never end. */
function withoutComments(text: string): string {
  const parts: string[] = [];
  let at = 0;
  for (let start = text.indexOf('/*'); start >= 0; start = text.indexOf('/*', at)) {
    const end = text.indexOf('*/', start + 2);
    if (end < 0) break;
    parts.push(text.slice(at, start));
    at = end + 2;
  }
  return `${parts.join('')}${text.slice(at)}`;
}
