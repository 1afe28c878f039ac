export { compareToBaseline, recogniseFindings, type BaselineSides } from './baselines/compare-to-baseline.js';
export { saveBaseline } from './baselines/save-baseline.js';
export { listCheckout, type CheckoutFiles } from './checkout/list-checkout.js';
export type { CiContext, CiSystem } from './ci-context/ci-context.js';
export { readCiContext } from './ci-context/read-ci-context.js';
export { warnOfGivenSecrets } from './credentials/given-secrets.js';
export { createRunRedactor } from './credentials/secrets-of-environment.js';
export { EXIT_CODES, exitCodeOf, type ExitCode, type FailureExitCode } from './exit-codes.js';
export type { FindingsFile, FindingsFileFormat } from './findings-files/findings-file.js';
export { readFindingsFile } from './findings-files/read-findings-file.js';
export { describeEvent, describeWork } from './for-people/describe-event.js';
export { plainPaint, type Paint, type Tone } from './for-people/paint.js';
export { renderFailure, type FailureLook, type OptionSpelling } from './for-people/render-failure.js';
export { renderResult, type ResultLook } from './for-people/render-result.js';
export { durationText, sizeText } from './for-people/units.js';
export type { FileJudgement } from './judging/file-judgement.js';
export { outcomeFacts, type OutcomeFacts } from './outcome/outcome-facts.js';
export { endOfRun, endOfTask, endWithoutOutputs, type OnTimeout, type ShownEnd } from './outcome/shown-end.js';
export { defaultSentence } from './options/default-sentence.js';
export { COMMANDS, OPTION_GROUPS, PLANNED_COMMANDS, type CommandName, type OptionDeclaration, type OptionGroup } from './options/option.js';
export { commandLineName, ENVIRONMENT_PREFIX, environmentName, optionKey, optionsOf, positionalOption, resolveOptionName, type ResolvedName } from './options/option-names.js';
export { OPTION_TABLE, OPTIONS, type OptionKey, type OptionName, type OptionValues } from './options/option-table.js';
export { BOOLEAN_WORDS, parseBoolean } from './options/parse-boolean.js';
export { readOptions, type OptionSource, type ReadOptions, type Setting } from './options/read-options.js';
export { shownText } from './options/shown-text.js';
export { CHECK_IDS, type CheckId, type CheckOutcome, type CheckResult } from './preflight/check.js';
export type { PreflightReport } from './preflight/render-preflight.js';
export type { MadeCheck } from './preflight/run-checks.js';
export { describeFailure, type DescribedFailure } from './run/describe-failure.js';
export { machineProxy, type MachineProxy } from './run/machine-proxy.js';
export { proxyVariables } from './run/proxy-variables.js';
export type { OnRunEvent, RunEvent } from './run/run-events.js';
export type { RunInput } from './run/run-input.js';
export type {
  Continuation,
  JudgedPipelineRun,
  JudgedRun,
  PipelineRunResult,
  RunFailure,
  RunRecord,
  RunResult,
  SubmittedRun,
  ToleratedRun,
  UnjudgedRun,
  WrittenFiles,
} from './run/run-result.js';
export { planPipelineScan, runPipelineScan } from './run/run-pipeline-scan.js';
export { planScan, runScan } from './run/run-scan.js';
export { planWait, runWait } from './run/run-wait.js';
export type { TaskInput } from './run/run-task.js';
export type { DoneTask, DrilledTask, FailedTask, TaskResult } from './run/task-result.js';
export { SCAN_NAME_PLACEHOLDERS, type ScanNamePlaceholder } from './scan-name.js';
export type { InputTable, OldInput, OptionInput, OwnInput, RefusedText } from './task-inputs/input-table.js';
export { readTaskInputs, type AddedSetting, type InputSurroundings, type TaskInputs } from './task-inputs/read-task-inputs.js';
export { runBaselineCompare } from './tasks/compare-baseline.js';
export { runBaselineSave } from './tasks/save-baseline.js';
export { runChangedApplications } from './tasks/changed-applications.js';
export { runCreateServiceAccount } from './tasks/create-service-account.js';
export { runCredentialsScan } from './tasks/credentials-scan.js';
export { runCredentialsStatus } from './tasks/credentials-status.js';
export { runCredentialsWhoami } from './tasks/credentials-whoami.js';
export { runDrill } from './tasks/drill.js';
export { runFindings } from './tasks/findings.js';
export { runGate, type GateInput } from './tasks/gate.js';
export { runInit } from './tasks/init.js';
export { runLint } from './tasks/lint.js';
export { runCredentialsRevoke } from './tasks/revoke-credentials.js';
export { runCredentialsGenerate, runCredentialsRotate } from './tasks/rotate-credentials.js';
export { runHealth } from './tasks/health.js';
export { runPreflight, type PreflightInput } from './tasks/preflight.js';
export { runReport } from './tasks/report.js';
export { runSandboxCreate, runSandboxList, runSandboxPromote } from './tasks/sandboxes.js';
export { runSandboxSweep } from './tasks/sweep-sandboxes.js';
