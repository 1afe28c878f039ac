export {
  countApplicationProfiles,
  createApplicationProfile,
  deleteApplicationProfile,
  findApplicationProfilesByName,
  getApplicationProfile,
  listApplicationProfiles,
  updateApplicationProfile,
  type ProfileListOptions,
} from './api/rest/applications.js';
export {
  generateCredentialsOfUser,
  generateOwnCredentials,
  getCredentials,
  getCredentialsOfUser,
  getOwnCredentials,
  revokeCredentials,
  type IssuedPair,
  type OwnCredentials,
} from './api/rest/credentials.js';
export { listCustomFieldNames } from './api/rest/custom-fields.js';
export { listFindings, type FindingQuery } from './api/rest/findings.js';
export { getDynamicFlawDetails, getStaticFlawDetails, type FindingPlace } from './api/rest/flaw-details.js';
export { checkHealth } from './api/rest/health.js';
export type { PageFacts } from './api/rest/pages.js';
export { getPolicy, getPolicyVersion, listPolicyVersions, listVersionsOfPolicy } from './api/rest/policies.js';
export {
  createSandboxProfile,
  deleteSandboxProfile,
  findSandboxProfilesByName,
  getSandboxProfile,
  listSandboxProfiles,
  promoteSandboxProfile,
  updateSandboxProfile,
  type SandboxPlace,
} from './api/rest/sandboxes.js';
export { getPlatformStatus } from './api/rest/status-page.js';
export { getSummaryReport, type SummaryRequest } from './api/rest/summary-report.js';
export { createServiceAccount, getOwnUser, listBusinessUnits, listTeamReferences, listUsers, searchUsers } from './api/rest/users.js';
export { createVeracodeClient, type VeracodeClientOptions } from './api/create-client.js';
export { createRateLimiter, type RateLimiter, type RateLimitOptions } from './transport/policies/rate-limit.js';
export { createOpenClient, type OpenClient, type OpenClientOptions } from './api/open-client.js';
export { probeHost, type HostAnswer } from './api/probe-host.js';
export type { PlatformHosts, VeracodeClient } from './api/veracode-client.js';
export { uploadFile } from './api/xml/files.js';
export {
  credentialChain,
  credentialsFromEnv,
  credentialsFromFile,
  credentialsFromValues,
  credentialsFileIn,
  findCredentials,
  profileOf,
  type CredentialLookup,
  type CredentialProvider,
  type Env,
  type FoundCredentials,
} from './auth/credential-chain.js';
export { parseCredentials, type ApiCredentials, type RawCredentials } from './auth/credentials.js';
export { parseCredentialsFile, type ProfileEntry } from './auth/credentials-file.js';
export { editCredentialsFile } from './auth/edit-credentials-file.js';
export { hostsOfPlatformUrl, hostsOfRegion, regionOfHosts, statusPageOf } from './auth/platform-hosts.js';
export { bareApiId, REGIONS, type Region } from './auth/region.js';
export type { DetailedReport } from './codecs/detailed-report.js';
export { readDetailedReport, readReportFindings } from './codecs/detailed-report-stream.js';
export { createPipelineFindingReader, type PipelineFindingReader } from './codecs/pipeline-finding-reader.js';
export { decodePipelineFacts, parsePipelineResults, type PipelineFacts, type PipelineFinding, type PipelineResults } from './codecs/pipeline-results.js';
export type { PipelineScanStatus } from './codecs/pipeline-scan.js';
export type { JsonObject } from './codecs/rest.js';
export { decodeRestFinding } from './codecs/rest-findings.js';
export type { DifferenceKind, ShapeDifference } from './codecs/shapes/compare-shape.js';
export { readStackDumps } from './codecs/stack-dumps.js';
export { accountKindOf, personalMailboxHint, type AccountKind } from './domain/account-kind.js';
export { BUSINESS_CRITICALITIES, type ApplicationFields, type BusinessCriticality } from './domain/application.js';
export type {
  ApplicationProfile,
  ApplicationProfileFields,
  ApplicationProfileFilters,
  AppliedPolicy,
  BusinessOwner,
  CustomFieldName,
  CustomFieldValue,
  NamedReference,
  ProfileCompliance,
  ProfileScan,
} from './domain/application-profile.js';
export type { BuildContext, BuildInfo, BuildStatus, FileList, PolicyEvaluation } from './domain/build.js';
export type { CredentialDestination, WritablePair } from './domain/credential-destination.js';
export type { BuildPhase } from './domain/build-status.js';
export type { ComponentLicence, Finding, FindingDataPath, FindingDataStep, FindingSource, FlawMatch } from './domain/finding.js';
export { createFindingCounter, type FindingCounter, type FindingTally } from './domain/finding-tally.js';
export type { AttackVector, DataPath, DataPathStep, DynamicFlawDetails, StaticFlawDetails } from './domain/flaw-details.js';
export { flawFingerprint } from './domain/flaw-fingerprint.js';
export {
  CONDITIONAL_PASS_CHOICES,
  DEFAULT_JUDGEMENT,
  GRACE_PERIOD_CHOICES,
  LICENCE_RISKS,
  LINT_MODES,
  PROPOSED_MITIGATIONS_CHOICES,
  type ConditionalPass,
  type FindingBudgets,
  type GateRules,
  type GracePeriod,
  type Judgement,
  type LicenceRisk,
  type LintMode,
  type ProposedMitigations,
  type RunRules,
} from './domain/judgement.js';
export { compileNamePattern } from './domain/name-pattern.js';
export { compilePathPattern } from './domain/path-pattern.js';
export { PIPELINE_STAGES, type PipelineScanRequest, type PipelineStage } from './domain/pipeline-scan-request.js';
export type { PlatformIncident, PlatformMaintenance, PlatformStatus, StatusIndicator } from './domain/platform-status.js';
export type { PolicyFlaw, StatementMatch } from './domain/policy-flaw.js';
export type { Policy, PolicyFilters, PolicyRequirement, PolicyRule, ScanFrequencyRule } from './domain/policy.js';
export type { SandboxProfile, SandboxProfileFields } from './domain/sandbox.js';
export {
  DELETE_INCOMPLETE_CHOICES,
  MODULE_SELECTIONS,
  type Artifact,
  type ArtifactFingerprint,
  type DeleteIncomplete,
  type ModuleSelection,
  type ScanRequest,
} from './domain/scan-request.js';
export { judgeRoles, leastRolesFor, ROLE_PURPOSES, ROLES_FOR, UNRESTRICTED_ROLE, type JudgedNeed, type RoleNeed, type RolePurpose } from './domain/roles.js';
export { isSeverity, severityName, SEVERITIES, type Severity } from './domain/severity.js';
export type { SummaryReport } from './domain/summary-report.js';
export type { BusinessUnit, ServiceAccountFields, Team, TeamFilters, User, UserFilters, UserRole, UserSearch } from './domain/user.js';
export type { Waiver, WaiverSubject } from './domain/waiver.js';
export { evaluateGates } from './gates/evaluate-gates.js';
export type {
  AppliedWaiver,
  GateInput,
  GateOptions,
  GateOutcome,
  GateResult,
  GateVerdict,
  JudgedFinding,
  KnownFindings,
  PipelinePolicy,
  ScanUnderJudgement,
  Standing,
} from './gates/gate.js';
export { judgedFindings } from './gates/standing.js';
export { tighten, type GivenJudgement, type TightenedJudgement } from './gates/tighten.js';
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
export type { FindingMark } from './matching/finding-mark.js';
export { matchFindings, type FindingComparison, type FindingMatch, type FindingSides } from './matching/match-findings.js';
export type { AppliedMitigation, MatchedMitigations } from './matching/match-mitigations.js';
export type { MatchConfidence } from './matching/match-rounds.js';
export { createPathMapper, type MappablePlace, type PathMapper, type PathMapperOptions, type PathMapping } from './matching/path-mapper.js';
export { createPathMappingCounter, type PathMappingCounter, type PathMappingTally } from './matching/path-mapping-tally.js';
export { parsePathRule, type PathRule } from './matching/path-rule.js';
export { createRecognisedFindings, type RecognisedFindings } from './matching/recognised-findings.js';
export type { WrittenFile } from './transport/body-to-file.js';
export { fingerprintOf, type FileIdentity } from './transport/file-body.js';
export type { CallOptions, HttpClient, HttpRequest, HttpResponse } from './transport/http.js';
export { proxyFor, type Proxy, type ProxyOptions } from './transport/proxy.js';
export { createUndiciHttpClient, type UndiciHttpClientOptions } from './transport/undici-http-client.js';
export { checkArtifacts, type ArtifactCandidate } from './validation/artifacts.js';
export { JUDGEMENT_NAMES, parseJudgement, type JudgementName, type ParsedJudgement } from './validation/judgement.js';
export { parseOrgPolicy } from './validation/org-policy.js';
export { parsePipelineScanRequest, type RawPipelineScanRequest } from './validation/pipeline-scan-request.js';
export { parsePolling, type ParsedPolling, type RawPolling } from './validation/polling.js';
export { parseScanRequest, type ParsedScanRequest, type RawScanRequest } from './validation/scan-request.js';
export { checkWaiverTerms, parseWaivers } from './validation/waivers.js';
export { waitUntil, type PollReport, type WaitOptions } from './waiters/wait-until.js';
export type { Plan, PlannedChange, PlannedPoll, PlannedRead, PlanStep } from './plans/plan.js';
export { planRevocation, planRotation, planServiceAccount } from './plans/plan-credentials.js';
export { planPipelineScan } from './plans/plan-pipeline-scan.js';
export { planRehearsal } from './plans/plan-rehearsal.js';
export { planPromotion, planRemovals, planSandboxCreation, type NamedRemoval } from './plans/plan-sandboxes.js';
export { planUploadAndScan, type PlanOptions } from './plans/plan-upload-and-scan.js';
export { planWait } from './plans/plan-wait.js';
export { findBuildInTheWay, type BuildInTheWay } from './workflows/build-in-the-way.js';
export { buildLink } from './workflows/build-link.js';
export { createServiceAccountOnce, type CreatedServiceAccount, type Differences } from './workflows/create-service-account-once.js';
export { createSandboxOnce, type EnsuredSandbox } from './workflows/create-sandbox-once.js';
export { parseChangeCursor, type ChangeCursor } from './workflows/change-cursor.js';
export { callsOfListing, changedApplications, type ChangedApplications } from './workflows/changed-applications.js';
export { deleteOwnBuild } from './workflows/delete-own-build.js';
export { pairReader, type PairReader } from './workflows/read-pair.js';
export { findByName } from './workflows/resolve-by-name.js';
export { wayOfRun, type RoomRules } from './workflows/way-round.js';
export { locateAccount, locateTeams } from './workflows/locate-account.js';
export { findEarlierReport, type EarlierReport, type EarlierReportSearch, type OwnBuild } from './workflows/find-earlier-report.js';
export { locateApplication, locateByIds, locatePolicy, locateSandbox, type PlaceByIds, type SandboxSearch } from './workflows/locate.js';
export { mitigatePipelineScan, type MitigatedPipelineScan } from './workflows/mitigate-pipeline-scan.js';
export type { ProvenPipelineScan, ScannedArtifact } from './workflows/pipeline-outcome.js';
export type { OnPipelineProgress, PipelineEvent, PipelinePhase } from './workflows/pipeline-progress.js';
export type { PipelineRunOptions } from './workflows/pipeline-run.js';
export { collectPolicyFlaws, type PolicyFlaws, type PolicyFlawsRequest } from './workflows/policy-flaws.js';
export type { OnProgress, PollEvent, ProgressEvent, ScanPhase } from './workflows/progress.js';
export { readScanAgain, type ScanToReadAgain } from './workflows/read-scan-again.js';
export { promoteSandboxOnce, type Promotion, type PromotionRequest } from './workflows/promote-sandbox-once.js';
export { readConformance, type ComparedAnswer } from './workflows/read-conformance.js';
export { rehearseWrite, type Rehearsal, type RehearsalOutcome, type RehearsalStep } from './workflows/rehearse-write.js';
export { awaitedScanIn, removeSandbox, type SandboxRemoval } from './workflows/remove-sandbox.js';
export { readDataPaths, type DataPathRequest, type ReadDataPaths } from './workflows/read-data-paths.js';
export type { NameMatch } from './workflows/resolve-by-name.js';
export type { CallingRun, RunOptions } from './workflows/run.js';
export { revokeAndProve, type RevocationRequest, type RevokedCredentials } from './workflows/revoke-credentials.js';
export { rotateCredentials, type RotatedCredentials, type RotationEvent, type RotationRequest } from './workflows/rotate-credentials.js';
export type { UnfinishedSearch } from './workflows/unfinished-rotation.js';
export { runPipelineScan } from './workflows/run-pipeline-scan.js';
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
