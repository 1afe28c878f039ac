import type { Operation } from '../transport/http.js';
import { PROFILE_OPERATIONS } from './rest/applications.js';
import { CREDENTIAL_OPERATIONS } from './rest/credentials.js';
import { APPLICATION_OPERATIONS } from './xml/applications.js';
import { BUILD_OPERATIONS } from './xml/builds.js';
import { FILE_OPERATIONS } from './xml/files.js';
import { POLICY_OPERATIONS } from './xml/policies.js';
import { PRESCAN_OPERATIONS } from './xml/prescans.js';
import { REPORT_OPERATIONS } from './xml/reports.js';
import { SANDBOX_OPERATIONS } from './xml/sandboxes.js';
import { SCAN_OPERATIONS } from './xml/scans.js';
import { TEAM_OPERATIONS } from './xml/teams.js';

/** Every call of the platform's XML API that core knows. */
export const XML_OPERATIONS: readonly Operation[] = [
  ...APPLICATION_OPERATIONS,
  ...BUILD_OPERATIONS,
  ...FILE_OPERATIONS,
  ...PRESCAN_OPERATIONS,
  ...SCAN_OPERATIONS,
  ...SANDBOX_OPERATIONS,
  ...REPORT_OPERATIONS,
  ...POLICY_OPERATIONS,
  ...TEAM_OPERATIONS,
];

/** Every call of the platform's REST API that core knows. */
export const REST_OPERATIONS: readonly Operation[] = [...CREDENTIAL_OPERATIONS, ...PROFILE_OPERATIONS];
