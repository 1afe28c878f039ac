/**
 * Compiles a pattern on platform names: `*` is any run of characters, `?` any one, everything else itself,
 * case-sensitive, over the whole name. The wildcards are capture groups, in order.
 *
 * @public
 */
export function compileNamePattern(pattern: string): RegExp {
  const source = [...pattern].map(patternCharacter).join('');
  return new RegExp(`^${source}$`, 'su');
}

function patternCharacter(character: string): string {
  if (character === '*') return '(.*)';
  if (character === '?') return '(.)';
  return character.replace(/[\\^$.|+()[\]{}/]/u, String.raw`\$&`);
}
