import { compileNamePattern, type ValidationIssue } from '@verapipe/core';

/** One rule of renaming. */
export interface SaveAsRule {
  /** As it was written. */
  readonly text: string;
  readonly pattern: RegExp;
  readonly replacement: string;
}

/** A reference to what a wildcard matched, or an escaped `$`. */
const REFERENCE = /\$(\$|[1-9])/gu;

/**
 * Reads renaming rules such as `shop-*.war=shop.war`: before the last `=` a pattern on file names (`*`, `?`), after it
 * the name on the platform, where `$1` … `$9` stand for what the wildcards matched and `$$` for a dollar. Pure.
 */
export function parseSaveAs(texts: readonly string[]): { readonly rules: readonly SaveAsRule[]; readonly issues: readonly ValidationIssue[] } {
  const rules: SaveAsRule[] = [];
  const issues: ValidationIssue[] = [];
  for (const [index, text] of texts.entries()) {
    const fault = (got: string, wanted: string): unknown => issues.push({ path: `saveAs[${index}]`, got, wanted });
    const at = text.lastIndexOf('=');
    const [pattern, replacement] = [text.slice(0, at), text.slice(at + 1)];
    const wildcards = pattern.replace(/[^*?]/gu, '').length;
    const highest = Math.max(0, ...[...replacement.matchAll(REFERENCE)].map(([, digit]) => (digit === '$' ? 0 : Number(digit))));
    if (at < 0 || pattern === '' || replacement === '') fault(`"${text}"`, 'PATTERN=NAME, for instance "shop-*.war=shop.war"');
    else if (pattern.includes('/')) fault(`"${text}"`, 'a pattern on file names, without folders');
    else if (highest > wildcards) fault(`$${highest} with ${wildcards === 1 ? '1 wildcard' : `${wildcards} wildcards`}`, 'a wildcard for each number');
    else rules.push({ text, pattern: compileNamePattern(pattern), replacement });
  }
  return { rules, issues };
}

/** The name of a file on the platform: by the first rule that matches, else its own. Pure. */
export function savedName(fileName: string, rules: readonly SaveAsRule[]): { readonly name: string; readonly rule: SaveAsRule | null } {
  for (const rule of rules) {
    const match = rule.pattern.exec(fileName);
    if (match === null) continue;
    const name = rule.replacement.replace(REFERENCE, (_whole, mark: string) => (mark === '$' ? '$' : (match[Number(mark)] ?? '')));
    return { name, rule };
  }
  return { name: fileName, rule: null };
}
