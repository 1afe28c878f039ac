import type { BuildStatus } from './build.js';

/**
 * What a status means for whoever waits.
 *
 * - `editing`: files can be uploaded, a prescan begun.
 * - `prescanning`, `scanning`: the platform works.
 * - `prescanned`: modules are known and nothing runs until a scan is begun.
 * - `needs-person`: somebody at the platform or at a vendor has to act.
 * - `failed`: ended without results. `finished`: results are published.
 * - `unknown`: a word that nobody documented; it is waited for and reported as it is.
 *
 * @public
 */
export type BuildPhase =
  | 'editing'
  | 'prescanning'
  | 'prescanned'
  | 'scanning'
  | 'needs-person'
  | 'failed'
  | 'finished'
  | 'unknown';

const PHASES: Readonly<Record<BuildStatus, BuildPhase>> = {
  incomplete: 'editing',
  'prescan-submitted': 'prescanning',
  'prescan-success': 'prescanned',
  'prescan-failed': 'failed',
  'prescan-cancelled': 'failed',
  'no-modules-defined': 'failed',
  'not-submitted-to-engine': 'scanning',
  'submitted-to-engine': 'scanning',
  'scan-in-process': 'scanning',
  'scan-errors': 'failed',
  'scan-internal-error': 'failed',
  'scan-cancelled': 'failed',
  'scan-on-hold': 'needs-person',
  'pending-internal-review': 'needs-person',
  'pending-vendor-confirmation': 'needs-person',
  'vendor-reviewing': 'needs-person',
  'results-ready': 'finished',
  unknown: 'unknown',
};

/** The phase that a status belongs to. @public */
export function phaseOf(status: BuildStatus): BuildPhase {
  return PHASES[status];
}
