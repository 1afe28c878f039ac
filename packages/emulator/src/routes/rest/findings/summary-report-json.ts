import { createHash } from 'node:crypto';
import { scannedModules } from '../../../platform/build-status.js';
import { componentsOf } from '../../../platform/findings/finding-source.js';
import { noCounts, type SeverityCounts } from '../../../platform/findings/finding-tally.js';
import { scoreOf } from '../../../platform/findings/score.js';
import { guidOf } from '../../../platform/world.js';
import type { ComponentSpec } from '../../../scenarios/finding-schema.js';
import { criticalities, severities, severityNames } from '../../../scenarios/vocabulary.js';
import { reportTime } from '../../dates.js';
import { analysisIds } from '../../xml/analysis-ids.js';
import { engineVersion } from '../../xml/build-info.js';
import { byCategory } from '../../xml/reports/detailed-report.js';
import { analysisScores, linesOfCode } from '../../xml/reports/report-parts.js';
import { reportHead } from '../../xml/reports/report-head.js';
import type { ReportSubject } from '../../xml/reports/report-subject.js';

/** The JSON twin of the XML summary report, with the platform's three styles of names and its lists inside objects. */
export function summaryReportJson(subject: ReportSubject): object {
  return {
    ...headJson(subject),
    'static-analysis': staticAnalysisJson(subject),
    ...otherAnalysesJson(subject),
    severity: severities.map((severity) => ({ level: severity, category: categoriesJson(subject, severity) })),
    flaw_status: flawStatusJson(subject),
    custom_fields: {
      custom_field: subject.world.scenario.customFields.map((name, index) => ({ name, value: subject.application.customFields[index] ?? '' })),
    },
    ...compositionJson(subject),
  };
}

function headJson(subject: ReportSubject): object {
  const { world, application, sandbox, build } = subject;
  const ids = analysisIds(build.id);
  return {
    ...reportHead(subject),
    report_format_version: '1.5',
    account_id: Number(world.scenario.organization.accountId),
    app_id: Number(application.id),
    analysis_id: Number(ids.analysis_id),
    static_analysis_unit_id: Number(ids.analysis_unit_id),
    ...(sandbox === null ? {} : { sandbox_id: Number(sandbox.id) }),
    build_id: Number(build.id),
    business_criticality: 5 - criticalities.indexOf(application.criticality),
    // Text, unlike its neighbours.
    scan_overdue: 'false',
  };
}

function staticAnalysisJson({ build, results, tally }: ReportSubject): object {
  return {
    ...analysisScores(tally.byAnalysis.static),
    submitted_date: reportTime(build.scan?.begunAtMs ?? build.createdAtMs),
    published_date: reportTime(results.publishedAtMs),
    version: build.name,
    analysis_size_bytes: build.files.reduce((total, file) => total + file.sizeBytes, 0),
    engine_version: engineVersion,
    modules: {
      module: scannedModules(build).map(({ name, platform }) => {
        const [architecture = '', os = '', compiler = ''] = platform.split(' / ');
        return { name, compiler, os, architecture, loc: linesOfCode(name), ...moduleFigures(tally.byModule.get(name)?.bySeverity) };
      }),
    },
  };
}

/** Analyses beside the static one, when the scan has findings of theirs. */
function otherAnalysesJson({ build, results, tally }: ReportSubject): object {
  const present = (['dynamic', 'manual'] as const).filter((analysis) => results.source.groups.some((group) => group.analysis === analysis));
  return Object.fromEntries(
    present.map((analysis) => [
      `${analysis}-analysis`,
      {
        ...analysisScores(tally.byAnalysis[analysis]),
        submitted_date: reportTime(build.createdAtMs),
        published_date: reportTime(results.publishedAtMs),
        version: build.name,
        modules: {
          module: [...tally.byModule]
            .filter(([, module]) => module.analysis === analysis)
            .map(([name, { bySeverity }]) => ({ name, ...moduleFigures(bySeverity) })),
        },
      },
    ]),
  );
}

function moduleFigures(counts: SeverityCounts = noCounts()): object {
  return {
    score: scoreOf(counts),
    num_flaws_sev_0: counts[0],
    num_flaws_sev_1: counts[1],
    num_flaws_sev_2: counts[2],
    num_flaws_sev_3: counts[3],
    num_flaws_sev_4: counts[4],
    num_flaws_sev_5: counts[5],
  };
}

function categoriesJson({ results }: ReportSubject, severity: (typeof severities)[number]): object[] {
  const groups = results.source.groups.filter((group) => group.severity === severity);
  return [...byCategory(groups)].map(([category, members]) => ({
    category_name: category.name,
    severity: severityNames[severity],
    count: members.reduce((total, { count }) => total + count, 0),
  }));
}

function flawStatusJson({ tally }: ReportSubject): object {
  const { byStatus, newBySeverity } = tally;
  return {
    new: byStatus.New,
    reopen: byStatus.Reopened,
    open: byStatus.Open,
    cannot_reproduce: byStatus['Cannot Reproduce'],
    fixed: byStatus.Fixed,
    total: tally.total,
    not_mitigated: tally.unmitigated,
    'sev-1-change': newBySeverity[1],
    'sev-2-change': newBySeverity[2],
    'sev-3-change': newBySeverity[3],
    'sev-4-change': newBySeverity[4],
    'sev-5-change': newBySeverity[5],
    'conforms-to-guidelines': 0,
    'deviates-from-guidelines': 0,
    'total-reviewed-mitigations': 0,
  };
}

function compositionJson({ build, results }: ReportSubject): object {
  const components = componentsOf(build.behaviour.components);
  if (components.length === 0) {
    return {};
  }
  const violating = components.filter(violatesPolicy).length;
  const foundDate = reportTime(results.publishedAtMs);
  return {
    software_composition_analysis: {
      third_party_components: components.length,
      violate_policy: violating > 0,
      components_violated_policy: violating,
      blacklisted_components: 0,
      sca_service_available: true,
      vulnerable_components: { component_dto: components.map((component) => componentJson(component, foundDate)) },
    },
  };
}

function violatesPolicy({ vulnerabilities }: ComponentSpec): boolean {
  return vulnerabilities.some(({ affectsPolicy }) => affectsPolicy);
}

/** Yes and no are text down here. */
function componentJson(component: ComponentSpec, foundDate: string): object {
  const scores = component.vulnerabilities.map(({ cvss }) => cvss);
  return {
    component_id: guidOf('component', `${component.library}/${component.version}`),
    file_name: component.file,
    sha1: createHash('sha1').update(component.file).digest('hex'),
    vulnerability: component.vulnerabilities.length,
    max_cvss_score: scores.length === 0 ? '' : String(Math.max(...scores)),
    library: component.library,
    version: component.version,
    vendor: component.vendor,
    description: component.description,
    blacklisted: 'false',
    new: 'false',
    added_date: foundDate,
    component_affects_policy_compliance: String(violatesPolicy(component)),
    file_paths: { file_path: component.paths.map((value) => ({ value })) },
    licenses: {
      license_dto: component.licences.map(({ name, spdxId, url, risk }) => ({ name, spdx_id: spdxId, license_url: url, risk_rating: String(risk) })),
    },
    vulnerabilities: {
      vulnerability_dto: component.vulnerabilities.map((entry) => ({
        cve_id: entry.cve,
        cvss_score: entry.cvss,
        severity: entry.severity,
        cwe_id: entry.cwe,
        first_found_date: foundDate,
        cve_summary: entry.summary,
        severity_desc: severityNames[entry.severity],
        mitigation: 'false',
        vulnerability_affects_policy_compliance: String(entry.affectsPolicy),
      })),
    },
    violated_policy_rules: { policy_rule: [] },
  };
}
