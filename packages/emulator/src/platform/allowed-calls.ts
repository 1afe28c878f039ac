import type { BuildPhase } from './build-status.js';

/** Calls whose permission depends on the state of the context's current build. */
export type BuildCall = 'createbuild' | 'upload' | 'removefile' | 'beginprescan' | 'getprescanresults' | 'beginscan' | 'report' | 'promote';

/**
 * Which call is allowed in which phase. Where the vendor's pages are silent the emulator takes the reading that clients
 * rely on: files may change whenever neither a prescan nor a scan is running or over.
 */
const allowedPhases: Readonly<Record<BuildCall, readonly BuildPhase[]>> = {
  createbuild: ['published'],
  upload: ['incomplete', 'prescan-succeeded', 'prescan-ended-badly', 'published'],
  removefile: ['incomplete', 'prescan-succeeded', 'prescan-ended-badly'],
  beginprescan: ['incomplete', 'prescan-succeeded', 'prescan-ended-badly'],
  getprescanresults: ['prescan-succeeded', 'prescan-ended-badly', 'scan-running', 'scan-ended-badly', 'published'],
  beginscan: ['prescan-succeeded'],
  report: ['published'],
  promote: ['published'],
};

export function isAllowed(call: BuildCall, phase: BuildPhase): boolean {
  return allowedPhases[call].includes(phase);
}
