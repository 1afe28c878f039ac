import { PIPELINE_STAGES, type PipelineScanRequest, type PipelineStage } from '../domain/pipeline-scan-request.js';
import { ValidationError, type ValidationIssue } from '../kernel/errors.js';
import { type ArtifactCandidate, checkArtifacts, toArtifact } from './artifacts.js';
import { parsePipelinePolling } from './pipeline-polling.js';

/** The platform ends every pipeline scan after an hour. @see docs.veracode.com "Run a Pipeline Scan in a pipeline" */
const MAX_TIMEOUT_MINUTES = 60;
/** Not documented; a safe guess. */
const MAX_LABEL_LENGTH = 512;

/** A pipeline scan as somebody asked for it, in user's units. @public */
export interface RawPipelineScanRequest {
  /** Exactly one can be scanned. */
  readonly artifacts: readonly ArtifactCandidate[];
  readonly projectName: string | null;
  readonly projectUrl: string | null;
  readonly projectRef: string | null;
  readonly commitHash: string | null;
  readonly stage: PipelineStage;
  readonly includeModules: readonly string[];
  /** Whether findings come with the ways of their data. @defaultValue false */
  readonly stackDumps?: boolean;
  readonly timeoutMinutes: number;
  /** Null means the default: 30, on this machine 1. */
  readonly pipelinePollIntervalSeconds: number | null;
}

/**
 * Checks a whole request for a pipeline scan. Pure: the artifact is judged by what is known of it.
 *
 * @param hosts - the host that is polled decides about the interval
 * @throws ValidationError with every fault: where, what was given, what is wanted
 * @public
 */
export function parsePipelineScanRequest(raw: RawPipelineScanRequest, hosts: { readonly restBaseUrl: string }): PipelineScanRequest {
  const { pipelinePollIntervalMs, issues: pollingIssues } = parsePipelinePolling(raw.pipelinePollIntervalSeconds, hosts.restBaseUrl);
  const [artifact, ...others] = raw.artifacts;
  const issues: ValidationIssue[] = [
    ...checkArtifacts(raw.artifacts),
    ...(others.length === 0 ? [] : [{ path: 'file', got: `${raw.artifacts.length} files`, wanted: 'one file: a pipeline scan takes no more' }]),
    ...checkLabel('projectName', raw.projectName),
    ...checkLabel('projectRef', raw.projectRef),
    ...checkLabel('commitHash', raw.commitHash),
    ...checkUrl(raw.projectUrl),
    ...checkModules(raw.includeModules),
    ...checkStage(raw.stage),
    ...checkTimeout(raw.timeoutMinutes),
    ...pollingIssues,
  ];
  if (issues.length > 0 || artifact === undefined) throw new ValidationError(issues);
  return {
    artifact: toArtifact(artifact),
    project: { name: raw.projectName, url: raw.projectUrl, ref: raw.projectRef },
    commitHash: raw.commitHash,
    stage: raw.stage,
    includeModules: raw.includeModules,
    stackDumps: raw.stackDumps ?? false,
    timeoutMs: raw.timeoutMinutes * 60_000,
    pipelinePollIntervalMs,
  };
}

function checkLabel(path: string, label: string | null): readonly ValidationIssue[] {
  if (label === null) return [];
  if (label.length > MAX_LABEL_LENGTH) return [{ path, got: `${label.length} characters`, wanted: `at most ${MAX_LABEL_LENGTH}` }];
  return /\p{Cc}/u.test(label) ? [{ path, got: JSON.stringify(label), wanted: 'a text without control characters' }] : [];
}

function checkUrl(url: string | null): readonly ValidationIssue[] {
  if (url === null || URL.canParse(url)) return checkLabel('projectUrl', url);
  return [{ path: 'projectUrl', got: JSON.stringify(url), wanted: 'an absolute URL' }];
}

/** The wire joins names with commas, so that a comma in one would make two of it. */
function checkModules(names: readonly string[]): readonly ValidationIssue[] {
  return names
    .filter((name) => name.includes(',') || name.trim() === '' || /\p{Cc}/u.test(name))
    .map((name) => ({ path: 'includeModules', got: JSON.stringify(name), wanted: 'one name without a comma for each option' }));
}

function checkStage(stage: PipelineStage): readonly ValidationIssue[] {
  return PIPELINE_STAGES.includes(stage) ? [] : [{ path: 'stage', got: JSON.stringify(stage), wanted: PIPELINE_STAGES.join(', ') }];
}

function checkTimeout(minutes: number): readonly ValidationIssue[] {
  if (minutes > 0 && minutes <= MAX_TIMEOUT_MINUTES) return [];
  return [{ path: 'timeout', got: `${minutes} minutes`, wanted: `more than 0, at most ${MAX_TIMEOUT_MINUTES} minutes: no pipeline scan lasts longer` }];
}
