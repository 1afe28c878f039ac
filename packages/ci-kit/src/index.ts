export type { CiContext, CiSystem } from './ci-context/ci-context.js';
export { readCiContext } from './ci-context/read-ci-context.js';
export { createRunRedactor } from './credentials/secrets-of-environment.js';
export { EXIT_CODES, exitCodeOf, type ExitCode, type FailureExitCode } from './exit-codes.js';
export { OPTION_GROUPS, type CommandName, type OptionDeclaration, type OptionGroup } from './options/option.js';
export { commandLineName, ENVIRONMENT_PREFIX, environmentName, optionKey, optionsOf, resolveOptionName, type ResolvedName } from './options/option-names.js';
export { OPTION_TABLE, OPTIONS, type OptionKey, type OptionName, type OptionValues } from './options/option-table.js';
export { BOOLEAN_WORDS, parseBoolean } from './options/parse-boolean.js';
export { readOptions, type OptionSource, type ReadOptions, type Setting } from './options/read-options.js';
export { describeFailure, type DescribedFailure } from './run/describe-failure.js';
export type { OnRunEvent, RunEvent } from './run/run-events.js';
export type { RunInput } from './run/run-input.js';
export type {
  Continuation,
  JudgedRun,
  RunFailure,
  RunRecord,
  RunResult,
  SubmittedRun,
  UnjudgedRun,
  WrittenFiles,
} from './run/run-result.js';
export { runScan } from './run/run-scan.js';
export { runWait } from './run/run-wait.js';
export { SCAN_NAME_PLACEHOLDERS, type ScanNamePlaceholder } from './scan-name.js';
