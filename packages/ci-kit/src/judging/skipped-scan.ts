import { CredentialError } from '@verapipe/core';
import type { ScanResults } from '@verapipe/reports';

import { SKIPPED_CODE } from '../exit-codes.js';
import type { FindingsFile } from '../findings-files/findings-file.js';

/** Exit code of a run that did without credentials, because it was told to. */
const SKIPPED: NonNullable<ScanResults['failure']>['exitCode'] = 8;

/**
 * The end of a gate over results of a run that was skipped for lack of credentials; null for any other file. Nothing was
 * scanned, so there is nothing to judge, and nobody is to blame: neither a pass nor a failed gate. Pure.
 *
 * @param isForbidden - an organisation does not let a run do without: then it lacked what it needs
 */
export function skippedScan({ path, results }: Pick<FindingsFile, 'path' | 'results'>, isForbidden: boolean): CredentialError | null {
  if (results?.failure?.exitCode !== SKIPPED || results.proof !== null) return null;
  if (isForbidden) {
    return new CredentialError(`${path} is of a run that was skipped for lack of credentials, which the organisation's policy does not allow.`, {
      code: 'skip-not-allowed',
      advice: 'Give the run credentials, or let the policy say missing-credentials: skip.',
    });
  }
  return new CredentialError(`${path} is of a run that was skipped: there were no credentials. Nothing was scanned, and nothing is judged.`, {
    code: SKIPPED_CODE,
    advice: 'A run with credentials decides, for instance one on a protected branch.',
  });
}
