import { getStaticFlawDetails, type FindingPlace } from '../api/rest/flaw-details.js';
import type { VeracodeClient } from '../api/veracode-client.js';
import { dataPathsOf } from '../domain/data-paths.js';
import type { FindingDataPath } from '../domain/finding.js';
import { isVeracodeError, type VeracodeError, type VeracodeErrorName } from '../kernel/errors.js';
import type { CallOptions } from '../transport/http.js';

/** Whose data paths are read. @public */
export interface DataPathRequest extends Omit<FindingPlace, 'findingId'> {
  /** Static findings of the newest published scan of the place; one call for each. */
  readonly findingIds: readonly string[];
}

/** Data paths, and what could not be read. @public */
export interface ReadDataPaths {
  /** By the id of the finding; empty lists for findings without a path. */
  readonly paths: ReadonlyMap<string, readonly FindingDataPath[]>;
  /** Why some are missing: the first error there was; null when all were read. */
  readonly failure: VeracodeError | null;
  /** Of the builds that the answers say they are from. */
  readonly buildIds: readonly string[];
}

/** What no other finding would fare better with. */
const LASTING: readonly VeracodeErrorName[] = ['CredentialError', 'AuthenticationError', 'AuthorizationError', 'DeadlineError'];

/** Calls in a row, each with all its attempts, that the platform did not answer; then the others are not made. */
const MOST_UNANSWERED = 3;

/**
 * Reads the data paths of findings, one after the other. What cannot be read after all attempts is left out and told; where
 * the account may not, the time is over or the platform does not answer, the rest is not asked for.
 *
 * @throws AbortedError
 * @see docs.veracode.com "Static Finding Data Path REST API"
 * @public
 */
export async function readDataPaths(client: VeracodeClient, { findingIds, ...place }: DataPathRequest, call: CallOptions = {}): Promise<ReadDataPaths> {
  const paths = new Map<string, readonly FindingDataPath[]>();
  const buildIds = new Set<string>();
  let failure: VeracodeError | null = null;
  let unanswered = 0;
  for (const findingId of findingIds) {
    try {
      const details = await getStaticFlawDetails(client, { ...place, findingId }, call);
      paths.set(findingId, dataPathsOf(details));
      buildIds.add(details.buildId);
      unanswered = 0;
    } catch (error) {
      if (!isVeracodeError(error) || error.name === 'AbortedError') throw error;
      failure ??= error;
      unanswered = error.outcome === 'final' ? 0 : unanswered + 1;
      if (LASTING.includes(error.name) || unanswered >= MOST_UNANSWERED) break;
    }
  }
  return { paths, failure, buildIds: [...buildIds] };
}
