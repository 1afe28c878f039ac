/**
 * Compiles a pattern on paths with `/` between segments: `*` is any run of characters in one segment, `**` any run of
 * segments, `?` one character of a segment, everything else itself, case-sensitive, over the whole path. (A `[` or `{`
 * is itself, too: folders are called so.)
 *
 * @public
 */
export function compilePathPattern(pattern: string): RegExp {
  const parts = pattern.match(/\*\*\/|\*+|[^*]/gsu) ?? [];
  return new RegExp(`^${parts.map(patternPart).join('')}$`, 'su');
}

function patternPart(part: string): string {
  if (part === '**/') return '(?:.*/)?';
  if (part === '*') return '[^/]*';
  if (part.startsWith('**')) return '.*';
  if (part === '?') return '[^/]';
  return part.replace(/[\\^$.|+()[\]{}/]/u, String.raw`\$&`);
}
