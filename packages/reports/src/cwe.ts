export function cweLabel(cwe: number): string {
  return `CWE-${String(cwe)}`;
}

/** The page of a weakness. @see cwe.mitre.org */
export function cweUrl(cwe: number): string {
  return `https://cwe.mitre.org/data/definitions/${String(cwe)}.html`;
}
