import type { TextFacts } from './text-secrets.js';

/** Passwords may be short. */
const SHORTEST_PASSWORD = 4;
/** What is not called a password is a secret when it is long, or mixed. */
const SHORTEST_MIXED = 8;
const SHORTEST_LONG = 16;

const PASSWORD = '(?:password|passwd|passphrase|pwd)';
const SECRET = '(?:secret|token|(?:api|access|secret|private|account)[-_.]?key)';

/** `spring.datasource.password=…`, `key-secret: …`: the last word of a name decides, `token.lifetime` is none. */
const LINE = new RegExp(String.raw`^[ \t-]{0,60}["']?[\w.[\]-]{0,100}?(${PASSWORD}|${SECRET})["']?[ \t]{0,20}[=:][ \t]{0,20}(.{1,500})$`, 'iu');
/** The same in JSON. */
const PROPERTY = new RegExp(String.raw`"[\w.: -]{0,100}?(${PASSWORD}|${SECRET})"\s{0,20}:\s{0,20}"([^"\\\n]{1,500})"`, 'giu');
/** In the middle of a text: `Server=db;User Id=sa;Password=…;`. */
const IN_CONNECTION = /[;"'?&](password|pwd)\s{0,5}=\s{0,5}([^;"'&\s]{1,200})/giu;
/** Names that mean a secret wherever they stand, with a value that is written down and not asked for. */
const IN_SOURCE = /(?<![A-Za-z0-9])(?:AWS_SECRET_ACCESS_KEY|VERACODE_API_KEY_SECRET)["']?\]?\s{0,5}[=:]\s{0,5}["']([^"'\s]{1,200})["']/giu;

/** References, what is encrypted, places, names of classes. */
const ELSEWHERE: readonly RegExp[] = [/^[$#%@{<[]/u, /^(?:ENC|DEC|env|vault|file|classpath|arn|secret|ref|key-?vault|op|https?|ldaps?)[(:]/iu, /^(?:\.{0,2}\/|[A-Za-z]:\\)/u, /^(?:[a-z]\w{0,60}\.){2,10}\w{1,60}$/u, /%\(|\$\{|\{\{/u];
/** Words that stand for a secret, and are none. */
const STAND_IN = /^(?:change.?(?:me|it|this)?|(?:my|your|the|some|a|db|default)?[-_. ]?(?:password|passwd|pwd|passphrase|secret|token|(?:api|access|secret)[-_. ]?key)(?:[-_. ]?here)?|your.*|.*example.*|.*placeholder.*|.*dummy.*|.*redacted.*|.*replace.?me.*|test(?:ing)?|todo|tbd|none|null|nil|undefined|true|false|yes|no|n\/a|([x*.?_-])\1*)$/iu;

/** Looks for secrets in a file of settings: `.properties`, YAML, JSON. Pure. */
export function readSettings(head: Uint8Array): TextFacts {
  const text = new TextDecoder().decode(head);
  const hasCredential = text.split(/\r\n|\n|\r/u).some(isSecretLine) || matches(text, PROPERTY) || matches(text, IN_CONNECTION);
  return { kind: 'text', hasPrivateKey: false, hasCredential };
}

/** The same in a source: only what nothing else is called. Findings of the scan itself tell of the rest. Pure. */
export function readSource(head: Uint8Array): TextFacts {
  const text = new TextDecoder().decode(head);
  return { kind: 'text', hasPrivateKey: false, hasCredential: [...text.matchAll(IN_SOURCE)].some(([, value = '']) => isSecret('secret', value)) };
}

function isSecretLine(line: string): boolean {
  if (line.length > 1000) return false;
  const [, name, value = ''] = LINE.exec(line) ?? [];
  return name !== undefined && isSecret(name, value);
}

function matches(text: string, pattern: RegExp): boolean {
  return [...text.matchAll(pattern)].some(([, name = '', value = '']) => isSecret(name, value));
}

/** A label has blanks, a placeholder says so; what is left is meant. */
function isSecret(name: string, written: string): boolean {
  const value = unquoted(written.replace(/\s#.*$/u, '').trim());
  if (/\s/u.test(value) || value.endsWith(':') || STAND_IN.test(value) || ELSEWHERE.some((pattern) => pattern.test(value))) return false;
  if (new RegExp(`^${PASSWORD}$`, 'iu').test(name)) return value.length >= SHORTEST_PASSWORD;
  return value.length >= SHORTEST_LONG || (value.length >= SHORTEST_MIXED && /\d/u.test(value) && /[a-z]/iu.test(value));
}

function unquoted(text: string): string {
  return /^(["'])(.*)\1,?$/u.exec(text)?.[2] ?? text;
}
