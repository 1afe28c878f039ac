import type { Shape } from './shape.js';

/**
 * Shapes of XML answers: attributes and, as lists, child elements. Everything is text. Which attributes may be missing is
 * what recordings show.
 *
 * @see docs.veracode.com "getapplist.do", "getbuildlist.do", "getbuildinfo.do", "getsandboxlist.do"
 */

export const APPLIST_DOCUMENT: Shape = {
  'account_id?': 'id',
  'applist_version?': 'text',
  'app?': [{ app_id: 'id', app_name: 'text', 'policy_updated_date?': 'date', 'vendor_name?': 'text' }],
};

export const BUILDLIST_DOCUMENT: Shape = {
  'account_id?': 'id',
  'app_id?': 'id',
  'app_name?': 'text',
  'sandbox_id?': 'id',
  'sandbox_name?': 'text',
  'buildlist_version?': 'text',
  'build?': [{ build_id: 'id', version: 'text', 'policy_updated_date?': 'date', 'dynamic_scan_type?': 'text' }],
};

const STATUSES =
  '=Incomplete|Pre-Scan Submitted|Pre-Scan Success|Pre-Scan Failed|Pre-Scan Cancelled|Prescan Submitted|Prescan Success|Prescan Failed|No Modules Defined|Not Submitted to Engine|Submitted to Engine|Scan In Process|Scan Errors|Scan Internal Error|Scan Cancelled|Scan On Hold|Pending Internal Review|Pending Vendor Confirmation|Vendor Reviewing|Results Ready';
const EVALUATIONS = '=Not Assessed|Did Not Pass|Conditional Pass|Pass|Passed|Calculating...';

export const BUILDINFO_DOCUMENT: Shape = {
  'account_id?': 'id',
  app_id: 'id',
  'sandbox_id?': 'id',
  'build_id?': 'id',
  'buildinfo_version?': 'text',
  build: [
    {
      build_id: 'id',
      version: 'text',
      'submitter?': 'text',
      'platform?': 'text',
      'lifecycle_stage?': 'text',
      'launch_date?': 'date',
      'results_ready?': 'boolean',
      'policy_name?': 'text',
      'policy_version?': 'text',
      'policy_compliance_status?': EVALUATIONS,
      'policy_updated_date?': 'date',
      'rules_status?': EVALUATIONS,
      'grace_period_expired?': 'boolean',
      'scan_overdue?': 'boolean',
      'legacy_scan_engine?': 'boolean',
      'analysis_unit?': [
        {
          analysis_type: '=Static|Dynamic|Manual|DynamicDS|DynamicMP|SCA',
          'status?': STATUSES,
          'published_date?': 'date',
          'published_date_sec?': 'id',
          'engine_version?': 'text',
        },
      ],
    },
  ],
};

export const SANDBOXLIST_DOCUMENT: Shape = {
  'account_id?': 'id',
  'app_id?': 'id',
  'sandboxlist_version?': 'text',
  'sandbox?': [
    {
      sandbox_id: 'id',
      sandbox_name: 'text',
      'owner?': 'text',
      'last_modified?': 'date',
      'modified_date?': 'date',
      'expires?': 'date',
      'auto_recreate?': 'boolean',
      'customfield?': [{ name: 'text', 'value?': 'text' }],
    },
  ],
};
