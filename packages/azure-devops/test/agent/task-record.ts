import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { type LoggingCommand, readLoggingCommand } from './logging-command.js';

/** An error or warning, as the page of the build lists it. */
export interface Issue {
  readonly type: string;
  readonly message: string;
  readonly path: string | null;
  readonly line: string | null;
  readonly code: string | null;
}

/** What the agent keeps of a task, and sends to the server. */
export interface TaskRecord {
  /** The last `task.complete`; `message` is what the page shows. */
  result: string | null;
  message: string;
  /** At most ten errors and ten warnings; what came later is only in the log. */
  readonly issues: Issue[];
  droppedIssues: number;
  readonly variables: Map<string, string>;
  /** Variables that the manifest does not allow to be set. */
  readonly refusedVariables: string[];
  readonly attachments: { readonly type: string; readonly name: string; readonly content: string }[];
  readonly summaries: string[];
  readonly artifacts: { readonly name: string; readonly files: Readonly<Record<string, number>> }[];
  readonly tests: { readonly title: string; readonly content: string }[];
  readonly progress: { readonly percent: number; readonly operation: string }[];
  /** Orders that no agent knows, or that went wrong. */
  readonly faults: string[];
  /** The log as people see it: masked, without orders. */
  log: string;
  /** Lines of the debug log, masked. */
  debug: string;
}

const MOST_ISSUES = 10;

/** What is the agent's own about a task. */
export interface RecordRules {
  readonly settableVariables: readonly string[];
  /** Replaced by asterisks in everything that is shown. */
  readonly secrets: string[];
}

export function createTaskRecord(): TaskRecord {
  return { result: null, message: '', issues: [], droppedIssues: 0, variables: new Map(), refusedVariables: [], attachments: [], summaries: [], artifacts: [], tests: [], progress: [], faults: [], log: '', debug: '' };
}

/** Obeys, or shows, one line of output. */
export function recordLine(record: TaskRecord, line: string, rules: RecordRules): void {
  const command = readLoggingCommand(line);
  if (command === null) {
    record.log += `${mask(line, rules)}\n`;
    return;
  }
  try {
    obey(record, command, rules);
  } catch (error) {
    record.faults.push(`${command.name}: ${String(error)}`);
  }
}

function mask(text: string, { secrets }: RecordRules): string {
  return secrets.reduce((masked, secret) => masked.replaceAll(secret, '***'), text);
}

function obey(record: TaskRecord, { name, properties, data }: LoggingCommand, rules: RecordRules): void {
  const shown = mask(data, rules);
  switch (name) {
    case 'task.complete':
      record.result = properties['result'] ?? '';
      record.message = shown;
      return;
    case 'task.issue':
    case 'task.logissue':
      addIssue(record, { type: properties['type'] ?? '', message: shown, path: properties['sourcepath'] ?? null, line: properties['linenumber'] ?? null, code: properties['code'] ?? null });
      return;
    case 'task.setvariable': {
      const variable = properties['variable'] ?? '';
      if (rules.settableVariables.includes(variable)) record.variables.set(variable, shown);
      else record.refusedVariables.push(variable);
      return;
    }
    case 'task.setsecret':
      rules.secrets.push(data);
      return;
    case 'task.setprogress':
      record.progress.push({ percent: Number(properties['value']), operation: shown });
      return;
    case 'task.addattachment':
      for (const word of [properties['type'], properties['name']]) if (!/^[\w .-]+$/u.test(word ?? '')) throw new Error(`"${String(word)}" is no file name`);
      record.attachments.push({ type: properties['type'] ?? '', name: properties['name'] ?? '', content: readFileSync(data, 'utf8') });
      return;
    case 'task.uploadsummary':
      record.summaries.push(readFileSync(data, 'utf8'));
      return;
    case 'artifact.upload':
      record.artifacts.push({ name: properties['artifactname'] ?? '', files: Object.fromEntries(readdirSync(data).map((file) => [file, statSync(join(data, file)).size])) });
      return;
    case 'results.publish':
      for (const file of (properties['resultfiles'] ?? '').split(',')) record.tests.push({ title: properties['runtitle'] ?? '', content: readFileSync(file, 'utf8') });
      return;
    case 'task.debug':
      record.debug += `${shown}\n`;
      return;
    default:
      throw new Error('no agent knows it');
  }
}

function addIssue(record: TaskRecord, issue: Issue): void {
  record.log += `##[${issue.type}]${issue.message}\n`;
  if (record.issues.filter(({ type }) => type === issue.type).length < MOST_ISSUES) record.issues.push(issue);
  else record.droppedIssues += 1;
}
