import { scannedModules } from '../../../platform/build-status.js';
import { noCounts, type AnalysisTally } from '../../../platform/findings/finding-tally.js';
import { ratingOf, scoreOf } from '../../../platform/findings/score.js';
import { criticalities } from '../../../scenarios/vocabulary.js';
import { reportTime } from '../../dates.js';
import { analysisIds } from '../analysis-ids.js';
import { customFieldElements } from '../application-routes.js';
import { engineVersion } from '../build-info.js';
import { reportAttributes } from '../documents.js';
import type { XmlAttributes, XmlElement } from '../xml-text.js';
import { reportHead } from './report-head.js';
import type { ReportSubject } from './report-subject.js';

const quarterMs = 91 * 86_400_000;

/** Attributes of a report's root element. */
export function rootOfReport(report: 'detailedreport' | 'summaryreport', subject: ReportSubject): XmlAttributes {
  const { world, application, sandbox, build } = subject;
  const criticality = 5 - criticalities.indexOf(application.criticality);
  const ids = analysisIds(build.id);
  return {
    ...reportAttributes(report),
    ...reportHead(subject),
    account_id: world.scenario.organization.accountId,
    app_id: application.id,
    analysis_id: ids.analysis_id,
    static_analysis_unit_id: ids.analysis_unit_id,
    sandbox_id: sandbox?.id,
    build_id: build.id,
    assurance_level: criticality,
    business_criticality: criticality,
    scan_overdue: false,
  };
}

/** The static analysis with its modules. */
export function staticAnalysis({ build, results, tally }: ReportSubject): XmlElement {
  return {
    name: 'static-analysis',
    attributes: {
      ...analysisScores(tally.byAnalysis.static),
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

/** The analyses beside the static one, if the scenario gives them findings. */
export function otherAnalyses({ build, results, tally }: ReportSubject): XmlElement[] {
  return (['dynamic', 'manual'] as const)
    .filter((analysis) => results.source.groups.some((group) => group.analysis === analysis))
    .map((analysis) => {
      const names = [...tally.byModule].filter(([, module]) => module.analysis === analysis).map(([name]) => name);
      return {
        name: `${analysis}-analysis`,
        attributes: {
          ...analysisScores(tally.byAnalysis[analysis]),
          submitted_date: reportTime(build.createdAtMs),
          published_date: reportTime(results.publishedAtMs),
          version: build.name,
        },
        children: [{ name: 'modules', children: names.map((name) => ({ name: 'module', attributes: moduleFigures(name, tally) })) }],
      };
    });
}

/** Rating and score, before and after mitigations. */
export function analysisScores({ bySeverity, unmitigatedBySeverity }: AnalysisTally): AnalysisScores {
  const score = scoreOf(bySeverity);
  const mitigatedScore = scoreOf(unmitigatedBySeverity);
  return { rating: ratingOf(score), score, mitigated_rating: ratingOf(mitigatedScore), mitigated_score: mitigatedScore };
}

type AnalysisScores = Readonly<Record<'rating' | 'mitigated_rating', string> & Record<'score' | 'mitigated_score', number>>;

function moduleElement({ name, platform }: { readonly name: string; readonly platform: string }, tally: ReportSubject['tally']): XmlElement {
  const [architecture = '', os = '', compiler = ''] = platform.split(' / ');
  return {
    name: 'module',
    attributes: { name, compiler, os, architecture, loc: linesOfCode(name), ...moduleFigures(name, tally) },
  };
}

/** Nobody counts them. */
export function linesOfCode(moduleName: string): number {
  return 1000 + moduleName.length * 137;
}

function moduleFigures(name: string, tally: ReportSubject['tally']): XmlAttributes {
  const counts = tally.byModule.get(name)?.bySeverity ?? noCounts();
  return {
    name,
    score: scoreOf(counts),
    numflawssev0: counts[0],
    numflawssev1: counts[1],
    numflawssev2: counts[2],
    numflawssev3: counts[3],
    numflawssev4: counts[4],
    numflawssev5: counts[5],
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
