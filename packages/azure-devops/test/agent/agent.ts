import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { createTaskRecord, recordLine, type TaskRecord } from './task-record.js';

/** The service connection that a step names. */
export interface ServiceConnection {
  readonly id: string;
  readonly type: string;
  /** Secrets of the authorization. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly data?: Readonly<Record<string, string>>;
}

/** A step of a job, as the pipeline has it. */
export interface Step {
  /** As they stand in the YAML; the agent trims them and fills in defaults. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly connection?: ServiceConnection;
  /** `env:` of the step. */
  readonly env?: Readonly<Record<string, string>>;
  /** Variables of the pipeline, the system's own among them: `System.JobAttempt`. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly secretVariables?: Readonly<Record<string, string>>;
  /** Cancels the build as soon as the log or a progress holds this text. */
  readonly cancelAt?: string;
}

/** How a step ended. */
export interface EndedStep extends TaskRecord {
  readonly exitCode: number | null;
  /** Everything that the process wrote, as it wrote it. */
  readonly raw: string;
  /** How hard the agent had to be: the last signal that it sent. */
  readonly stoppedBy: 'SIGINT' | 'SIGTERM' | 'SIGKILL' | null;
  /** From the first signal to the end of the process. */
  readonly stoppedWithinMs: number | null;
}

/** A machine on which jobs run. */
export interface Agent {
  /** The checkout, which is the working folder of every step. */
  readonly sources: string;
  run(step: Step): Promise<EndedStep>;
  /** What the next job on this machine finds: an empty checkout. */
  cleanWorkspace(): void;
  close(): void;
}

interface Manifest {
  readonly id: string;
  readonly version: { readonly Major: number; readonly Minor: number; readonly Patch: number };
  readonly inputs: readonly { readonly name: string; readonly type: string; readonly defaultValue?: string }[];
  readonly execution: Readonly<Record<string, { readonly target: string }>>;
  readonly restrictions: { readonly settableVariables: { readonly allowed: readonly string[] } };
}

/**
 * How long an agent waits after a signal before it sends the next.
 *
 * @param raw - all that the process has written by now
 * @param ended - aborts when the process has ended
 */
export type Patience = (signal: 'SIGINT' | 'SIGTERM', raw: () => string, ended: AbortSignal) => Promise<unknown>;

/** @see github.com/microsoft/azure-pipelines-agent, Agent.Sdk/Knob/AgentKnobs.cs */
const USUAL: Patience = (signal, _raw, ended) => sleep(signal === 'SIGINT' ? 7500 : 2500, null, { signal: ended });

/**
 * Stands in for an agent: lays the task out as one does, hands inputs, connections and variables over in the environment, obeys what
 * the task writes, masks, keeps ten issues of a kind, and stops with SIGINT, SIGTERM and SIGKILL.
 *
 * @param taskFolder - holds `task.json` and the program
 * @see github.com/microsoft/azure-pipelines-agent: TaskRunner.cs, Handlers/Handler.cs, Handlers/NodeHandler.cs
 */
export function createAgent(taskFolder: string, patience = USUAL): Agent {
  const root = mkdtempSync(join(tmpdir(), 'verapipe-agent-'));
  const manifest = JSON.parse(readFileSync(join(taskFolder, 'task.json'), 'utf8')) as Manifest;
  const { Major, Minor, Patch } = manifest.version;
  const folders = { tasks: join(root, '_work', '_tasks', `Verapipe_${manifest.id}`, [Major, Minor, Patch].join('.')), sources: join(root, '_work', '1', 's'), temp: join(root, '_work', '_temp'), home: join(root, 'home') };
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
  // A task runs far from every package.
  cpSync(taskFolder, folders.tasks, { recursive: true });

  return {
    sources: folders.sources,
    run: (step) => runStep(step, { manifest, folders, patience }),
    cleanWorkspace() {
      rmSync(folders.sources, { recursive: true });
      mkdirSync(folders.sources);
    },
    close: () => rmSync(root, { recursive: true, force: true }),
  };
}

interface Machine {
  readonly patience: Patience;
  readonly manifest: Manifest;
  readonly folders: { readonly tasks: string; readonly sources: string; readonly temp: string; readonly home: string };
}

async function runStep(step: Step, machine: Machine): Promise<EndedStep> {
  const { manifest, folders, patience } = machine;
  const record = createTaskRecord();
  const secrets = [...Object.values(step.connection?.parameters ?? {}), ...Object.values(step.secretVariables ?? {})];
  const rules = { settableVariables: manifest.restrictions.settableVariables.allowed, secrets };
  const handler = manifest.execution['Node24'] ?? manifest.execution['Node20_1'];
  const child = spawn(process.execPath, [join(folders.tasks, handler?.target ?? '')], { cwd: folders.sources, env: environmentOf(step, machine), stdio: ['ignore', 'pipe', 'pipe'] });

  let raw = '';
  const sent: ('SIGINT' | 'SIGTERM' | 'SIGKILL')[] = [];
  let cancelledAtMs = 0;
  const ended = new AbortController();
  const cancel = async (): Promise<void> => {
    cancelledAtMs = performance.now();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
      sent.push(signal);
      child.kill(signal);
      if (signal !== 'SIGKILL') await patience(signal, () => raw, ended.signal).catch(() => undefined);
      if (ended.signal.aborted) return;
    }
  };
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream.setEncoding('utf8').on('data', (text: string) => {
      raw += text;
      const lines = `${rest}${text}`.split(/\r?\n/u);
      rest = lines.pop() ?? '';
      for (const line of lines) recordLine(record, line, rules);
      if (step.cancelAt !== undefined && sent.length === 0 && raw.includes(step.cancelAt)) void cancel();
    });
    stream.on('end', () => {
      if (rest !== '') recordLine(record, rest, rules);
    });
  }
  const exitCode = await new Promise<number | null>((resolve, reject) => void child.once('error', reject).once('close', resolve));
  ended.abort();
  // Another code than 0 is a broken machine to the agent, whatever the task said.
  if (exitCode !== 0 && sent.length === 0) record.result = 'Failed';
  return { ...record, exitCode, raw, stoppedBy: sent.at(-1) ?? null, stoppedWithinMs: sent.length === 0 ? null : performance.now() - cancelledAtMs };
}

function environmentOf({ inputs, connection, env = {}, variables = {}, secretVariables = {} }: Step, { manifest, folders }: Machine): Record<string, string> {
  const found: Record<string, string> = { PATH: process.env['PATH'] ?? '', HOME: folders.home };
  const set = (prefix: string, name: string, value: string): void => {
    found[`${prefix}${name.replace(/[. ]/gu, '_').toUpperCase()}`] = value;
  };
  const publicVariables: Readonly<Record<string, string>> = {
    ...{ 'Agent.Version': '4.265.1', 'Agent.TempDirectory': folders.temp, 'Agent.WorkFolder': join(folders.temp, '..'), 'Agent.OS': 'Linux', 'Build.SourcesDirectory': folders.sources },
    ...{ 'System.DefaultWorkingDirectory': folders.sources, 'System.HostType': 'build', 'System.TeamProject': 'Web', 'System.CollectionUri': 'https://dev.azure.com/acme/', 'Build.BuildId': '4711', 'Build.DefinitionName': 'shop' },
    ...{ 'Build.SourceBranch': 'refs/heads/main', 'Build.SourceVersion': 'c0ffee'.padEnd(40, '0'), 'System.JobId': 'aaaa-job', 'System.TaskInstanceId': 'bbbb-step', 'System.JobAttempt': '1', TF_BUILD: 'True' },
    ...variables,
  };
  for (const [name, value] of Object.entries(publicVariables)) set('', name, value);
  for (const [name, value] of Object.entries(secretVariables)) set('SECRET_', name, value);
  found['VSTS_PUBLIC_VARIABLES'] = JSON.stringify(Object.keys(publicVariables));
  found['VSTS_SECRET_VARIABLES'] = JSON.stringify(Object.keys(secretVariables));
  for (const { name, defaultValue = '' } of manifest.inputs) set('INPUT_', name, defaultValue.trim());
  // Also those that the manifest does not declare: the agent hands everything on.
  for (const [name, value] of Object.entries(inputs)) set('INPUT_', name, value.trim());
  if (connection !== undefined) handOver(connection, { found, set, manifest });
  return { ...found, ...env };
}

/** Only connections that an input of their type names. */
function handOver({ id, type, parameters, data = {} }: ServiceConnection, { found, set, manifest }: { readonly found: Record<string, string>; readonly set: (prefix: string, name: string, value: string) => void; readonly manifest: Manifest }): void {
  const input = manifest.inputs.find((known) => known.type === `connectedService:${type}`);
  if (input === undefined) throw new Error(`No input takes a connection of the type ${type}.`);
  set('INPUT_', input.name, id);
  found[`ENDPOINT_URL_${id}`] = 'https://www.veracode.com/';
  found[`ENDPOINT_AUTH_${id}`] = JSON.stringify({ parameters, scheme: 'None' });
  found[`ENDPOINT_AUTH_SCHEME_${id}`] = 'None';
  found[`ENDPOINT_DATA_${id}`] = JSON.stringify(data);
  for (const [name, value] of Object.entries(parameters)) set(`ENDPOINT_AUTH_PARAMETER_${id}_`, name, value);
  for (const [name, value] of Object.entries(data)) set(`ENDPOINT_DATA_${id}_`, name, value);
}
