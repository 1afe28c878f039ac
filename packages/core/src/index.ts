export { getOwnCredentials, type OwnCredentials } from './api/rest/credentials.js';
export { createVeracodeClient, type VeracodeClientOptions } from './api/create-client.js';
export type { PlatformHosts, VeracodeClient } from './api/veracode-client.js';
export { uploadFile } from './api/xml/files.js';
export {
  credentialChain,
  credentialsFromEnv,
  credentialsFromFile,
  credentialsFromValues,
  findCredentials,
  type CredentialLookup,
  type CredentialProvider,
  type Env,
  type FoundCredentials,
} from './auth/credential-chain.js';
export { parseCredentials, type ApiCredentials, type RawCredentials } from './auth/credentials.js';
export { hostsOfPlatformUrl, hostsOfRegion } from './auth/platform-hosts.js';
export { REGIONS, type Region } from './auth/region.js';
export type { DetailedReport } from './codecs/detailed-report.js';
export { readDetailedReport, readReportFindings } from './codecs/detailed-report-stream.js';
export { BUSINESS_CRITICALITIES, type ApplicationFields, type BusinessCriticality } from './domain/application.js';
export type { BuildContext, BuildInfo, BuildStatus, FileList, PolicyEvaluation } from './domain/build.js';
export type { Finding, FindingSource } from './domain/finding.js';
export type { FindingTally } from './domain/finding-tally.js';
export { compileNamePattern } from './domain/name-pattern.js';
export {
  DELETE_INCOMPLETE_CHOICES,
  MODULE_SELECTIONS,
  type Artifact,
  type ArtifactFingerprint,
  type DeleteIncomplete,
  type ModuleSelection,
  type ScanRequest,
} from './domain/scan-request.js';
export { isSeverity, severityName, SEVERITIES, type Severity } from './domain/severity.js';
export { evaluateGates, type GateOptions } from './gates/evaluate-gates.js';
export type { GateInput, GateOutcome, GateResult, GateVerdict } from './gates/gate.js';
export { CONDITIONAL_PASS_CHOICES, type ConditionalPass } from './gates/policy-gate.js';
export { systemClock, type Clock } from './kernel/clock.js';
export { createDeadline, type Deadline } from './kernel/deadline.js';
export {
  AbortedError,
  AuthenticationError,
  AuthorizationError,
  ConflictError,
  CredentialError,
  DeadlineError,
  isVeracodeError,
  LocalError,
  NetworkError,
  NotFoundError,
  ProtocolError,
  RateLimitError,
  RefusedError,
  RequestTimeoutError,
  ScanFailedError,
  ServiceError,
  ValidationError,
  VeracodeError,
  type ErrorContext,
  type FailureOutcome,
  type ValidationIssue,
  type VeracodeErrorName,
} from './kernel/errors.js';
export { silentLogger, type Logger, type LogFields } from './kernel/logger.js';
export { isLoopbackHost } from './kernel/loopback.js';
export { nearestNames } from './kernel/nearest-names.js';
export { systemRandom, type RandomSource } from './kernel/random.js';
export { createRedactor, Secret, type Redactor } from './kernel/redact.js';
export { VERSION } from './kernel/version.js';
export { fingerprintOf, type FileIdentity } from './transport/file-body.js';
export type { CallOptions, HttpClient, HttpRequest, HttpResponse } from './transport/http.js';
export { createUndiciHttpClient, type UndiciHttpClientOptions } from './transport/undici-http-client.js';
export { checkArtifacts, type ArtifactCandidate } from './validation/artifacts.js';
export { parsePolling, type ParsedPolling, type RawPolling } from './validation/polling.js';
export { parseScanRequest, type ParsedScanRequest, type RawScanRequest } from './validation/scan-request.js';
export { waitUntil, type PollReport, type WaitOptions } from './waiters/wait-until.js';
export { buildLink } from './workflows/build-link.js';
export { deleteOwnBuild } from './workflows/delete-own-build.js';
export type { OnProgress, PollEvent, ProgressEvent, ScanPhase } from './workflows/progress.js';
export type { RunOptions } from './workflows/run.js';
export type {
  BuildPlace,
  DecidedEvaluation,
  ProvenScan,
  ScannedModule,
  ScanOutcome,
  SubmittedScan,
  UploadedArtifact,
} from './workflows/scan-outcome.js';
export { parseScanState, type NamedPlace, type SaveState, type ScanState, type ScanStep } from './workflows/scan-state.js';
export { uploadAndScan } from './workflows/upload-and-scan.js';
export { waitForScan, type AttachRequest } from './workflows/wait-for-scan.js';
