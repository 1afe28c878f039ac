export { compareFindings, createTopFindingsCollector, type TopFindings, type TopFindingsCollector } from './top-findings.js';
export { renderFindingsTable, type FindingsTableOptions } from './findings-table.js';
export { columnsOf, fit, fitEnd, printable } from './printable.js';
export { renderResultsJson, renderSummaryJson } from './results-json.js';
export type {
  ArtifactFacts,
  CiFacts,
  FailureFacts,
  PlaceFacts,
  PolicyFacts,
  ProofFacts,
  ResultsVerdict,
  ScanFacts,
  ScanResults,
} from './scan-results.js';
export { renderCounts, renderGates, renderVerdictSentence, VERDICT_WORDS } from './summary-text.js';
