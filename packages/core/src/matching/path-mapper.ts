import { chooseFile, type Choice, type WantedPath, wholePaths } from './choose-file.js';
import { applyPathRule, type PathRule } from './path-rule.js';
import { namespaceSegments, parseFindingPath, typeNameSegments } from './path-segments.js';
import { createSuffixIndex, type IndexedFile, type SuffixIndex } from './suffix-index.js';

/** What became of the path of a finding. @public */
export type PathMapping =
  /** `path` is a file of the checkout, `/` between segments. */
  | { readonly kind: 'mapped'; readonly path: string; readonly by: 'rule' | 'index' }
  /** Several files fit equally well; the first of them, sorted. */
  | { readonly kind: 'ambiguous'; readonly candidates: readonly string[] }
  /** No file fits. */
  | { readonly kind: 'unmatched' }
  /** A rule says where it is, and there is no such file. */
  | { readonly kind: 'rule-missed'; readonly rule: string; readonly path: string }
  /** The finding has no path in source code. */
  | { readonly kind: 'no-path' };

/** The place of a finding, as far as mapping needs it. @public */
export interface MappablePlace {
  readonly file: string | null;
  readonly module: string | null;
}

/** What paths are mapped to. @public */
export interface PathMapperOptions {
  /** Files of the checkout, relative to its root, `/` between segments. */
  readonly files: Iterable<string>;
  /** The first rule that fits a path decides. @defaultValue none */
  readonly rules?: readonly PathRule[];
  /** Names of the checkout itself (its folder, the repository), which paths may begin with. @defaultValue none */
  readonly rootNames?: readonly string[];
}

/** Maps paths of findings to files of a checkout; equal places always give equal answers. @public */
export type PathMapper = (place: MappablePlace) => PathMapping;

/** Candidates of an ambiguous path that people are shown. */
const MOST_SHOWN = 5;

/**
 * Makes a mapper for one checkout.
 *
 * A path of a report comes from a package, a class or the machine that built. It is mapped to the file with the
 * longest common end, when what stands before that end can be explained (archives, `WEB-INF/classes`, source roots,
 * the place of a build). Spelling decides first, then case is ignored. Several files that fit equally well are told
 * and not guessed among. Pure.
 *
 * @public
 */
export function createPathMapper({ files, rules = [], rootNames = [] }: PathMapperOptions): PathMapper {
  const lookups = createLookups(files);
  const names = new Set(rootNames);
  const answers = new Map<string, PathMapping>();

  function map(file: string, module: string | null): PathMapping {
    const parsed = parseFindingPath(file);
    if (parsed === null) return { kind: 'unmatched' };
    for (const rule of rules) {
      const ruled = applyPathRule(rule, parsed.segments);
      if (ruled === null) continue;
      const found = lookups.whole(ruled);
      return found === undefined ? { kind: 'rule-missed', rule: rule.text, path: ruled.join('/') } : { kind: 'mapped', path: found.path, by: 'rule' };
    }
    return mappingOf(lookups.choose({ ...parsed, module, rootNames: names }));
  }

  return ({ file, module }) => {
    if (file === null) return { kind: 'no-path' };
    const key = `${file}\u0000${module ?? ''}`;
    const answer = answers.get(key) ?? map(file, module);
    answers.set(key, answer);
    return answer;
  };
}

interface Lookups {
  choose(wanted: WantedPath): Choice;
  /** The file with this path; where none is spelled so, the only one with it, case ignored. */
  whole(segments: readonly string[]): IndexedFile | undefined;
}

/** The files of one name, by the ends of their paths. */
interface Namesakes {
  readonly spelled: SuffixIndex;
  readonly folded: SuffixIndex;
  readonly namespaces: SuffixIndex;
}

/**
 * Looks among the files that have the wanted name. They are indexed when the name is first asked for: findings lie in few
 * files, and a checkout may have half a million.
 */
function createLookups(files: Iterable<string>): Lookups {
  const byName = pathsByName(files);
  const indexed = new Map<string, Namesakes>();

  function namesakes(segments: readonly string[]): Namesakes {
    const name = fold(segments.at(-1) ?? '');
    const known = indexed.get(name) ?? indexNamesakes(byName.get(name) ?? []);
    indexed.set(name, known);
    return known;
  }

  /** From the strictest reading of a path to the loosest; the first that finds anything decides. */
  function choose(wanted: WantedPath): Choice {
    const attempts: readonly (readonly [keyof Namesakes, readonly string[] | null])[] = [
      ['spelled', wanted.segments],
      ['folded', wanted.segments.map(fold)],
      ['namespaces', namespaceSegments(wanted.segments)?.map(fold) ?? null],
      ['namespaces', typeNameSegments(wanted.segments)?.map(fold) ?? null],
    ];
    for (const [reading, segments] of attempts) {
      if (segments === null) continue;
      const choice = chooseFile(namesakes(segments)[reading].ending(segments), { ...wanted, segments });
      if (choice.kind !== 'none') return choice;
    }
    return { kind: 'none' };
  }

  return {
    choose,
    whole(segments) {
      const { spelled, folded } = namesakes(segments);
      const [exact] = wholePaths(spelled.ending(segments), segments.length);
      const [file, ...others] = wholePaths(folded.ending(segments.map(fold)), segments.length);
      return exact ?? (others.length === 0 ? file : undefined);
    },
  };
}

function pathsByName(files: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const byName = new Map<string, string[]>();
  for (const path of files) {
    const name = fold(path.slice(path.lastIndexOf('/') + 1));
    const paths = byName.get(name);
    if (paths === undefined) byName.set(name, [path]);
    else paths.push(path);
  }
  return byName;
}

function indexNamesakes(paths: readonly string[]): Namesakes {
  const files = [...new Set(paths)].sort().map((path): IndexedFile => ({ path, segments: path.split('/') }));
  return {
    spelled: createSuffixIndex(files, ({ segments }) => segments),
    folded: createSuffixIndex(files, ({ segments }) => segments.map(fold)),
    namespaces: createSuffixIndex(files, ({ segments }) => namespaceSegments(segments)?.map(fold) ?? null),
  };
}

function mappingOf(choice: Choice): PathMapping {
  switch (choice.kind) {
    case 'one':
      return { kind: 'mapped', path: choice.file.path, by: 'index' };
    case 'several':
      return { kind: 'ambiguous', candidates: choice.files.map(({ path }) => path).sort().slice(0, MOST_SHOWN) };
    case 'none':
      return { kind: 'unmatched' };
  }
}

function fold(segment: string): string {
  return segment.toLowerCase();
}
