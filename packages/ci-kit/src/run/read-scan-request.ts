import { parseScanRequest, ValidationError, type PlatformHosts, type RawScanRequest, type ScanRequest, type ScanState, type ValidationIssue } from '@verapipe/core';

import { lintBeforeScan, lintTargetOf } from '../artifacts/lint-artifacts.js';
import { readArtifacts, type ReadArtifacts } from '../artifacts/read-artifacts.js';
import type { OptionValues } from '../options/option-table.js';
import { createScanNames, type ScanNames } from '../scan-name.js';
import { readStateFile } from '../state-file.js';
import { shownPath, type RunContext } from './run-context.js';

/** A scan request, or everything that is wrong with it. */
export interface ReadScanRequest {
  /** Null when there are issues. */
  readonly request: ScanRequest | null;
  /** The state to go on from. */
  readonly resumeFrom: ScanState | null;
  readonly issues: readonly ValidationIssue[];
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
}

/** Stands in while the template of the name is at fault, so that the rest can be checked. */
const NO_NAMES: ScanNames = { scanName: 'unnamed', scanNameSuffixes: [], earlierScanNames: null, isUnique: false };

/** Puts a scan request together from options, CI context, files and state. Reads the disk, changes nothing. */
export async function readScanRequest(run: RunContext, hosts: PlatformHosts): Promise<ReadScanRequest> {
  const { options, ci, clock, random, input } = run;
  const names = createScanNames({ template: options.scanName, ci, nowMs: clock.now(), random });
  const artifacts = await readArtifacts({ cwd: input.cwd, files: options.file, exclude: options.exclude, saveAs: options.saveAs });
  const resumed = options.resume ? await readResumed(run, 'issues' in names ? NO_NAMES : names) : NOT_RESUMED;
  const lint = await lintBeforeScan(artifacts.candidates, { mode: options.lint, ignore: options.lintIgnore, target: lintTargetOf('scan'), signal: input.signal });
  run.noteLint(lint.facts);
  const issues = [...('issues' in names ? names.issues : []), ...artifacts.issues, ...resumed.issues, ...lint.issues];
  const usable = 'issues' in names ? NO_NAMES : names;
  const raw = rawRequest(options, { ...usable, scanName: resumed.state?.scanName ?? usable.scanName }, artifacts);
  const notices = [...artifacts.notices, ...resumed.notices];
  try {
    const { request, warnings } = parseScanRequest(raw, hosts);
    return { request: issues.length === 0 ? request : null, resumeFrom: resumed.state, issues, warnings: [...warnings, ...lint.warnings], notices };
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    // A pattern without matches leaves no files, which is one fault and not two.
    const others = error.issues.filter(({ path, got }) => !(artifacts.issues.length > 0 && path === 'file' && got === 'nothing'));
    return { request: null, resumeFrom: null, issues: [...issues, ...others], warnings: [], notices };
  }
}

interface Resumed {
  readonly state: ScanState | null;
  readonly issues: readonly ValidationIssue[];
  readonly notices: readonly string[];
}

const NOT_RESUMED: Resumed = { state: null, issues: [], notices: [] };

/**
 * The state of an earlier process that did the same work. A state of another run, as persistent workspaces keep them,
 * is left alone; without any the scan is found by its name.
 */
async function readResumed(run: RunContext, names: ScanNames): Promise<Resumed> {
  const shown = shownPath(run.files.state, run.input.cwd);
  try {
    const state = await readStateFile(run.files.state);
    if (state === null) return { ...NOT_RESUMED, notices: [`There is no state file ${shown}; the scan is looked for by its name "${names.scanName}".`] };
    if (!names.isUnique && state.scanName !== names.scanName) {
      return { ...NOT_RESUMED, notices: [`${shown} is of another run ("${state.scanName}") and is not gone on with.`] };
    }
    return { ...NOT_RESUMED, state, issues: contradictions(state, run) };
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return { ...NOT_RESUMED, issues: error.issues };
  }
}

/** A state names its own profile and sandbox: going on with another one would scan the wrong thing. */
function contradictions(state: ScanState, { options }: RunContext): readonly ValidationIssue[] {
  const issues: ValidationIssue[] = [];
  const differs = (known: string | undefined, given: string | null): boolean => known !== undefined && known.toLowerCase() !== given?.toLowerCase();
  if (options.app !== null && differs(state.application?.name, options.app)) {
    issues.push({ path: 'resume', got: `a state of the profile "${state.application?.name ?? ''}"`, wanted: `a state of "${options.app}", or no --resume` });
  }
  if (state.build !== null && (state.sandbox?.name.toLowerCase() ?? null) !== (options.sandbox?.toLowerCase() ?? null)) {
    const of = state.sandbox === null ? 'a policy scan' : `the sandbox "${state.sandbox.name}"`;
    issues.push({ path: 'resume', got: `a state of ${of}`, wanted: options.sandbox === null ? 'a state of a policy scan, or no --resume' : `a state of the sandbox "${options.sandbox}", or no --resume` });
  }
  return issues;
}

function rawRequest(options: OptionValues, names: ScanNames, { candidates }: ReadArtifacts): RawScanRequest {
  return {
    application: options.app,
    sandbox: options.sandbox,
    createProfile: options.createProfile,
    updateProfile: options.updateProfile,
    createSandbox: options.createSandbox,
    criticality: options.criticality,
    teams: options.team,
    policy: options.policy,
    businessUnit: options.businessUnit,
    tags: options.tag,
    description: options.description,
    repositoryUrl: options.repoUrl,
    scanName: names.scanName,
    scanNameSuffixes: names.scanNameSuffixes,
    earlierScanNames: names.earlierScanNames,
    artifacts: candidates,
    modules: options.modules,
    includeModules: options.includeModules,
    excludeModules: options.excludeModules,
    deleteIncomplete: options.deleteIncomplete,
    waitTurn: options.waitTurn,
    keepFailedBuild: options.keep,
    wait: options.wait,
    timeoutMinutes: options.timeout,
    pollIntervalSeconds: options.pollInterval,
    allowFastPolling: options.allowFastPolling,
  };
}
