import { bareApiId, type OwnCredentials } from '@verapipe/core';

import type { CredentialChoice } from './choose-credentials.js';

/** What is known of the pair that signs. */
export interface SigningPair extends OwnCredentials {
  /** The account's newest pair where that is another one: it ends the one that signs within a day of its making. */
  readonly newer: Pick<OwnCredentials, 'apiId' | 'revoked'> | null;
}

/**
 * Tells of the pair that signs. The platform answers with the account's newest pair, whichever signs: of one that is
 * superseded it names no end. Pure.
 */
export function signingPair(shown: OwnCredentials, choice: CredentialChoice): SigningPair {
  const apiId = 'found' in choice ? choice.found.credentials.apiId : shown.apiId;
  return isSuperseded(apiId, shown) ? { apiId, expiresAt: null, revoked: false, newer: { apiId: shown.apiId, revoked: shown.revoked } } : { ...shown, newer: null };
}

/** Whether the platform, asked with a pair, shows another one: a newer one of its account. Pure. */
export function isSuperseded(apiId: string, shown: Pick<OwnCredentials, 'apiId'>): boolean {
  return bareApiId(apiId) !== bareApiId(shown.apiId);
}
