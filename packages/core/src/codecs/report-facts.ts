import { SEVERITIES, type Severity } from '../domain/severity.js';
import { parsePolicyEvaluation } from './build-words.js';
import type { ReportAnalysis, ReportComponents, ReportFacts, ReportFlawStatus, ReportModule, ReportPolicy } from './detailed-report.js';
import { unreadable } from './xml-error.js';
import type { ElementHead } from './xml-element.js';
import {
  optionalBoolean,
  optionalCount,
  optionalDate,
  optionalId,
  optionalText,
  requiredId,
  requiredText,
} from './xml-fields.js';

/** Collects what a report says besides its findings. */
export interface FactsCollector {
  open(element: ElementHead, parent: string): void;
  /** After the last element. */
  facts(): ReportFacts;
}

/** A scan has hundreds. */
const MAX_MODULES = 100_000;

const ANALYSES = ['static-analysis', 'dynamic-analysis', 'manual-analysis'] as const;
type AnalysisName = (typeof ANALYSES)[number];

/** A collector for one report. @param operation - for messages */
export function createFactsCollector(operation: string): FactsCollector {
  let root: Omit<ReportFacts, AnalysisField | 'flawStatus' | 'components'> | null = null;
  let flawStatus: ReportFlawStatus | null = null;
  let components: ReportComponents | null = null;
  let current: AnalysisName | null = null;
  let modules: ReportModule[] = [];
  const analyses = new Map<AnalysisName, ReportAnalysis>();

  return {
    open(element, parent) {
      const analysis = ANALYSES.find((name) => name === element.name);
      if (parent === '') {
        root = rootFacts(element, operation);
      } else if (analysis !== undefined) {
        current = analysis;
        modules = [];
        analyses.set(analysis, analysisOf(element, modules));
      } else if (element.name === 'module' && parent === 'modules' && current !== null) {
        if (modules.length >= MAX_MODULES) throw unreadable(operation, 'answer-too-large', 'a report with too many modules');
        modules.push(moduleOf(element, operation));
      } else if (element.name === 'flaw-status') {
        flawStatus = flawStatusOf(element);
      } else if (element.name === 'software_composition_analysis') {
        components = componentsOf(element);
      } else if (element.name === 'component' && components !== null) {
        components = addComponent(components, element);
      }
    },
    facts() {
      if (root === null) throw unreadable(operation, 'unexpected-document', 'a report without a root');
      return {
        ...root,
        staticAnalysis: analyses.get('static-analysis') ?? null,
        dynamicAnalysis: analyses.get('dynamic-analysis') ?? null,
        manualAnalysis: analyses.get('manual-analysis') ?? null,
        flawStatus,
        components,
      };
    },
  };
}

type AnalysisField = 'staticAnalysis' | 'dynamicAnalysis' | 'manualAnalysis';

function rootFacts(root: ElementHead, operation: string): Omit<ReportFacts, AnalysisField | 'flawStatus' | 'components'> {
  return {
    accountId: optionalText(root, 'account_id'),
    applicationId: requiredId(root, 'app_id', operation),
    applicationName: optionalText(root, 'app_name'),
    sandboxId: optionalId(root, 'sandbox_id', operation),
    sandboxName: optionalText(root, 'sandbox_name'),
    buildId: requiredId(root, 'build_id', operation),
    scanName: optionalText(root, 'version'),
    submitter: optionalText(root, 'submitter'),
    generatedAt: optionalDate(root, 'generation_date'),
    lastUpdatedAt: optionalDate(root, 'last_update_time'),
    policy: policyOf(root),
    totalFlaws: optionalCount(root, 'total_flaws'),
    unmitigatedFlaws: optionalCount(root, 'flaws_not_mitigated'),
  };
}

function policyOf(root: ElementHead): ReportPolicy {
  const evaluationText = optionalText(root, 'policy_compliance_status') ?? '';
  const rulesStatusText = optionalText(root, 'policy_rules_status') ?? '';
  return {
    name: optionalText(root, 'policy_name'),
    version: optionalText(root, 'policy_version'),
    evaluation: parsePolicyEvaluation(evaluationText),
    evaluationText,
    rulesStatus: parsePolicyEvaluation(rulesStatusText),
    rulesStatusText,
    gracePeriodExpired: optionalBoolean(root, 'grace_period_expired'),
    scanOverdue: optionalBoolean(root, 'scan_overdue'),
  };
}

/** @param modules - filled while the report goes on */
function analysisOf(element: ElementHead, modules: readonly ReportModule[]): ReportAnalysis {
  return {
    rating: optionalText(element, 'rating'),
    score: optionalCount(element, 'score'),
    submittedAt: optionalDate(element, 'submitted_date'),
    publishedAt: optionalDate(element, 'published_date'),
    engineVersion: optionalText(element, 'engine_version'),
    modules,
  };
}

function moduleOf(element: ElementHead, operation: string): ReportModule {
  const counts = SEVERITIES.map((severity) => [severity, optionalCount(element, `numflawssev${severity}`)] as const);
  return {
    name: requiredText(element, 'name', operation),
    linesOfCode: optionalCount(element, 'loc'),
    flaws: Object.fromEntries(counts) as Record<Severity, number | null>,
  };
}

function flawStatusOf(element: ElementHead): ReportFlawStatus {
  return {
    new: optionalCount(element, 'new'),
    open: optionalCount(element, 'open'),
    reopened: optionalCount(element, 'reopen'),
    fixed: optionalCount(element, 'fixed'),
    cannotReproduce: optionalCount(element, 'cannot-reproduce'),
    total: optionalCount(element, 'total'),
    notMitigated: optionalCount(element, 'not_mitigated'),
  };
}

function componentsOf(element: ElementHead): ReportComponents {
  return {
    total: optionalCount(element, 'third_party_components'),
    violatesPolicy: optionalBoolean(element, 'violate_policy'),
    violatingPolicy: optionalCount(element, 'components_violated_policy'),
    // Older reports have the older word.
    blocklisted: optionalCount(element, 'blocklisted_components') ?? optionalCount(element, 'blacklisted_components'),
    statedVulnerabilities: 0,
  };
}

function addComponent(components: ReportComponents, element: ElementHead): ReportComponents {
  const count = optionalCount(element, 'vulnerabilities');
  const sum = components.statedVulnerabilities;
  return { ...components, statedVulnerabilities: count === null || sum === null ? null : sum + count };
}
