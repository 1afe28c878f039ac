import type { ApiCall } from '../../exchange.js';
import { buildStatus, publishedAtMs } from '../../platform/build-status.js';
import { currentBuild } from '../../platform/lookup.js';
import { latestEvaluationAtMs } from '../../platform/policy-evaluation.js';
import { policyStatusOf } from '../../platform/policy-status.js';
import type { ApplicationRecord, BuildRecord } from '../../platform/state.js';
import { guidOf, policyNamed, type World } from '../../platform/world.js';
import { builtInPolicies } from '../../scenarios/policy-schema.js';
import type { BuildStatus, PolicyEvaluation } from '../../scenarios/vocabulary.js';
import { restTime } from '../dates.js';
import { apiOrigin } from './rest-route.js';

const complianceWords: Readonly<Record<PolicyEvaluation, string>> = {
  'Calculating...': 'DETERMINING',
  'Not Assessed': 'NOT_ASSESSED',
  'Did Not Pass': 'DID_NOT_PASS',
  'Conditional Pass': 'CONDITIONAL_PASS',
  Pass: 'PASSED',
};

const scanWords: Readonly<Record<BuildStatus, string>> = {
  Incomplete: 'INCOMPLETE',
  'Pre-Scan Submitted': 'SUBMITTED_FOR_NTO_PRE_SCAN',
  'Pre-Scan Success': 'MODULE_SELECTION_REQUIRED',
  'Pre-Scan Failed': 'PRE_SCAN_FAILED',
  'Pre-Scan Cancelled': 'PRE_SCAN_CANCELED',
  'No Modules Defined': 'PRE_SCAN_FAILED',
  'Not Submitted to Engine': 'READY_TO_SUBMIT',
  'Submitted to Engine': 'SCAN_SUBMITTED',
  'Scan In Process': 'SCAN_IN_PROGRESS',
  'Scan Errors': 'ANALYSIS_ERRORS',
  'Scan Internal Error': 'ANALYSIS_ERRORS',
  'Scan Cancelled': 'SCAN_CANCELED',
  'Scan On Hold': 'SCAN_HELD_APPROVAL',
  'Pending Internal Review': 'INTERNAL_REVIEW',
  'Pending Vendor Confirmation': 'PENDING_VENDOR_ACCEPTANCE',
  'Vendor Reviewing': 'PUBLISHED_TO_VENDOR',
  'Results Ready': 'PUBLISHED',
};

/** An application as the REST API shows it. */
export function applicationJson(world: World, application: ApplicationRecord, call: ApiCall): object {
  const nowMs = world.clock.emulatedMs();
  const organizationId = Number(world.scenario.organization.accountId);
  const self = `${apiOrigin(call)}/appsec/v1/applications/${application.guid}`;
  const policyGuid = guidOf('policy', application.policyName);
  const current = currentBuild({ application, sandbox: null }, nowMs);
  const completed = current === undefined ? null : publishedAtMs(current, nowMs);
  const checked = latestEvaluationAtMs(application, nowMs);
  return {
    id: Number(application.id),
    oid: organizationId,
    last_completed_scan_date: completed === null ? null : restTime(completed),
    guid: application.guid,
    created: restTime(application.createdAtMs),
    modified: restTime(application.modifiedAtMs),
    ...(checked === null ? {} : { last_policy_compliance_check_date: restTime(checked) }),
    app_profile_url: `HomeAppProfile:${organizationId}:${application.id}`,
    results_url: `ViewReportsResultSummary:${organizationId}:${application.id}${current === undefined ? '' : `:${current.id}`}`,
    scans: current === undefined ? [] : [scanJson(application, current, organizationId, nowMs)],
    profile: profileJson(world, application, current, policyGuid),
    _links: {
      self: { href: self },
      sandboxes: { href: `${self}/sandboxes{?page,size}`, templated: true },
      policy: { href: `${apiOrigin(call)}/appsec/v1/policies/${policyGuid}` },
    },
  };
}

function scanJson(application: ApplicationRecord, build: BuildRecord, organizationId: number, nowMs: number): object {
  const status = buildStatus(build, nowMs);
  return {
    scan_type: 'STATIC',
    status: scanWords[status],
    modified_date: restTime(publishedAtMs(build, nowMs) ?? build.createdAtMs),
    scan_url: `StaticOverview:${organizationId}:${application.id}:${build.id}`,
    internal_status: status.replace(/[\s-]/g, '').toLowerCase(),
    links: [],
    fallback_type: null,
    full_type: null,
  };
}

function profileJson(world: World, application: ApplicationRecord, current: BuildRecord | undefined, policyGuid: string): object {
  const policy = policyNamed(world.scenario, application.policyName);
  const evaluation =
    current === undefined ? 'Not Assessed' : policyStatusOf(application, current, policy, world.clock.emulatedMs()).compliance;
  const { teams } = world.scenario;
  return {
    name: application.name,
    tags: application.tags === '' ? null : application.tags,
    business_unit: { id: 1, name: application.businessUnit, guid: guidOf('business-unit', application.businessUnit) },
    business_owners:
      application.businessOwner === '' && application.businessOwnerEmail === ''
        ? []
        : [{ name: application.businessOwner, email: application.businessOwnerEmail }],
    archer_app_name: application.archerName === '' ? null : application.archerName,
    policies: [
      {
        guid: policyGuid,
        name: policy.name,
        is_default: builtInPolicies.some(({ name }) => name === policy.name),
        policy_compliance_status: complianceWords[evaluation],
      },
    ],
    teams: application.teams.map((name) => ({ team_id: 233_001 + teams.indexOf(name), team_name: name, guid: guidOf('team', name) })),
    custom_fields: world.scenario.customFields
      .map((name, index) => ({ name, value: application.customFields[index] ?? '' }))
      .filter(({ value }) => value !== ''),
    description: application.description === '' ? null : application.description,
    settings: {
      nextday_consultation_allowed: false,
      static_scan_dependencies_allowed: true,
      dynamic_scan_approval_not_required: false,
      sca_enabled: true,
    },
    business_criticality: application.criticality.toUpperCase().replace(' ', '_'),
    ...(application.repositoryUrl === '' ? {} : { git_repo_url: application.repositoryUrl }),
  };
}
