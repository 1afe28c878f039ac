/**
 * Programs whose exit code is a verdict: ours, and the vendor's, by the names of their files and images.
 *
 * @see docs.veracode.com "Java API wrapper", "Pipeline Scan", "Veracode CLI"
 */
const CALLS: readonly RegExp[] = [
  /(?:^|[\s"'`(=/\\&;|])verapipe(?:@[\w.^~*-]+)?(?:\.cmd|\.js)?["']?\s+["']?[a-z$%]/u,
  /-jar\s+["']?\S*(?:veracode|vosp-api|pipeline-scan)\S*\.jar/iu,
  /(?:^|[\s"'`(/\\])veracode(?:\.exe)?\s+(?:static|scan|fix|sbom|package)\b/u,
  /\b(?:docker|podman)\s+run\b.*\bveracode\/(?:pipeline-scan|api-wrapper\S*|api-signing)/iu,
  /(?:^|[\s/])verascan\s+\w/u,
];

/** Commands that only speak of such a program, or fetch it. */
const MENTIONS = /^\s*(?:[A-Z_]+=\S*\s+)*(?:sudo\s+)?(?:echo|printf|write-(?:host|output)|npm\s+(?:i|install|ci|add|view)|pnpm\s+add|yarn\s+add|which|command\s+-v|type|curl|wget|unzip|rem|cat|ls|test)\b/iu;

/** A substitution runs what stands in it, also in a text. */
const SUBSTITUTION = /(?:\$\(|`)([^)`]*)/gu;

/** True for a command of a script that calls such a program. */
export function isScanCall(command: string): boolean {
  if (!CALLS.some((pattern) => pattern.test(command))) return false;
  if (!MENTIONS.test(command)) return true;
  return [...command.matchAll(SUBSTITUTION)].some(([, inner = '']) => isScanCall(inner));
}

/** True for the name of a task, a step, a pipe, a job or a template of the vendor's or ours. */
export function isScanName(name: string): boolean {
  return /veracode|verapipe/iu.test(name);
}
