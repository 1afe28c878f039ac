/** What a waiver is about: one finding, one flaw by what the engine recognises it by, or a weakness in some files. @public */
export type WaiverSubject =
  | { readonly finding: string }
  | { readonly fingerprint: string }
  /** `path` is a pattern (`*`, `**`, `?`) on the platform's path of the file, or on that of the repository. */
  | { readonly path: string; readonly cwe: number };

/** A decision, made by people and reviewed, that findings do not count for a while. @public */
export interface Waiver {
  readonly subject: WaiverSubject;
  readonly reason: string;
  readonly owner: string;
  /** `YYYY-MM-DD`: the last day that it applies, UTC. */
  readonly expires: string;
}

const DAY_MS = 86_400_000;

/** The first moment at which a waiver does not apply any more, milliseconds since 1970. */
export function endOfWaiver({ expires }: Waiver): number {
  return Date.parse(`${expires}T00:00:00Z`) + DAY_MS;
}

/** A waiver for messages: what it is about and whose it is. */
export function describeWaiver({ subject, owner }: Waiver): string {
  return `${describeSubject(subject)}, owner ${owner}`;
}

function describeSubject(subject: WaiverSubject): string {
  if ('finding' in subject) return `finding ${subject.finding}`;
  if ('fingerprint' in subject) return `fingerprint ${subject.fingerprint}`;
  return `CWE ${subject.cwe} in ${subject.path}`;
}
