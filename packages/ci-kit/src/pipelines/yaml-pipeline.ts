import { type Alias, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments, type ParsedNode, Scalar, type YAMLMap, type YAMLSeq } from 'yaml';

import type { ScriptLine } from './shell-commands.js';

/** Nobody's script has more parts, or nests them deeper; aliases of aliases would. */
const MOST_PARTS = 2000;
const DEEPEST = 12;

/** A pipeline in YAML, which knows the lines of its parts. */
export interface YamlPipeline {
  /** The documents that are maps, the last one first: a header may stand before the jobs. */
  readonly roots: readonly YAMLMap[];
  /** What an alias stands for; the node itself otherwise. */
  resolve(node: unknown): Node | null;
  /** The value of a key, of merged maps too. */
  get(map: YAMLMap, key: string): Node | null;
  /** A scalar as text; null for anything else. */
  text(node: unknown): string | null;
  /** The names of a map's keys, with the line of each. */
  keys(map: YAMLMap): readonly { readonly name: string; readonly line: number }[];
  /** Line of the key of a map, else of the map. */
  lineOfKey(map: YAMLMap, key: string): number;
  lineOf(node: unknown): number;
  /** The lines of a script: one text, or a list of texts and lists. */
  scriptLines(node: unknown): readonly ScriptLine[];
}

/** @returns the fault, with its line, where the text is no YAML */
export function parseYamlPipeline(text: string): YamlPipeline | { readonly fault: string } {
  const counter = new LineCounter();
  let documents: ReturnType<typeof parseAllDocuments>;
  try {
    documents = parseAllDocuments(text, { lineCounter: counter, prettyErrors: false, keepSourceTokens: false, logLevel: 'error' });
  } catch (error) {
    return { fault: error instanceof RangeError ? 'which is nested too deeply' : 'which cannot be read' };
  }
  const parsed = 'empty' in documents ? [] : documents;
  const [error] = parsed.flatMap((document) => document.errors);
  if (error !== undefined) return { fault: `which is no valid YAML (line ${counter.linePos(error.pos[0]).line})` };
  return pipelineOf(text, counter, parsed);
}

type Documents = Exclude<ReturnType<typeof parseAllDocuments>, { readonly empty: true }>;

function pipelineOf(source: string, counter: LineCounter, documents: Documents): YamlPipeline {
  const sourceLines = source.split(/\r\n|\n|\r/u);
  const roots = documents.map((document) => document.contents).filter((contents): contents is ParsedNode & YAMLMap.Parsed => isMap(contents)).toReversed();

  // The library walks the whole document for each alias.
  const targets = new Map<Alias, Node | null>();
  const resolve = (node: unknown): Node | null => {
    if (!isAlias(node)) return isMap(node) || isSeq(node) || isScalar(node) ? node : null;
    const known = targets.get(node);
    if (known !== undefined) return known;
    const target = documents.map((document) => node.resolve(document)).find((found) => found !== undefined) ?? null;
    targets.set(node, target);
    return target;
  };
  const lineOf = (node: unknown): number => {
    const range = isMap(node) || isSeq(node) || isScalar(node) || isAlias(node) ? node.range : null;
    return range ? counter.linePos(range[0]).line : 1;
  };
  const pairOf = (map: YAMLMap, key: string): YAMLMap['items'][number] | undefined => map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key);
  const find = (map: YAMLMap, key: string, seen = new Set<YAMLMap>()): YAMLMap['items'][number] | undefined => {
    const own = pairOf(map, key);
    // A map that was looked at has not got it: a file of aliases of aliases costs no more than its maps.
    if (own !== undefined || seen.has(map)) return own;
    seen.add(map);
    const merged = resolve(pairOf(map, '<<')?.value);
    const maps = isMap(merged) ? [merged] : isSeq(merged) ? merged.items.map(resolve).filter((item) => isMap(item)) : [];
    return maps.map((other) => find(other, key, seen)).find((pair) => pair !== undefined);
  };
  const get = (map: YAMLMap, key: string): Node | null => resolve(find(map, key)?.value);
  const text = (node: unknown): string | null => {
    const resolved = resolve(node);
    return isScalar(resolved) ? textOfScalar(resolved) : null;
  };
  const reference = (sequence: YAMLSeq): Node | null => {
    const path = sequence.items.map((item) => text(item) ?? '');
    for (const root of roots) {
      let node: Node | null = root;
      for (const key of path) node = isMap(node) ? get(node, key) : null;
      if (node !== null) return node;
    }
    return null;
  };
  const scriptLines = (node: unknown, left: { parts: number }, depth = 0): readonly ScriptLine[] => {
    left.parts -= 1;
    if (depth > DEEPEST || left.parts < 0) return [];
    const resolved = resolve(node);
    if (isSeq(resolved)) {
      if (resolved.tag === '!reference') return scriptLines(reference(resolved), left, depth + 1);
      return resolved.items.flatMap((item) => scriptLines(item, left, depth + 1));
    }
    return isScalar(resolved) ? linesOfScalar(resolved, lineOf(resolved), sourceLines) : [];
  };
  return {
    roots,
    resolve,
    get,
    text,
    keys: (map) => map.items.flatMap(({ key }) => (isScalar(key) ? [{ name: String(key.value), line: lineOf(key) }] : [])),
    lineOfKey: (map, key) => lineOf(find(map, key)?.key ?? map),
    lineOf,
    scriptLines: (node) => scriptLines(node, { parts: MOST_PARTS }),
  };
}

/** The lines of a block stand below its sign; those of a folded or quoted text are looked for in the file. */
function linesOfScalar(scalar: Scalar, start: number, sourceLines: readonly string[]): readonly ScriptLine[] {
  const lines = textOfScalar(scalar).split('\n');
  if (scalar.type === Scalar.BLOCK_LITERAL) return lines.map((text, index) => ({ text, line: start + 1 + index }));
  let from = scalar.type === Scalar.BLOCK_FOLDED ? start : start - 1;
  return lines.map((text) => {
    // Where a line was folded nobody knows; its first words stand together.
    const beginning = text.trim().split(/\s+/u).slice(0, 2).join(' ');
    const found = sourceLines.findIndex((line, index) => index >= from && beginning !== '' && line.includes(beginning));
    if (found < 0) return { text, line: Math.max(start, from) };
    from = found;
    return { text, line: found + 1 };
  });
}

function textOfScalar({ value, source }: Scalar): string {
  return typeof value === 'string' ? value : (source ?? '');
}
