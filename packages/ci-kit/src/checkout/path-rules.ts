import { parsePathRule, type PathRule, type ValidationIssue } from '@verapipe/core';

/** Reads the rules of `--path-rule`, or everything that is wrong with them. Pure. */
export function readPathRules(texts: readonly string[]): { readonly rules: readonly PathRule[]; readonly issues: readonly ValidationIssue[] } {
  const rules: PathRule[] = [];
  const issues: ValidationIssue[] = [];
  for (const text of texts) {
    const parsed = parsePathRule(text);
    if ('wanted' in parsed) issues.push(parsed);
    else rules.push(parsed);
  }
  return { rules, issues };
}
