import { homedir, tmpdir } from 'node:os';

import {
  createRunRedactor,
  describeFailure,
  endOfRun,
  endOfTask,
  endWithoutOutputs,
  optionKey,
  renderFailure,
  renderResult,
  runGate,
  runPipelineScan,
  runPreflight,
  runReport,
  runScan,
  plainPaint,
  warnOfGivenSecrets,
  type FileJudgement,
  type OptionName,
  type OptionSpelling,
  type RunInput,
  type ShownEnd,
  type TaskInput,
} from '@verapipe/ci-kit';
import { Secret, systemClock, VERSION, type Env, type ValidationIssue } from '@verapipe/core';
import * as task from 'azure-pipelines-task-lib/task.js';

import { createEventLog, debugLog, harmless, say, warn } from './agent-log.js';
import { agentNetwork } from './agent-network.js';
import type { HandedOver } from './handed-over.js';
import { readInputs, type TaskInputs } from './inputs.js';
import { writeOutputs, type Outcome } from './outputs.js';
import { runEnvironment, type RunEnvironment } from './run-environment.js';
import { createTaskFiles } from './task-files.js';

/** Columns of tables in the log. */
const WIDTH = 120;

/** Commands whose reports Azure shows. */
const REPORTING: readonly TaskInputs['command'][] = ['scan', 'pipelineScan', 'report'];

/** How options are written in the YAML of a pipeline. */
const SPELLING: OptionSpelling = {
  placeOf: ({ path }) => path.replace(/\[\d+\]$/u, ''),
  spell: (name) => optionKey(name as OptionName),
  advice: 'The inputs of the task are in its manual, docs/azure-devops.md.',
};

const TASK_RESULTS: Readonly<Record<ShownEnd['state'], task.TaskResult>> = {
  succeeded: task.TaskResult.Succeeded,
  doubtful: task.TaskResult.SucceededWithIssues,
  failed: task.TaskResult.Failed,
  cancelled: task.TaskResult.Cancelled,
};

/** One task from the inputs to what Azure shows. Never throws. */
export async function runTask(handedOver: HandedOver, taskEnv: Env, signal: AbortSignal): Promise<ShownEnd> {
  try {
    const files = await createTaskFiles(task.getVariable('Agent.TempDirectory') ?? tmpdir());
    const read = readInputs(handedOver.inputs, { env: taskEnv, added: (command) => (REPORTING.includes(command) ? files.settings : []) });
    const { env, warnings, ...found } = runEnvironment(taskEnv, { handedOver, connection: read.connection, network: agentNetwork(handedOver), platformUrlInput: read.options.values.platformUrl });
    for (const message of [...warnings, warnOfGivenSecrets([...handedOver.inputs.values()], [], env) ?? []].flat()) warn(message);
    const inputs = withFound(read, found);
    const { end, outcome } = await runCommand(inputs, {
      options: inputs.options,
      env,
      cwd: process.cwd(),
      homeDir: homedir(),
      platform: process.platform,
      signal,
      onEvent: createEventLog({ nowMs: () => systemClock.monotonicMs(), source: inputs.connection === null ? null : 'the service connection' }),
      userAgentSuffix: `azure-devops/${VERSION}`,
      ...(task.getVariable('System.Debug')?.toLowerCase() === 'true' ? { logger: debugLog } : {}),
    });
    try {
      await writeOutputs(outcome, { inputs, files, env });
      return end;
    } catch (error) {
      return endWithoutOutputs(end, endOfCrash(error, handedOver));
    }
  } catch (error) {
    return endOfCrash(error, handedOver);
  }
}

/** What nobody foresaw; it goes to the log, and the secrets that the agent handed over do not. */
export function endOfCrash(error: unknown, { secrets }: HandedOver): ShownEnd {
  const failed = describeFailure(error, createRunRedactor(process.env, secrets.map((secret) => new Secret(secret))));
  say(renderFailure(failed, { paint: plainPaint, spelling: SPELLING }));
  return endOfTask({ kind: 'failed', ...failed }, null, 'fail');
}

/** Shows the end of a task; the last word wins. */
export function complete({ state, message }: ShownEnd): void {
  task.setResult(TASK_RESULTS[state], harmless(message));
}

async function runCommand(inputs: TaskInputs, input: RunInput): Promise<{ readonly end: ShownEnd; readonly outcome: Outcome }> {
  const { command, onTimeout } = inputs;
  const look = { width: WIDTH, paint: plainPaint, spelling: SPELLING };
  if (command === 'scan' || command === 'pipelineScan') {
    const run = await (command === 'scan' ? runScan : runPipelineScan)(input);
    say(renderResult(run, look));
    return { end: endOfRun(run, onTimeout), outcome: { exitCode: run.exitCode, run, judgement: null } };
  }
  let judgement: FileJudgement | null = null;
  const taskInput: TaskInput = { ...input, width: WIDTH, print: async (text) => say(text) };
  const result = await (command === 'gate' ? runGate({ ...taskInput, onJudgement: (judged) => (judgement = judged) }) : command === 'report' ? runReport(taskInput) : runPreflight(taskInput));
  if (result.kind === 'failed') say(renderFailure(result, look));
  return { end: endOfTask(result, judgement, onTimeout), outcome: { exitCode: result.exitCode, run: null, judgement } };
}

/** The platform of the service connection, and what the agent trusts, unless inputs or variables say it. */
function withFound(inputs: TaskInputs, { platformUrl, caFile }: Pick<RunEnvironment, 'platformUrl' | 'caFile'>): TaskInputs {
  const { options, connection } = inputs;
  const { values, sources, issues } = options;
  const issue = connection === null ? null : platformIssue({ asked: values.platformUrl, isVariable: sources.platformUrl === 'environment', platformUrl });
  return { ...inputs, options: { ...options, values: { ...values, platformUrl: values.platformUrl ?? platformUrl, caFile: values.caFile ?? caFile }, issues: [...issues, ...(issue === null ? [] : [issue])] } };
}

/** The credentials of a connection go where it or the pipeline's text says: whatever ran before the task can set a variable. */
function platformIssue({ asked, isVariable, platformUrl }: { readonly asked: string | null; readonly isVariable: boolean; readonly platformUrl: string | null }): ValidationIssue | null {
  if (asked === null || asked === platformUrl) return null;
  if (platformUrl !== null) return { path: 'platformUrl', got: `another platform than that of the service connection, ${platformUrl}`, wanted: 'one of the two' };
  return isVariable ? { path: 'platformUrl', got: 'a variable, VERAPIPE_PLATFORM_URL, beside a service connection', wanted: 'the platform URL in the connection, or the input platformUrl' } : null;
}
