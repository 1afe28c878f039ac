/** What a sweep looks at. */
export interface SweepCandidate {
  readonly name: string;
  /** ISO 8601 UTC; null when the platform does not say. */
  readonly modifiedAt: string | null;
}

/** Which sandboxes a sweep takes: those that meet every rule that is given. */
export interface SweepRules {
  /** Days since the last change. */
  readonly olderThanDays: number | null;
  /** Beginning of the name, case included. */
  readonly prefix: string | null;
  /** Branches that still exist; a sandbox named after one of them stays. */
  readonly liveBranches: readonly string[] | null;
}

/** A sandbox that is to go, and why, in words. */
export interface SweptSandbox<T> {
  readonly sandbox: T;
  readonly reason: string;
}

const DAY_MS = 24 * 60 * 60_000;

/**
 * Chooses the sandboxes that a sweep removes. Without any rule it takes none; a sandbox of unknown age is never old. Pure.
 */
export function sandboxesToSweep<T extends SweepCandidate>(sandboxes: readonly T[], rules: SweepRules, nowMs: number): readonly SweptSandbox<T>[] {
  return sandboxes.flatMap((sandbox) => {
    const reasons = [ageReason(sandbox, rules, nowMs), prefixReason(sandbox, rules), branchReason(sandbox, rules)].filter((reason) => reason !== undefined);
    const isMeant = reasons.length > 0 && !reasons.includes(null);
    return isMeant ? [{ sandbox, reason: reasons.join(', ') }] : [];
  });
}

/** Why a rule takes a sandbox; null where it leaves it, undefined where there is no such rule. */
type Reason = string | null | undefined;

function ageReason({ modifiedAt }: SweepCandidate, { olderThanDays }: SweepRules, nowMs: number): Reason {
  if (olderThanDays === null) return undefined;
  if (modifiedAt === null) return null;
  const days = Math.floor((nowMs - Date.parse(modifiedAt)) / DAY_MS);
  return days > olderThanDays ? `unchanged for ${days} days` : null;
}

function prefixReason({ name }: SweepCandidate, { prefix }: SweepRules): Reason {
  if (prefix === null) return undefined;
  return name.startsWith(prefix) ? `its name begins with "${prefix}"` : null;
}

function branchReason({ name }: SweepCandidate, { liveBranches, prefix }: SweepRules): Reason {
  if (liveBranches === null) return undefined;
  const branch = prefix !== null && name.startsWith(prefix) ? name.slice(prefix.length) : name;
  const alive = new Set(liveBranches.map(plain));
  return alive.has(plain(name)) || alive.has(plain(branch)) ? null : 'its branch is gone';
}

/** `feature/One` and `feature-one` are one branch: names of sandboxes are often made from names of branches. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
}

/**
 * Reads names of branches, one a line: plain, as `git branch --format=%(refname:short)` prints them, or as
 * `git ls-remote --heads origin` does. Pure.
 */
export function parseBranchNames(text: string): readonly string[] {
  return text
    .split(/\r?\n/u)
    .map((line) => line.trim().replace(/^[0-9a-f]{40,64}\s+/u, '').replace(/^refs\/heads\//u, '').replace(/^(?:refs\/remotes\/)?origin\//u, ''))
    .filter((name) => name !== '');
}
