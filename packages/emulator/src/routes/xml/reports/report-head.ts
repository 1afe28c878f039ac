import { isLatest } from '../../../platform/builds.js';
import { levelOf } from '../../../platform/findings/score.js';
import { buildsOf } from '../../../platform/lookup.js';
import { evaluatedAtMs } from '../../../platform/policy-evaluation.js';
import { reportTime } from '../../dates.js';
import type { ReportSubject } from './report-subject.js';

/** What the head of a report says in XML and in JSON alike; numbers of ids are written differently in the two. */
export function reportHead(subject: ReportSubject): Readonly<Record<string, string | number | boolean | undefined>> {
  const { application, sandbox, build, tally, policy, policyStatus, generatedAtMs } = subject;
  const first = buildsOf({ application, sandbox }, generatedAtMs)[0] ?? build;
  return {
    app_name: application.name,
    sandbox_name: sandbox?.name,
    first_build_submitted_date: reportTime(first.createdAtMs),
    version: build.name,
    submitter: build.submittedBy,
    platform: 'Not Specified',
    generation_date: reportTime(generatedAtMs),
    veracode_level: levelOf(tally.unmitigatedBySeverity),
    total_flaws: tally.total,
    flaws_not_mitigated: tally.unmitigated,
    teams: application.teams.join(','),
    life_cycle_stage: build.lifecycleStage,
    planned_deployment_date: build.launchDate === null ? '' : reportTime(Date.parse(`${build.launchDate}T12:00:00Z`)),
    last_update_time: reportTime(evaluatedAtMs(build, generatedAtMs) ?? subject.results.publishedAtMs),
    is_latest_build: isLatest(subject, generatedAtMs),
    policy_name: policy.name,
    policy_version: policy.version,
    policy_compliance_status: policyStatus.compliance,
    policy_rules_status: policyStatus.rules,
    grace_period_expired: policyStatus.gracePeriodExpired,
    business_owner: application.businessOwner,
    business_unit: application.businessUnit,
    tags: application.tags,
    legacy_scan_engine: build.legacyScanEngine,
  };
}
