import { scannedModules } from '../../../platform/build-status.js';
import { isLatest } from '../../../platform/builds.js';
import { noCounts } from '../../../platform/findings/finding-tally.js';
import { levelOf, ratingOf, scoreOf } from '../../../platform/findings/score.js';
import { buildsOf } from '../../../platform/lookup.js';
import { evaluatedAtMs } from '../../../platform/policy-evaluation.js';
import { criticalities } from '../../../scenarios/vocabulary.js';
import { reportTime } from '../../dates.js';
import { analysisIds } from '../analysis-ids.js';
import { customFieldElements } from '../application-routes.js';
import { engineVersion } from '../build-info.js';
import { reportAttributes } from '../documents.js';
import type { XmlAttributes, XmlElement } from '../xml-text.js';
import type { ReportSubject } from './report-subject.js';

const quarterMs = 91 * 86_400_000;

/** Attributes of a report's root element. */
export function rootOfReport(report: 'detailedreport' | 'summaryreport', subject: ReportSubject): XmlAttributes {
  const { world, application, sandbox, build, tally, policy, policyStatus, generatedAtMs } = subject;
  const criticality = 5 - criticalities.indexOf(application.criticality);
  const ids = analysisIds(build.id);
  const first = buildsOf({ application, sandbox }, generatedAtMs)[0] ?? build;
  return {
    ...reportAttributes(report),
    account_id: world.scenario.organization.accountId,
    app_name: application.name,
    app_id: application.id,
    analysis_id: ids.analysis_id,
    static_analysis_unit_id: ids.analysis_unit_id,
    sandbox_name: sandbox?.name,
    sandbox_id: sandbox?.id,
    first_build_submitted_date: reportTime(first.createdAtMs),
    version: build.name,
    build_id: build.id,
    submitter: build.submittedBy,
    platform: 'Not Specified',
    assurance_level: criticality,
    business_criticality: criticality,
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
    scan_overdue: false,
    business_owner: application.businessOwner,
    business_unit: application.businessUnit,
    tags: application.tags,
    legacy_scan_engine: build.legacyScanEngine,
  };
}

/** The static analysis with its modules. */
export function staticAnalysis({ build, results, tally }: ReportSubject): XmlElement {
  const score = scoreOf(tally.bySeverity);
  const mitigatedScore = scoreOf(tally.unmitigatedBySeverity);
  return {
    name: 'static-analysis',
    attributes: {
      rating: ratingOf(score),
      score,
      mitigated_rating: ratingOf(mitigatedScore),
      mitigated_score: mitigatedScore,
      submitted_date: reportTime(build.scan?.begunAtMs ?? build.createdAtMs),
      published_date: reportTime(results.publishedAtMs),
      next_scan_due: reportTime(results.publishedAtMs + quarterMs),
      analysis_size_bytes: build.files.reduce((total, file) => total + file.sizeBytes, 0),
      engine_version: engineVersion,
      version: build.name,
    },
    children: [{ name: 'modules', children: scannedModules(build).map((module) => moduleElement(module, tally)) }],
  };
}

function moduleElement({ name, platform }: { readonly name: string; readonly platform: string }, tally: ReportSubject['tally']): XmlElement {
  const [architecture = '', os = '', compiler = ''] = platform.split(' / ');
  const counts = tally.byModule.get(name) ?? noCounts();
  return {
    name: 'module',
    attributes: {
      name,
      compiler,
      os,
      architecture,
      loc: 1000 + name.length * 137,
      score: scoreOf(counts),
      numflawssev0: counts[0],
      numflawssev1: counts[1],
      numflawssev2: counts[2],
      numflawssev3: counts[3],
      numflawssev4: counts[4],
      numflawssev5: counts[5],
    },
  };
}

/** Figures by remediation status; `sev-n-change` counts the new findings of a severity. */
export function flawStatus({ tally }: ReportSubject): XmlElement {
  const { byStatus, newBySeverity } = tally;
  return {
    name: 'flaw-status',
    attributes: {
      new: byStatus.New,
      reopen: byStatus.Reopened,
      open: byStatus.Open,
      'cannot-reproduce': byStatus['Cannot Reproduce'],
      fixed: byStatus.Fixed,
      total: tally.total,
      not_mitigated: tally.unmitigated,
      'sev-1-change': newBySeverity[1],
      'sev-2-change': newBySeverity[2],
      'sev-3-change': newBySeverity[3],
      'sev-4-change': newBySeverity[4],
      'sev-5-change': newBySeverity[5],
    },
  };
}

export function customFields({ world, application }: ReportSubject): XmlElement {
  return { name: 'customfields', children: customFieldElements(world.scenario.customFields, application.customFields) };
}
