import { BUILDINFO } from '../../codecs/documents/builds.js';
import type { BuildContext, BuildInfo } from '../../domain/build.js';
import type { CallOptions } from '../../transport/http.js';
import type { VeracodeClient } from '../veracode-client.js';
import { contextParameters } from './builds.js';
import { callXml, xmlOperation, type XmlParameters } from './xml-call.js';

const BEGIN_SCAN = xmlOperation('/api/5.0/beginscan.do', { idempotent: false, reads: false });

/** The calls of this file. */
export const SCAN_OPERATIONS = [BEGIN_SCAN];

/**
 * Which modules are scanned: those with these ids, every top-level one, the ones selected on the platform's site, or
 * those of the last scan.
 *
 * @public
 */
export type ScanModules = { readonly ids: readonly string[] } | 'all-top-level' | 'selected' | 'previously-selected';

/**
 * Begins the scan of the newest build of the context, after its prescan. Compare the build id in the answer.
 *
 * @operation POST /api/5.0/beginscan.do (not idempotent)
 * @throws RefusedError (nothing selected, or the scan runs already), AuthorizationError, ProtocolError, and the errors
 *   of the transport
 * @see docs.veracode.com "beginscan.do"
 * @public
 */
export function beginScan(
  client: VeracodeClient,
  { modules, ...context }: BuildContext & { readonly modules: ScanModules },
  call: CallOptions = {},
): Promise<BuildInfo> {
  const parameters = { ...contextParameters(context), ...moduleParameters(modules) };
  return callXml(client, { operation: BEGIN_SCAN, parameters, document: BUILDINFO, call });
}

/** Exactly one selector: the platform takes no two. */
function moduleParameters(modules: ScanModules): XmlParameters {
  switch (modules) {
    case 'all-top-level':
      return { scan_all_top_level_modules: 'true' };
    case 'selected':
      return { scan_selected_modules: 'true' };
    case 'previously-selected':
      return { scan_previously_selected_modules: 'true' };
    default:
      return { modules: modules.ids.join(',') };
  }
}
