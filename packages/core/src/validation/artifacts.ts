import type { Artifact, ArtifactFingerprint } from '../domain/scan-request.js';
import type { ValidationIssue } from '../kernel/errors.js';

/** One file. @see docs.veracode.com "uploadfile.do": 2 GB */
const MAX_FILE_BYTES = 2 ** 31;
/** All files of one scan. @see docs.veracode.com "Upload a packaged application" */
const MAX_TOTAL_BYTES = 5 * 2 ** 30;
const MAX_FILES = 50_000;
/** Not documented; more is refused by file systems. */
const MAX_NAME_LENGTH = 255;

/** A file that somebody wants to upload, as it was found on disk. @public */
export interface ArtifactCandidate {
  /** As the user would open it. */
  readonly path: string;
  /** Name on the platform. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly fingerprint: ArtifactFingerprint;
  /** Why it cannot be read at all; null when it can. */
  readonly problem: { readonly got: string; readonly wanted: string } | null;
}

/** Judges artifacts by what is known of them, all faults at once. Reads no disk. Pure. */
export function checkArtifacts(candidates: readonly ArtifactCandidate[]): readonly ValidationIssue[] {
  return [...candidates.flatMap(checkArtifact), ...checkTogether(candidates)];
}

/** The artifact that a faultless candidate is. */
export function toArtifact({ path, name, sizeBytes, fingerprint }: ArtifactCandidate): Artifact {
  return { path, name, sizeBytes, fingerprint };
}

function checkArtifact(candidate: ArtifactCandidate, index: number): readonly ValidationIssue[] {
  const { path, name, sizeBytes, problem } = candidate;
  const at = `file[${index}]`;
  if (problem !== null) return [{ path: at, got: `${quote(path)}: ${problem.got}`, wanted: problem.wanted }];
  const issues: ValidationIssue[] = [];
  if (sizeBytes === 0) issues.push({ path: at, got: `${quote(path)}: an empty file`, wanted: 'a file with something to scan in it' });
  if (sizeBytes > MAX_FILE_BYTES) {
    issues.push({ path: at, got: `${quote(path)}: ${sizeBytes} bytes`, wanted: `at most ${MAX_FILE_BYTES} bytes (2 GB), the platform's limit for one file` });
  }
  const rule = brokenNameRule(name);
  if (rule !== null) issues.push({ path: at, got: `the name ${quote(name)} on the platform`, wanted: `${rule} (--save-as gives another name)` });
  return issues;
}

/** Null when the platform takes the name. @see docs.veracode.com "uploadlargefile.do", "Package your code" */
function brokenNameRule(name: string): string | null {
  if (name === '') return 'a name';
  if (name.length > MAX_NAME_LENGTH) return `at most ${MAX_NAME_LENGTH} characters`;
  if (/[/\\]/u.test(name)) return 'a name without / and \\';
  if (name.startsWith('.') || name.endsWith('.')) return 'a name that neither begins nor ends with a dot';
  if (name !== name.trim()) return 'a name without blanks around it';
  return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(name) ? 'printable characters only' : null;
}

function checkTogether(candidates: readonly ArtifactCandidate[]): readonly ValidationIssue[] {
  const issues: ValidationIssue[] = [];
  if (candidates.length === 0) issues.push({ path: 'file', got: 'nothing', wanted: 'at least one file to scan' });
  if (candidates.length > MAX_FILES) issues.push({ path: 'file', got: `${candidates.length} files`, wanted: `at most ${MAX_FILES}` });
  const totalBytes = candidates.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (totalBytes > MAX_TOTAL_BYTES) {
    issues.push({ path: 'file', got: `${totalBytes} bytes in all`, wanted: `at most ${MAX_TOTAL_BYTES} bytes (5 GB), the platform's limit for one scan` });
  }
  return [...issues, ...sameNames(candidates)];
}

/** Folders are not kept on the platform, so two files can collide there; it ignores case where people look. */
function sameNames(candidates: readonly ArtifactCandidate[]): readonly ValidationIssue[] {
  const pathsByName = new Map<string, string[]>();
  for (const { name, path } of candidates) {
    const key = name.toLowerCase();
    pathsByName.set(key, [...(pathsByName.get(key) ?? []), path]);
  }
  return [...pathsByName]
    .filter(([, paths]) => paths.length > 1)
    .map(([name, paths]) => ({
      path: 'file',
      got: `${paths.length} files of the name ${quote(name)}: ${paths.map(quote).join(', ')}`,
      wanted: 'names that differ, because folders are not kept on the platform (--save-as renames)',
    }));
}

function quote(text: string): string {
  return JSON.stringify(text);
}
