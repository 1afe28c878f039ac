import type { Operation } from '../transport/http.js';
import { PROFILE_OPERATIONS } from './rest/applications.js';
import { CREDENTIAL_OPERATIONS } from './rest/credentials.js';
import { CUSTOM_FIELD_OPERATIONS } from './rest/custom-fields.js';
import { FINDING_OPERATIONS } from './rest/findings.js';
import { FLAW_DETAIL_OPERATIONS } from './rest/flaw-details.js';
import { HEALTH_OPERATIONS } from './rest/health.js';
import { PIPELINE_OPERATIONS } from './rest/pipeline-scans.js';
import { POLICY_VERSION_OPERATIONS } from './rest/policies.js';
import { SANDBOX_PROFILE_OPERATIONS } from './rest/sandboxes.js';
import { STATUS_PAGE_OPERATIONS } from './rest/status-page.js';
import { SUMMARY_OPERATIONS } from './rest/summary-report.js';
import { USER_OPERATIONS } from './rest/users.js';
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

/**
 * Every call of the platform's REST API that core knows.
 *
 * Not yet among them, each a file of its own here when it comes: SBOM, Reporting, SCA workspaces, Dynamic Analysis,
 * writing mitigations.
 */
export const REST_OPERATIONS: readonly Operation[] = [
  ...CREDENTIAL_OPERATIONS,
  ...PROFILE_OPERATIONS,
  ...CUSTOM_FIELD_OPERATIONS,
  ...SANDBOX_PROFILE_OPERATIONS,
  ...POLICY_VERSION_OPERATIONS,
  ...USER_OPERATIONS,
  ...HEALTH_OPERATIONS,
  ...STATUS_PAGE_OPERATIONS,
  ...PIPELINE_OPERATIONS,
  ...FINDING_OPERATIONS,
  ...FLAW_DETAIL_OPERATIONS,
  ...SUMMARY_OPERATIONS,
];
