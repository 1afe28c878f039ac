import type { ValidationIssue } from '../kernel/errors.js';

/** A user's word on how paths of findings become paths of the repository. @public */
export interface PathRule {
  /** As the user wrote it, for messages. */
  readonly text: string;
  /** Where a path begins: segments, `*` and `?` within one, `**` for any number of them. */
  readonly from: readonly string[];
  /** What stands in its place; empty for the root of the repository. */
  readonly to: readonly string[];
}

/**
 * Reads a rule `FROM=TO`: a path that begins with FROM gets TO in its place. FROM may have wildcards: `*` and `?`
 * within a folder name, `**` for any number of folders.
 *
 * @returns the rule, or what is wrong with it
 * @public
 */
export function parsePathRule(text: string): PathRule | ValidationIssue {
  const at = text.indexOf('=');
  const [from, to] = [segmentsOf(text.slice(0, Math.max(0, at))), segmentsOf(text.slice(at + 1))];
  const fault = at < 0 || from.length === 0 || to.some((segment) => segment === '..' || /[*?]/u.test(segment));
  if (fault) return { path: 'pathRule', got: `"${text}"`, wanted: 'FROM=TO, for instance shop.war/WEB-INF/classes=backend/src/main/java; wildcards in FROM only, no ".." in TO' };
  return { text, from, to };
}

/** Applies a rule; null when it says nothing about this path. */
export function applyPathRule({ from, to }: PathRule, segments: readonly string[]): readonly string[] | null {
  const length = matchedSegments(from, segments);
  // The file itself stays: a rule is about folders, or about one whole path.
  return length === null ? null : [...to, ...segments.slice(length)];
}

/** How many segments the pattern covers, as few as it can; every state is visited once. */
function matchedSegments(pattern: readonly string[], segments: readonly string[]): number | null {
  let reached: ReadonlySet<number> = new Set([0]);
  for (const part of pattern) {
    const next = new Set<number>();
    if (part === '**') for (let end = Math.min(...reached); end <= segments.length; end += 1) next.add(end);
    else for (const at of reached) if (matchesSegment(part, segments[at])) next.add(at + 1);
    reached = next;
  }
  return reached.size === 0 ? null : Math.min(...reached);
}

/** `*` and `?` in one segment, without backtracking into more than the last star. */
function matchesSegment(pattern: string, segment: string | undefined): boolean {
  if (segment === undefined) return false;
  let [at, inPattern, star, resume] = [0, 0, -1, 0];
  while (at < segment.length) {
    const wanted = pattern[inPattern];
    if (wanted === '*') {
      [star, resume] = [inPattern, at];
      inPattern += 1;
    } else if (wanted === '?' || wanted === segment[at]) {
      at += 1;
      inPattern += 1;
    } else if (star >= 0) {
      resume += 1;
      [at, inPattern] = [resume, star + 1];
    } else return false;
  }
  return /^\**$/u.test(pattern.slice(inPattern));
}

function segmentsOf(path: string): readonly string[] {
  return path
    .trim()
    .replaceAll('\\', '/')
    .replace(/^[A-Za-z]:\//, '/')
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.');
}
