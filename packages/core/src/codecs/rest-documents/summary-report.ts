import { isSeverity, type Severity } from '../../domain/severity.js';
import type { SummaryReport } from '../../domain/summary-report.js';
import { parsePolicyEvaluation } from '../build-words.js';
import {
  type JsonObject,
  optionalFlag,
  optionalNumber,
  optionalObject,
  optionalObjects,
  optionalText,
  readCount,
  readDate,
  readId,
  requireObjects,
  requireText,
  unexpectedShape,
} from '../rest.js';

/**
 * The JSON summary report. Its keys mix three styles, and its yes and no are sometimes text.
 *
 * @throws ProtocolError `unexpected-shape`, also when its figures do not add up
 */
export function decodeSummaryReport(report: JsonObject, operation: string): SummaryReport {
  const evaluationText = optionalText(report, 'policy_compliance_status') ?? '';
  const composition = optionalObject(report, 'software_composition_analysis', operation);
  const version = optionalNumber(report, 'policy_version');
  const flawsBySeverity = flawsOf(report, operation);
  const totalFlaws = readCount(report, 'total_flaws', operation);
  const counted = Object.values(flawsBySeverity).reduce((sum, count) => sum + count, 0);
  if (counted !== totalFlaws) throw unexpectedShape(operation, `a total (${totalFlaws}) that is the sum of its severities (${counted})`);
  return {
    applicationId: readId(report, 'app_id', operation),
    applicationName: requireText(report, 'app_name', operation),
    sandboxName: optionalText(report, 'sandbox_name'),
    buildId: readId(report, 'build_id', operation),
    scanName: requireText(report, 'version', operation),
    isLatestBuild: flagOf(report, 'is_latest_build'),
    generatedAt: readDate(report, 'generation_date', operation),
    lastUpdatedAt: readDate(report, 'last_update_time', operation),
    policyName: optionalText(report, 'policy_name'),
    policyVersion: version === null ? null : String(version),
    policyEvaluation: parsePolicyEvaluation(evaluationText),
    policyEvaluationText: evaluationText,
    policyRulesStatus: parsePolicyEvaluation(optionalText(report, 'policy_rules_status') ?? ''),
    gracePeriodExpired: flagOf(report, 'grace_period_expired'),
    scanOverdue: flagOf(report, 'scan_overdue'),
    totalFlaws,
    unmitigatedFlaws: readCount(report, 'flaws_not_mitigated', operation),
    flawsBySeverity,
    thirdPartyComponents: composition && readCount(composition, 'third_party_components', operation),
  };
}

function flawsOf(report: JsonObject, operation: string): Record<Severity, number> {
  const flaws: Record<Severity, number> = { 0: 0, 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };
  for (const group of requireObjects(report, 'severity', operation)) {
    const level = readCount(group, 'level', operation);
    if (!isSeverity(level)) throw unexpectedShape(operation, 'a severity from 0 to 5');
    flaws[level] = optionalObjects(group, 'category', operation).reduce((sum, category) => sum + readCount(category, 'count', operation), 0);
  }
  return flaws;
}

function flagOf(report: JsonObject, field: string): boolean | null {
  const word = optionalText(report, field)?.toLowerCase();
  if (word === 'true') return true;
  return word === 'false' ? false : optionalFlag(report, field);
}
