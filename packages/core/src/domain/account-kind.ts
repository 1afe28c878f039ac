import type { User } from './user.js';

/** Whose account it is. @public */
export interface AccountKind {
  readonly kind: 'service-account' | 'person';
  /** Why a pipeline should not use it; null for a service account. */
  readonly warning: string | null;
}

/** Addresses that people have for themselves. */
const PRIVATE_MAIL_HOSTS: ReadonlySet<string> = new Set([
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'yahoo.com',
  'icloud.com',
  'proton.me',
  'protonmail.com',
  'gmx.net',
  'gmx.de',
  'web.de',
]);

/** Words of a mailbox that several people read. */
const SHARED_WORDS: ReadonlySet<string> = new Set(
  'admin admins alert alerts api application appsec automation bot build builds cd ci cicd dev devops devsecops engineering eng group infra it list mailbox noreply notifications ops pipeline pipelines platform prod release sast sec secops security service services sre support svc system team teams tech test veracode verapipe'.split(
    ' ',
  ),
);

/** Says whose account it is, and why a person's does not belong into a pipeline. Pure. @public */
export function accountKindOf({ isServiceAccount, userName }: Pick<User, 'isServiceAccount' | 'userName'>): AccountKind {
  if (isServiceAccount) return { kind: 'service-account', warning: null };
  return {
    kind: 'person',
    warning:
      `"${userName}" is a person's account: the pipeline stops working when that person leaves or makes a new pair, and it may do all that the person may. ` +
      'The vendor advises an API service account per team or project, with the smallest roles.',
  };
}

/**
 * A hint where the mailbox of an account looks like one person's: the vendor's mails about the end of credentials go
 * there, a week and a day before. A guess by the form of the address; null when nothing speaks for it. Pure.
 *
 * @public
 */
export function personalMailboxHint({ email, firstName, lastName }: Pick<User, 'email' | 'firstName' | 'lastName'>): string | null {
  const [local = '', host = ''] = (email ?? '').toLowerCase().split('@');
  if (local === '' || host === '') return null;
  // What stands behind a plus sorts mail and names nobody.
  const words = (local.split('+')[0] ?? '').split(/[._-]+/u).filter((word) => word !== '');
  if (words.some((word) => SHARED_WORDS.has(word.replace(/\d+$/u, '')))) return null;
  const names = [firstName, lastName].map((name) => (name ?? '').trim().toLowerCase());
  const isNamed = names.every((name) => name.length > 1 && words.includes(name));
  const looksNamed = words.length === 2 && words.every((word) => /^\p{L}+$/u.test(word));
  if (!isNamed && !looksNamed && !PRIVATE_MAIL_HOSTS.has(host)) return null;
  return `The mailbox ${email ?? ''} looks like one person's. The vendor's mails about the end of the credentials go there and nowhere else: a mailbox of the team is safer.`;
}
