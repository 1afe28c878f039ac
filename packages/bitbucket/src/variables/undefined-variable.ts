/**
 * Bitbucket hands on the text `$NAME` itself where no variable of that name exists, and where a pipeline may not see a
 * secured one.
 *
 * @returns the name, where the whole value is one
 */
export function undefinedVariable(value: string): string | null {
  const [, plain, braced] = /^\s*\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})\s*$/u.exec(value) ?? [];
  return plain ?? braced ?? null;
}

/** Names within a longer value that look like variables which were not replaced. */
export function unreplacedVariables(value: string): readonly string[] {
  return [...value.matchAll(/\$(?:([A-Z_][A-Z0-9_]*)\b|\{([A-Z_][A-Z0-9_]*)\})/gu)].map(([, plain, braced]) => plain ?? braced ?? '');
}
