import { BUILDINFO } from '../../codecs/documents/builds.js';
import { PRESCANRESULTS } from '../../codecs/documents/prescan-results.js';
import type { BuildContext, BuildInfo, PrescanResults } from '../../domain/build.js';
import type { CallOptions } from '../../transport/http.js';
import type { VeracodeClient } from '../veracode-client.js';
import { contextParameters } from './builds.js';
import { callXml, xmlOperation } from './xml-call.js';

const BEGIN_PRESCAN = xmlOperation('/api/5.0/beginprescan.do', { idempotent: false, reads: false });
const GET_PRESCAN_RESULTS = xmlOperation('/api/5.0/getprescanresults.do', { idempotent: true, reads: true });

/** The calls of this file. */
export const PRESCAN_OPERATIONS = [BEGIN_PRESCAN, GET_PRESCAN_RESULTS];

/** How a prescan goes on. @public */
export interface PrescanChoices {
  /** Scan by itself after a good prescan. Always sent: the platform would repeat the choice of the last scan. */
  readonly autoScan: boolean;
  /** Also scan by itself when some top-level modules have fatal errors. Counts only with `autoScan`. */
  readonly scanAllNonfatalTopLevelModules?: boolean;
  /** Also take modules that the last scan did not have. Counts only with both others. */
  readonly includeNewModules?: boolean;
}

/**
 * Begins the prescan of the newest build of the context, which needs at least one file. Compare the build id in the
 * answer.
 *
 * With `autoScan` and a fatal module the build can stay at Pre-Scan Success for ever.
 *
 * @operation POST /api/5.0/beginprescan.do (not idempotent)
 * @throws RefusedError (also "has been updated by another transaction", after which the prescan may run all the
 *   same), AuthorizationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "beginprescan.do"
 * @public
 */
export function beginPrescan(
  client: VeracodeClient,
  { autoScan, scanAllNonfatalTopLevelModules, includeNewModules, ...context }: BuildContext & PrescanChoices,
  call: CallOptions = {},
): Promise<BuildInfo> {
  const parameters = {
    ...contextParameters(context),
    auto_scan: String(autoScan),
    scan_all_nonfatal_top_level_modules: scanAllNonfatalTopLevelModules?.toString(),
    include_new_modules: includeNewModules?.toString(),
  };
  return callXml(client, { operation: BEGIN_PRESCAN, parameters, document: BUILDINFO, call });
}

/**
 * Reads the modules that the prescan of a build found. Wait for the end of the prescan first: what the platform
 * answers before is not documented.
 *
 * @operation POST /api/5.0/getprescanresults.do (idempotent)
 * @throws RefusedError, AuthorizationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "getprescanresults.do"
 * @public
 */
export function getPrescanResults(
  client: VeracodeClient,
  { buildId, ...context }: BuildContext & { readonly buildId: string },
  call: CallOptions = {},
): Promise<PrescanResults> {
  const parameters = { ...contextParameters(context), build_id: buildId };
  return callXml(client, { operation: GET_PRESCAN_RESULTS, parameters, document: PRESCANRESULTS, call });
}
