import type { RolePurpose } from '@verapipe/core';

import type { PreflightContext } from './preflight-context.js';

/** Every check, in the order in which they are made. @public */
export const CHECK_IDS = [
  'names',
  'proxy',
  'tls',
  'clock',
  'credentials',
  'region',
  'health',
  'status-page',
  'access',
  'expiry',
  'account',
  'roles',
  'teams',
  'application',
  'sandbox',
  'sandboxes-left',
  'policy',
  'latest-build',
  'artifacts',
  'artifact-lint',
  'org-policy',
  'outputs',
  'disk',
  'time-limit',
  'masking',
  'write',
  'conformance',
] as const;

/** @public */
export type CheckId = (typeof CHECK_IDS)[number];

/** What a check came to. @public */
export type CheckOutcome = 'ok' | 'warning' | 'failure' | 'skipped';

/** A check's answer. @public */
export interface CheckResult {
  readonly outcome: CheckOutcome;
  /** One line: what was found, or why it was not looked at. */
  readonly line: string;
  /** One sentence, for what is not ok. */
  readonly advice: string | null;
}

/** One check, as data. */
export interface Check {
  readonly id: CheckId;
  /** For people: `Roles of the account`. */
  readonly title: string;
  /** Checks whose failure leaves nothing to look at here. */
  readonly needs: readonly CheckId[];
  /** What must be going to run for the check to be of use. @defaultValue anything */
  readonly purposes?: readonly RolePurpose[];
  /** @throws VeracodeError, which counts as a failure with its own words and advice */
  readonly run: (context: PreflightContext) => Promise<CheckResult>;
}

/** As it should be. */
export function ok(line: string): CheckResult {
  return { outcome: 'ok', line, advice: null };
}

/** It will run, and something about it should be known. */
export function warning(line: string, advice: string): CheckResult {
  return { outcome: 'warning', line, advice };
}

/** It would not run. */
export function failure(line: string, advice: string): CheckResult {
  return { outcome: 'failure', line, advice };
}

/** Not looked at. @param why - the end of a sentence */
export function skipped(why: string): CheckResult {
  return { outcome: 'skipped', line: why, advice: null };
}
