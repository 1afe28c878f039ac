import { groupOf, splitCommands } from './shell-commands.js';

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

/** Nobody puts groups deeper into each other. */
const DEEPEST = 8;

/** True for a command of a script that calls such a program; of a group, where one of its commands does. */
export function isScanCall(command: string, depth = 0): boolean {
  if (!CALLS.some((pattern) => pattern.test(command))) return false;
  const group = depth < DEEPEST ? groupOf(command) : null;
  if (group !== null) return splitCommands(group.inner).some(({ text }) => isScanCall(text, depth + 1));
  if (!MENTIONS.test(command)) return true;
  return [...command.matchAll(SUBSTITUTION)].some(([, inner = '']) => isScanCall(inner, DEEPEST));
}

/** True for the name of a task, a step, a pipe, a job or a template of the vendor's or ours. */
export function isScanName(name: string): boolean {
  return /veracode|verapipe/iu.test(name);
}
