import type { Route } from '../exchange.js';
import type { Platform } from '../platform/create-platform.js';
import { withPlatformFaults } from './platform-faults.js';
import { restApplicationRoutes } from './rest/application-routes.js';
import { healthcheckRoutes } from './rest/healthcheck-routes.js';
import { identityRoutes, type CredentialDirectory } from './rest/identity-routes.js';
import { accountRoutes } from './xml/account-routes.js';
import { applicationBuildsRoutes } from './xml/application-builds-routes.js';
import { applicationRoutes } from './xml/application-routes.js';
import { buildRoutes } from './xml/build-routes.js';
import { callStackRoutes } from './xml/call-stack-routes.js';
import { fileRoutes } from './xml/file-routes.js';
import { flawReportRoutes } from './xml/flaw-report-routes.js';
import { mitigationRoutes } from './xml/mitigation-routes.js';
import { reportRoutes } from './xml/report-routes.js';
import { sandboxRoutes } from './xml/sandbox-routes.js';
import { scanRoutes } from './xml/scan-routes.js';

/**
 * Every operation of the emulated platform.
 * @public
 */
export function createRoutes(options: {
  readonly platform: Platform;
  readonly credentials: CredentialDirectory;
}): readonly Route[] {
  const { world } = options.platform;
  const routes = [
    ...applicationRoutes(world),
    ...buildRoutes(world),
    ...fileRoutes(world),
    ...scanRoutes(world),
    ...sandboxRoutes(world),
    ...reportRoutes(world),
    ...mitigationRoutes(world),
    ...callStackRoutes(world),
    ...accountRoutes(world),
    ...applicationBuildsRoutes(world),
    ...flawReportRoutes(world),
    ...restApplicationRoutes(world),
    ...identityRoutes(world, options.credentials),
    ...healthcheckRoutes(),
  ];
  return withPlatformFaults(routes, world);
}
