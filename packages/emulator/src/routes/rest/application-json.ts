import type { ApiCall } from '../../exchange.js';
import { buildStatus, publishedAtMs } from '../../platform/build-status.js';
import { currentBuild } from '../../platform/lookup.js';
import { latestEvaluationAtMs } from '../../platform/policy-evaluation.js';
import { policyStatusOf } from '../../platform/policy-status.js';
import type { ApplicationRecord, BuildRecord } from '../../platform/state.js';
import { guidOf, policyNamed, type World } from '../../platform/world.js';
import { isBuiltIn } from '../../scenarios/policy-schema.js';
import type { BuildStatus, PolicyEvaluation, restComplianceWords, restScanStatuses } from '../../scenarios/vocabulary.js';
import { restTime } from '../dates.js';
import { apiOrigin } from './rest-route.js';

const complianceWords: Readonly<Record<PolicyEvaluation, (typeof restComplianceWords)[number]>> = {
  'Calculating...': 'DETERMINING',
  'Not Assessed': 'NOT_ASSESSED',
  'Did Not Pass': 'DID_NOT_PASS',
  'Conditional Pass': 'CONDITIONAL_PASS',
  Pass: 'PASSED',
};

const scanWords: Readonly<Record<BuildStatus, (typeof restScanStatuses)[number]>> = {
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
    profile: profileJson(world, application, policyGuid),
    _links: {
      self: { href: self },
      sandboxes: { href: `${self}/sandboxes{?page,size}`, templated: true },
      policy: { href: `${apiOrigin(call)}/appsec/v1/policies/${policyGuid}` },
    },
  };
}

/** The compliance of the newest policy scan. */
export function complianceWordOf(world: World, application: ApplicationRecord): string {
  const nowMs = world.clock.emulatedMs();
  const current = currentBuild({ application, sandbox: null }, nowMs);
  if (current === undefined) {
    return complianceWords['Not Assessed'];
  }
  const policy = policyNamed(world.scenario, application.policyName);
  return complianceWords[policyStatusOf(application, current, policy, nowMs).compliance];
}

/** The state of the newest policy scan; null without one. */
export function scanWordOf(world: World, application: ApplicationRecord): string | null {
  const nowMs = world.clock.emulatedMs();
  const current = currentBuild({ application, sandbox: null }, nowMs);
  return current === undefined ? null : scanWords[buildStatus(current, nowMs)];
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

function profileJson(world: World, application: ApplicationRecord, policyGuid: string): object {
  const policy = policyNamed(world.scenario, application.policyName);
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
        is_default: isBuiltIn(policy),
        policy_compliance_status: complianceWordOf(world, application),
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
