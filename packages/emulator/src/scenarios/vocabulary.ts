/** Words that the platform uses on the wire; scenarios, the emulated world and the answers share them. */

/** Values of `analysis_unit/@status`. */
export const buildStatuses = [
  'Incomplete',
  'Pre-Scan Submitted',
  'Pre-Scan Success',
  'Pre-Scan Failed',
  'Pre-Scan Cancelled',
  'No Modules Defined',
  'Not Submitted to Engine',
  'Submitted to Engine',
  'Scan In Process',
  'Scan Errors',
  'Scan Internal Error',
  'Scan Cancelled',
  'Scan On Hold',
  'Pending Internal Review',
  'Pending Vendor Confirmation',
  'Vendor Reviewing',
  'Results Ready',
] as const;
export type BuildStatus = (typeof buildStatuses)[number];

/** Values of `policy_compliance_status` and `rules_status`. */
export const policyEvaluations = ['Calculating...', 'Not Assessed', 'Did Not Pass', 'Conditional Pass', 'Pass'] as const;
export type PolicyEvaluation = (typeof policyEvaluations)[number];

/** Values of `policy_compliance_status` over REST. */
export const restComplianceWords = ['DETERMINING', 'NOT_ASSESSED', 'DID_NOT_PASS', 'CONDITIONAL_PASS', 'VENDOR_REVIEW', 'PASSED'] as const;

/** Values of `scan_type` of an application's scans over REST. */
export const restScanTypes = ['STATIC', 'DYNAMIC', 'MANUAL'] as const;

/** Values of `status` of an application's scans over REST. */
export const restScanStatuses = [
  'CREATED',
  'UNPUBLISHED',
  'DELETED',
  'PARTIAL_PUBLISH',
  'PARTIAL_UNPUBLISH',
  'INCOMPLETE',
  'SCAN_SUBMITTED',
  'IN_QUEUE',
  'STOPPING',
  'PAUSING',
  'IN_PROGRESS',
  'ANALYSIS_ERRORS',
  'SCAN_CANCELED',
  'INTERNAL_REVIEW',
  'VERIFYING_RESULTS',
  'SUBMITTED_FOR_NTO_PRE_SCAN',
  'SUBMITTED_FOR_DYNAMIC_PRE_SCAN',
  'PRE_SCAN_FAILED',
  'READY_TO_SUBMIT',
  'NTO_PENDING_SUBMISSION',
  'PRE_SCAN_COMPLETE',
  'MODULE_SELECTION_REQUIRED',
  'PENDING_VENDOR_ACCEPTANCE',
  'SHOW_OSRDB',
  'PUBLISHED',
  'PUBLISHED_TO_VENDOR',
  'PUBLISHED_TO_ENTERPRISE',
  'PENDING_ACCOUNT_APPROVAL',
  'PENDING_LEGAL_AGREEMENT',
  'SCAN_IN_PROGRESS',
  'SCAN_IN_PROGRESS_PARTIAL_RESULTS_READY',
  'PROMOTE_IN_PROGRESS',
  'PRE_SCAN_CANCELED',
  'NTO_PRE_SCAN_CANCELED',
  'SCAN_HELD_APPROVAL',
  'SCAN_HELD_LOGIN_INSTRUCTIONS',
  'SCAN_HELD_LOGIN',
  'SCAN_HELD_INSTRUCTIONS',
  'SCAN_HELD_HOLDS_FINISHED',
  'SCAN_REQUESTED',
  'TIMEFRAMEPENDING_ID',
  'PAUSED_ID',
  'STATIC_VALIDATING_UPLOAD',
  'PUBLISHED_TO_ENTERPRISEINT',
] as const;

/** Values of `business_criticality`, most critical first: reports count them 5 to 1. */
export const criticalities = ['Very High', 'High', 'Medium', 'Low', 'Very Low'] as const;
export type Criticality = (typeof criticalities)[number];

/** Values of `lifecycle_stage`. */
export const lifecycleStages = [
  'Not Specified',
  'In Development (pre-Alpha)',
  'Internal or Alpha Testing',
  'External or Beta Testing',
  'Deployed (In production and actively developed)',
  'Maintenance (only bug fixes)',
  'Cannot Disclose',
] as const;
export type LifecycleStage = (typeof lifecycleStages)[number];

/** Values of `origin`. */
export const origins = [
  'Not Specified',
  '3rd party library',
  'Purchased Application',
  'Contractor',
  'Internally Developed',
  'Open Source',
  'Outsourced Team',
] as const;

/** Values of `deployment_method`. */
export const deploymentMethods = [
  'Not Specified',
  'Web Based',
  'Enterprise Application Enhancement',
  'Client/Server',
  'Mobile',
  'Stand Alone',
] as const;

/** Values of `file_status`. */
export const fileStatuses = [
  'Pending Upload',
  'Uploading',
  'Purged',
  'Uploaded',
  'Missing',
  'Partial',
  'Invalid Checksum',
  'Invalid Archive',
  'Archive File Within Another Archive',
  'Archive File with Unsupported Compression',
  'Archive File is Password Protected',
] as const;
export type FileStatus = (typeof fileStatuses)[number];

/** Mitigation actions and the words that answers show for them. */
export const mitigationActions = {
  comment: 'Add Comment',
  fp: 'Potential False Positive',
  appdesign: 'Mitigate by Design',
  osenv: 'Mitigate by OS Environment',
  netenv: 'Mitigate by Network Environment',
  library: 'Reported to Library Maintainer',
  acceptrisk: 'Accept the Risk',
  accepted: 'Approve Mitigation',
  rejected: 'Reject Mitigation',
} as const;
export type MitigationActionName = keyof typeof mitigationActions;

/** Severity 0 to 5. */
export type Severity = 0 | 1 | 2 | 3 | 4 | 5;
export const severities: readonly Severity[] = [5, 4, 3, 2, 1, 0];
export const severityNames = ['Informational', 'Very Low', 'Low', 'Medium', 'High', 'Very High'] as const;
