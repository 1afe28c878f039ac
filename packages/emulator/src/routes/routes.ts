import type { Route } from '../exchange.js';
import type { Platform } from '../platform/create-platform.js';
import { withPlatformFaults } from './platform-faults.js';
import { restApplicationRoutes } from './rest/application-routes.js';
import { customFieldRoutes } from './rest/custom-field-routes.js';
import { restFindingRoutes } from './rest/findings/finding-routes.js';
import { flawDetailRoutes } from './rest/findings/flaw-detail-routes.js';
import { restSummaryReportRoutes } from './rest/findings/summary-report-routes.js';
import { healthcheckRoutes } from './rest/healthcheck-routes.js';
import { credentialRoutes } from './rest/credential-routes.js';
import type { CredentialDirectory } from './rest/identity-json.js';
import { identityListRoutes } from './rest/identity-lists-routes.js';
import { identityRoutes } from './rest/identity-routes.js';
import { restPolicyRoutes } from './rest/policy-routes.js';
import { restSandboxRoutes } from './rest/sandbox-routes.js';
import { userRoutes } from './rest/user-routes.js';
import { statusPageRoutes } from './rest/status-page-routes.js';
import { pipelineRoutes } from './rest/pipeline-routes.js';
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
    ...customFieldRoutes(world),
    ...restSandboxRoutes(world),
    ...restPolicyRoutes(world),
    ...restFindingRoutes(world),
    ...flawDetailRoutes(world),
    ...restSummaryReportRoutes(world),
    ...identityRoutes(world, options.credentials),
    ...identityListRoutes(world, options.credentials),
    ...credentialRoutes(world, options.credentials),
    ...userRoutes(world, options.credentials),
    ...healthcheckRoutes(),
    ...statusPageRoutes(world),
    ...pipelineRoutes(world),
  ];
  return withPlatformFaults(routes, world);
}
