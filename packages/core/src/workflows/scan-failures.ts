import type { BuildInfo, BuildStatus } from '../domain/build.js';
import { ScanFailedError } from '../kernel/errors.js';
import { buildLink } from './build-link.js';
import type { Run } from './run.js';

const PRESCAN_ADVICE = 'Look at the prescan on the platform: it names what is wrong with the files.';
const PERSON_ADVICE = 'Somebody stopped it on the platform; ask who, then scan again.';
const VENDOR_ADVICE = "Scan again; if it fails again, open a case with the vendor's support.";

const ADVICE: Partial<Readonly<Record<BuildStatus, string>>> = {
  'prescan-failed': PRESCAN_ADVICE,
  'prescan-cancelled': PERSON_ADVICE,
  'no-modules-defined': 'Nothing in the upload can be analysed: pack compiled code or sources as the platform wants them.',
  'scan-cancelled': PERSON_ADVICE,
};

/** The error for a build that ended without results. */
export function buildFailed(run: Run, build: BuildInfo): ScanFailedError {
  return new ScanFailedError(
    `The platform ended scan "${build.name}" (build ${build.id}) with "${build.statusText}". ${buildLink(run.client, build)}`,
    { code: build.status, advice: ADVICE[build.status] ?? VENDOR_ADVICE },
  );
}

/** The error for a build that does not get past a state that should pass by itself. */
export function buildStuck(run: Run, build: BuildInfo): ScanFailedError {
  return new ScanFailedError(
    `Scan "${build.name}" (build ${build.id}) stays at "${build.statusText}" although its next step was begun. ${buildLink(run.client, build)}`,
    { code: 'stuck', advice: VENDOR_ADVICE },
  );
}
