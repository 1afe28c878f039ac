import {
  locatePolicy,
  parsePipelineScanRequest,
  planPipelineScan as plan,
  runPipelineScan as scan,
  ValidationError,
  type ApplicationProfile,
  type CallingRun,
  type PipelineScanRequest,
  type Plan,
  type Policy,
  type ValidationIssue,
} from '@verapipe/core';

import { lintBeforeScan, lintTargetOf } from '../artifacts/lint-artifacts.js';
import { readArtifacts } from '../artifacts/read-artifacts.js';
import type { Comparison } from '../judging/judging.js';
import { readPolicyMitigations } from '../judging/policy-mitigations.js';
import type { CheckedWork } from './check-input.js';
import type { Connection } from './connect.js';
import { endPipelineScan, type PipelineScanToJudge } from './end-pipeline-scan.js';
import { fetchBaseline } from './fetch-baseline.js';
import type { JudgedContext } from './judged-context.js';
import { locateNamedApplication } from './locate-named.js';
import { withReadsBefore } from './plan-judging-reads.js';
import type { RunContext } from './run-context.js';
import type { RunInput } from './run-input.js';
import { runPlan } from './run-plan.js';
import type { PipelineRunResult } from './run-result.js';
import type { TaskInput } from './run-task.js';
import type { TaskResult } from './task-result.js';
import { runSequence } from './run-sequence.js';

/**
 * `verapipe pipeline-scan`, for every adapter: scans one artifact, judges the findings and writes the result files, also
 * in the vendor's shape.
 *
 * Never throws and sets nothing of the process: the caller prints the result and ends with its `exitCode`.
 *
 * @public
 */
export function runPipelineScan(input: RunInput): Promise<PipelineRunResult> {
  return runSequence<PipelineScanRequest, PipelineScanToJudge, PipelineRunResult>(input, {
    scan: 'pipeline',
    check: checkRequest,
    async work(run, client, request) {
      const call = { deadline: run.deadline, ...(input.signal === undefined ? {} : { signal: input.signal }) };
      const calling = { client, deadline: run.deadline, call };
      const { policy, application } = await locateAsked(run, calling);
      const mitigations = application !== null && run.options.applyMitigations ? await readPolicyMitigations(run, calling, application) : null;
      // So is the baseline: what is published while this scan runs may be of the same code.
      const baseline = await baselineOfScan(run, calling, application);
      return { policy, mitigations, baseline, scan: await scan(client, request, { ...call, onProgress: run.emit }) };
    },
    end: endPipelineScan,
  });
}

/** What a pipeline scan is judged by, as far as it lies on the platform. */
interface Asked {
  readonly policy: Policy | null;
  readonly application: ApplicationProfile | null;
}

/** Before anything is uploaded, or planned: a policy or a profile that does not exist could judge nothing. */
async function locateAsked(run: JudgedContext, calling: CallingRun): Promise<Asked> {
  const policy = run.options.policy === null ? null : await locatePolicy(calling.client, run.options.policy, calling.call);
  return { policy, application: await askedApplication(run, calling) };
}

/** A pipeline scan has no profile by itself; mitigations, policy scans and sandboxes are those of one. */
function askedApplication(run: JudgedContext, calling: CallingRun): Promise<ApplicationProfile | null> {
  const { app } = run.options;
  return app === null || profileOptions(run).length === 0 ? Promise.resolve(null) : locateNamedApplication(run, calling, app);
}

function baselineOfScan(run: JudgedContext, calling: CallingRun, application: ApplicationProfile | null): Promise<Comparison> {
  if (run.judging.baselineScan === null || application === null) return Promise.resolve(run.judging.baseline);
  const { applicationId, name } = application;
  return fetchBaseline(run, calling, { application: { id: applicationId, name }, own: null });
}

/**
 * `verapipe pipeline-scan --plan`: says what the scan would do now, and sends nothing.
 *
 * @public
 */
export function planPipelineScan(input: TaskInput): Promise<TaskResult> {
  return runPlan(input, {
    command: 'pipeline-scan',
    scan: 'pipeline',
    check: checkRequest,
    async plan(run, calling, request) {
      const asked = await locateAsked(run, calling);
      return withReadsBefore(knowing(asked, await plan(calling.client, request, calling.call)), run);
    },
  });
}

function knowing({ policy, application }: Asked, { known, steps }: Plan): Plan {
  return {
    known: {
      ...known,
      ...(policy === null ? {} : { policy: `"${policy.name}", version ${String(policy.version)}` }),
      ...(application === null ? {} : { application: `"${application.name}" (${application.applicationId})` }),
    },
    steps,
  };
}

async function checkRequest(run: RunContext, { hosts }: Connection): Promise<CheckedWork<PipelineScanRequest>> {
  const { options, ci, input } = run;
  const artifacts = await readArtifacts({ cwd: input.cwd, files: options.file, exclude: options.exclude, saveAs: [] });
  const lint = await lintBeforeScan(artifacts.candidates, { mode: options.lint, ignore: options.lintIgnore, target: lintTargetOf('pipeline-scan'), signal: input.signal });
  run.noteLint(lint.facts);
  const found = [...artifacts.issues, ...checkApplication(run), ...lint.issues];
  const others = { warnings: lint.warnings, notices: artifacts.notices };
  try {
    const request = parsePipelineScanRequest(
      {
        artifacts: artifacts.candidates,
        projectName: options.projectName ?? ci?.pipeline ?? null,
        projectUrl: options.projectUrl ?? ci?.repositoryUrl ?? null,
        projectRef: options.projectRef ?? ci?.branch ?? null,
        commitHash: ci?.commit ?? null,
        stage: options.stage,
        includeModules: options.includeModules,
        stackDumps: options.dataPaths === 'violating',
        timeoutMinutes: options.timeout,
        pipelinePollIntervalSeconds: options.pipelinePollInterval,
      },
      hosts,
    );
    return { ...others, issues: found, work: found.length === 0 ? request : null };
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    // A pattern without matches leaves no files, which is one fault and not two.
    const faults = error.issues.filter(({ path, got }) => !(artifacts.issues.length > 0 && path === 'file' && got === 'nothing'));
    return { ...others, issues: [...found, ...faults], work: null };
  }
}

/** A variable for all commands of a CI may name the profile; who types it next to a pipeline scan expects something of it. */
function checkApplication(run: RunContext): readonly ValidationIssue[] {
  const { options, input } = run;
  const { app } = options;
  const asking = profileOptions(run);
  if (asking.length > 0) {
    return app === null || app.trim() === '' ? [{ path: 'app', got: 'nothing', wanted: `the application profile that ${asking.join(' and ')} is about` }] : [];
  }
  if (app === null || input.options.sources.app !== 'setting') return [];
  return [{ path: 'app', got: JSON.stringify(app), wanted: '--apply-mitigations or --baseline-scan beside it: nothing else of a pipeline scan is about a profile' }];
}

/** Options of a pipeline scan that are about a profile, as far as they were given. */
function profileOptions({ options: { applyMitigations, baselineScan } }: RunContext): readonly string[] {
  return [...(applyMitigations ? ['--apply-mitigations'] : []), ...(baselineScan === null ? [] : ['--baseline-scan'])];
}
