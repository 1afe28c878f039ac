import { isVeracodeError, type VeracodeErrorName } from '@verapipe/core';

/**
 * Every exit code and what it means: the one table. Released numbers are a contract.
 *
 * @public
 */
export const EXIT_CODES = {
  0: 'done, proven, all gates passed; or what --no-wait, --report-only or --on-outage asked for',
  1: 'a gate or check said no: gates, preflight, the lint, credentials that end too soon or were found leaked',
  2: 'the input is wrong; all faults are listed, nothing was sent',
  3: 'credentials are missing, malformed, refused or expired, or lack a role',
  4: 'not found, or blocked: by another build, or by a refusal of the platform',
  5: 'platform or network: attempts spent, or answers that cannot be trusted',
  6: 'the scan itself failed on the platform',
  7: 'not finished in time; the scan goes on, and the command to attach is printed',
  8: 'skipped for lack of credentials, where that was asked for',
  9: 'local trouble: disk, permissions, an artifact that changed during the upload',
  70: 'our own bug, with how to report it',
  130: 'cancelled',
} as const;

/** @public */
export type ExitCode = keyof typeof EXIT_CODES;

/** Exit codes of runs that came to no judgement; neither 0 nor 1 can be made from an error. @public */
export type FailureExitCode = Exclude<ExitCode, 0 | 1>;

/** By class of error. A refusal is a platform that works and says no: something is in the way, and no repeat cures it. */
const CODE_OF_ERROR: Readonly<Record<VeracodeErrorName, FailureExitCode>> = {
  ValidationError: 2,
  CredentialError: 3,
  AuthenticationError: 3,
  AuthorizationError: 3,
  NotFoundError: 4,
  ConflictError: 4,
  RateLimitError: 5,
  ServiceError: 5,
  NetworkError: 5,
  RequestTimeoutError: 5,
  ProtocolError: 5,
  RefusedError: 4,
  ScanFailedError: 6,
  DeadlineError: 7,
  LocalError: 9,
  AbortedError: 130,
};

/** Code of the error of a gate over results of a run that was skipped: the same end, so that nobody takes it for a pass. */
export const SKIPPED_CODE = 'scan-skipped';

/** The exit code of a run that ended with an error. What core did not throw on purpose is our own bug: 70. @public */
export function exitCodeOf(error: unknown): FailureExitCode {
  if (!isVeracodeError(error)) return 70;
  return error.code === SKIPPED_CODE ? 8 : CODE_OF_ERROR[error.name];
}
