/** Does the whole text match the pattern? `*` is any run, `?` one character; case is ignored. */
export function matchesPattern(pattern: string, text: string): boolean {
  const source = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'isu').test(text);
}
