import { LINK, pageOf, type Shape } from './shape.js';

/**
 * Shapes of REST answers, as recordings, the vendor's OpenAPI files and public clients have them. Which fields may be
 * missing is what was seen, and not what a specification says.
 *
 * @see docs.veracode.com "Applications API", "Findings API", "Policy API", "Identity API"
 */

const REFERENCE: Shape = { guid: 'text', 'name?': 'text', 'id?': 'number' };

/** The account that signs. */
export const OWN_USER: Shape = {
  user_id: 'text',
  'user_legacy_id?': 'number',
  'legacy_user_id?': 'number',
  user_name: 'text',
  'first_name?': 'text',
  'last_name?': 'text',
  'email_address?': 'text',
  user_type: '=HUMAN|API|SAML|VOSP',
  'account_type?': 'text',
  'active?': 'flag',
  'login_enabled?': 'flag',
  'saml_user?': 'flag',
  'ip_restricted?': 'flag',
  'pin_required?': 'flag',
  roles: [{ 'role_id?': 'text', 'role_legacy_id?': 'number', role_name: 'text', 'role_description?': 'text' }],
  'teams?': [{ team_id: 'text', 'team_legacy_id?': 'number', team_name: 'text', 'relationship?': { name: 'text' } }],
  'permissions?': [{ 'permission_id?': 'text', permission_name: 'text' }],
  'organization?': { org_id: 'text', 'org_legacy_id?': 'number', 'org_name?': 'text' },
  'api_credentials?': { api_id: 'text', 'expiration_ts?': 'date' },
  '_links?': { 'self?': LINK },
};

/** The pair that signs. */
export const OWN_CREDENTIALS: Shape = {
  api_id: 'text',
  expiration_ts: 'date',
  'revocation_ts?': 'date',
  'revocation_user?': 'text',
  '_links?': { 'self?': LINK },
};

/** One application profile. */
export const APPLICATION: Shape = {
  guid: 'text',
  id: 'number',
  'oid?': 'number',
  'created?': 'date',
  'modified?': 'date',
  'last_completed_scan_date?': 'date',
  'last_policy_compliance_check_date?': 'date',
  'app_profile_url?': 'text',
  'results_url?': 'text',
  'scans?': [
    {
      scan_type: '=STATIC|DYNAMIC|MANUAL',
      'status?': 'text',
      'modified_date?': 'date',
      'scan_url?': 'text',
      'internal_status?': 'text',
      'links?': ['any'],
      'fallback_type?': 'any',
      'full_type?': 'any',
    },
  ],
  profile: {
    name: 'text',
    'tags?': 'text',
    'business_unit?': REFERENCE,
    'business_owners?': [{ 'name?': 'text', 'email?': 'text' }],
    'archer_app_name?': 'text',
    'policies?': [
      {
        guid: 'text',
        'name?': 'text',
        'is_default?': 'flag',
        policy_compliance_status: '=DETERMINING|NOT_ASSESSED|DID_NOT_PASS|CONDITIONAL_PASS|VENDOR_REVIEW|PASSED',
      },
    ],
    'teams?': [{ guid: 'text', 'team_id?': 'number', 'team_name?': 'text' }],
    'custom_fields?': [{ name: 'text', 'value?': 'text' }],
    'custom_field_values?': ['any'],
    'description?': 'text',
    'settings?': {
      'nextday_consultation_allowed?': 'flag',
      'static_scan_dependencies_allowed?': 'flag',
      'static_scan_xpa_or_dpa?': 'flag',
      'dynamic_scan_approval_not_required?': 'flag',
      'sca_enabled?': 'flag',
    },
    business_criticality: '=VERY_HIGH|HIGH|MEDIUM|LOW|VERY_LOW',
    'git_repo_url?': 'text',
  },
  '_links?': { 'self?': LINK, 'sandboxes?': LINK, 'policy?': LINK },
};

export const APPLICATION_PAGE = pageOf('applications', APPLICATION);

export const SANDBOX_PAGE = pageOf('sandboxes', {
  guid: 'text',
  id: 'number',
  application_guid: 'text',
  'organization_id?': 'number',
  name: 'text',
  'owner_username?': 'text',
  'created?': 'date',
  'modified?': 'date',
  'auto_recreate?': 'flag',
  'custom_fields?': [{ name: 'text', 'value?': 'text' }],
  '_links?': { 'self?': LINK, 'application?': LINK },
});

export const POLICY_PAGE = pageOf('policy_versions', {
  guid: 'text',
  version: 'number',
  name: 'text',
  'description?': 'text',
  'category?': '=APPLICATION|COMPONENT',
  'type?': '=BUILTIN|VERACODELEVEL|CUSTOMER|STANDARD',
  'created?': 'date',
  'modified_by?': 'text',
  'organization_id?': 'number',
  'vendor_policy?': 'flag',
  'evaluation_date?': 'date',
  'evaluation_date_type?': '=BEFORE|AFTER',
  'custom_severities?': [{ cwe: 'number', severity: 'number' }],
  'finding_rules?': [
    {
      type: '=FAIL_ALL|CWE|CATEGORY|MAX_SEVERITY|CVSS|CVE|BLACKLIST|MIN_SCORE|SECURITY_STANDARD|LICENSE_RISK|ALLOWLIST',
      scan_type: ['=STATIC|DYNAMIC|MANUAL|SCA|MOBILE|ALL|DYNAMICMP'],
      'value?': 'text',
      'advanced_options?': 'any',
      'coordinates?': 'any',
    },
  ],
  'scan_frequency_rules?': [{ 'scan_type?': 'text', 'frequency?': 'text' }],
  'sev0_grace_period?': 'number',
  'sev1_grace_period?': 'number',
  'sev2_grace_period?': 'number',
  'sev3_grace_period?': 'number',
  'sev4_grace_period?': 'number',
  'sev5_grace_period?': 'number',
  'score_grace_period?': 'number',
  'sca_blacklist_grace_period?': 'number',
  'sca_grace_periods?': 'any',
  '_links?': { 'self?': LINK, 'versions?': LINK },
});

const CWE: Shape = { id: 'number', 'name?': 'text', 'href?': 'text' };

const FINDING_STATUS: Shape = {
  'first_found_date?': 'date',
  'last_seen_date?': 'date',
  status: '=OPEN|CLOSED',
  resolution: '=UNRESOLVED|MITIGATED|POTENTIAL_FALSE_POSITIVE',
  resolution_status: '=NONE|PROPOSED|APPROVED|REJECTED',
  'mitigation_review_status?': 'text',
  'new?': 'flag',
};

/** Static findings. */
export const FINDING_PAGE = pageOf(
  'findings',
  {
    issue_id: 'number',
    scan_type: '=STATIC',
    'description?': 'text',
    'count?': 'number',
    context_type: '=APPLICATION|SANDBOX',
    'context_guid?': 'text',
    violates_policy: 'flag',
    'build_id?': 'number',
    finding_status: FINDING_STATUS,
    finding_details: {
      severity: 'number',
      cwe: CWE,
      'finding_category?': { id: 'number', 'name?': 'text', 'href?': 'text' },
      'file_path?': 'text',
      'file_name?': 'text',
      'file_line_number?': 'number',
      'module?': 'text',
      'procedure?': 'text',
      'relative_location?': 'number',
      'exploitability?': 'number',
      'attack_vector?': 'text',
    },
    'annotations?': ['any'],
    'grace_period_expires_date?': 'date',
  },
  { 'application?': LINK, 'sca?': LINK, 'non-sca?': LINK },
);
