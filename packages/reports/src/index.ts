export type { BaselineComparison, ComparedFile } from './baseline-comparison.js';
export { compareFindings, createTopFindingsCollector, type TopFindings, type TopFindingsCollector } from './top-findings.js';
export { headlineOf, placeOf, titleOf } from './finding-text.js';
export { renderFindingsTable, type FindingsTableOptions } from './findings-table.js';
export { columnsOf, fit, fitEnd, printable } from './printable.js';
export { renderPipelineResults } from './pipeline-results-json.js';
export { renderBaselineComparison, renderBaselineComparisonJson, type BaselineTextOptions } from './render-baseline-comparison.js';
export { renderPlan, type PlanTextOptions } from './render-plan.js';
export { renderPathMapping } from './render-path-mapping.js';
export { renderJsonWithFindings, renderResultsJson, renderSummaryJson } from './results-json.js';
export type {
  AppliedMitigationFacts,
  ArtifactFacts,
  BaselineFacts,
  CiFacts,
  DataPathFacts,
  FailureFacts,
  FileFacts,
  LintFacts,
  LintFindingFacts,
  MitigationFacts,
  OutageFacts,
  PlaceFacts,
  PolicyFacts,
  ProofFacts,
  ResultsVerdict,
  ScanFacts,
  ScanResults,
  WaiverFileFacts,
} from './scan-results.js';
export { renderTextTable } from './text-table.js';
export { renderCounts, renderGates, renderVerdictSentence, VERDICT_WORDS } from './summary-text.js';
export { isReportFormat, REPORT_FORMATS, renderReport, tellsIncomplete, type ReportFormatId } from './report-formats.js';
export type { FindingChanges } from './finding-changes.js';
export { hasResults, type ReportInput, type ReportText } from './report.js';
