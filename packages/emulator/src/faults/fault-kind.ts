import type { Fault } from './fault.js';

const seconds = String.raw`(\d{1,9}(?:\.\d{1,3})?)`;

/** How a kind is written, and what it means. */
interface KindForm {
  /** As people write it. */
  readonly form: string;
  readonly pattern: string;
  readonly make: (first: string | undefined, second: string | undefined) => Fault;
}

/** How far the clock of `clock-skew` runs ahead unless told otherwise: more than any sensible tolerance. */
const defaultSkewSeconds = 3600;

const forms: readonly KindForm[] = [
  {
    form: 'status:<code>[:<retry-after seconds>]',
    pattern: String.raw`status:([1-5]\d\d)(?::(\d{1,6}))?`,
    make: (status, retryAfter) => ({
      kind: 'status',
      status: Number(status),
      retryAfterSeconds: retryAfter === undefined ? null : Number(retryAfter),
    }),
  },
  plain({ kind: 'html-200' }),
  plain({ kind: 'reset-before' }),
  plain({ kind: 'reset-after' }),
  plain({ kind: 'cut-body' }),
  { form: 'delay:<seconds>', pattern: `delay:${seconds}`, make: (given) => ({ kind: 'delay', seconds: Number(given) }) },
  plain({ kind: 'stall' }),
  plain({ kind: 'empty-200' }),
  plain({ kind: 'wrong-root' }),
  plain({ kind: 'bad-xml' }),
  plain({ kind: 'bad-json' }),
  {
    form: 'stale-read[:<reads>]',
    pattern: String.raw`stale-read(?::([1-9]\d{0,5}))?`,
    make: (reads = '1') => ({ kind: 'stale-read', reads: Number(reads) }),
  },
  plain({ kind: 'duplicate-name' }),
  plain({ kind: 'expired-credentials' }),
  {
    form: 'clock-skew[:<seconds>]',
    pattern: String.raw`clock-skew(?::(-?\d{1,9}))?`,
    make: (given) => ({ kind: 'clock-skew', seconds: given === undefined ? defaultSkewSeconds : Number(given) }),
  },
  plain({ kind: 'stuck-prescan' }),
  plain({ kind: 'scan-failed' }),
  plain({ kind: 'deleted-build' }),
  plain({ kind: 'cancelled-in-ui' }),
  {
    form: 'policy-calculating[:<seconds>]',
    pattern: `policy-calculating(?::${seconds})?`,
    make: (given) => ({ kind: 'policy-calculating', seconds: given === undefined ? null : Number(given) }),
  },
];

/** Every kind as people write it. @public */
export const faultKinds: readonly string[] = forms.map(({ form }) => form);

/** Matches every kind; for the JSON Schema. */
export const faultKindPattern = `^(?:${forms.map(({ pattern }) => pattern.replaceAll(/\((?!\?)/g, '(?:')).join('|')})$`;

/** Reads the text of a kind; undefined when it is none. */
export function parseFaultKind(text: string): Fault | undefined {
  for (const { pattern, make } of forms) {
    const match = new RegExp(`^${pattern}$`).exec(text);
    if (match !== null) {
      return make(match[1], match[2]);
    }
  }
  return undefined;
}

function plain(fault: Fault): KindForm {
  return { form: fault.kind, pattern: fault.kind, make: () => fault };
}
