import type { Env } from '@verapipe/core';

/** The first variable that is set to something; CI systems hand on absent values as empty text. */
export function textOf(env: Env, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = env[name]?.trim() ?? '';
    if (value !== '') return value;
  }
  return null;
}

/** A variable that counts from 1; null for anything else. */
export function countOf(env: Env, name: string): number | null {
  const text = textOf(env, name);
  return text !== null && /^[1-9]\d{0,8}$/u.test(text) ? Number(text) : null;
}

/** Branch name without `refs/heads/`; null for a ref that is no branch. */
export function branchOfRef(ref: string | null): string | null {
  if (ref === null) return null;
  if (ref.startsWith('refs/heads/')) return ref.slice('refs/heads/'.length);
  return ref.startsWith('refs/') ? null : ref;
}

/** A URL that may be shown: without user information, which is often a token. Null when it is none. */
export function publicUrl(text: string | null): string | null {
  if (text === null || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  url.username = '';
  url.password = '';
  return url.href;
}

/** Joins the parts that are there; null when none is. */
export function joinParts(parts: readonly (string | null)[], separator: string): string | null {
  const present = parts.filter((part) => part !== null);
  return present.length === 0 ? null : present.join(separator);
}
