import { statfs } from 'node:fs/promises';

import { regionOfHosts, ValidationError, type ValidationIssue, type VeracodeClient } from '@verapipe/core';

import { ALL_CHECKS } from '../preflight/all-checks.js';
import { createPreflightContext, type PreflightContext } from '../preflight/preflight-context.js';
import { renderCheck, renderVerdict, reportOf } from '../preflight/render-preflight.js';
import { runChecks } from '../preflight/run-checks.js';
import { connect } from '../run/connect.js';
import { createRunContext, type RunContext } from '../run/run-context.js';
import { failedTask, type TaskInput } from '../run/run-task.js';
import type { TaskResult } from '../run/task-result.js';
import { createScanNames } from '../scan-name.js';
import { planPreflight } from './plan-preflight.js';

/** What `preflight` takes from outside, besides what every task does. @public */
export interface PreflightInput extends TaskInput {
  /** Free bytes on the disk of a folder. @defaultValue as the file system says */
  readonly freeBytes?: (folder: string) => Promise<number>;
}

/**
 * `verapipe preflight`: looks at everything that a run would meet, from host names to the time limit of the job, and says
 * of each thing in one line whether it is as it should be. Reads only, unless `--write` rehearses the write path. Ends
 * with 1 when a check failed, 2 for faults of the input. Never throws and sets nothing of the process.
 *
 * @public
 */
export function runPreflight(input: PreflightInput): Promise<TaskResult> {
  return input.options.values.plan ? planPreflight(input) : makeChecks(input);
}

async function makeChecks(input: PreflightInput): Promise<TaskResult> {
  const run = createRunContext(input);
  let client: VeracodeClient | null = null;
  let context: PreflightContext | null = null;
  try {
    const connection = await connect(run);
    ({ client } = connection);
    const { options, ci, clock, random } = run;
    const names = createScanNames({ template: options.scanName, ci, nowMs: clock.now(), random });
    const issues = [...input.options.issues, ...connection.issues, ...missingOptions(run)];
    if ('issues' in names || issues.length > 0) throw new ValidationError([...issues, ...('issues' in names ? names.issues : [])]);
    for (const message of input.options.notices) run.emit({ type: 'notice', message });
    context = createPreflightContext({ run, connection, names, freeBytes: input.freeBytes ?? freeBytesOf });

    const { json } = options;
    const { purpose } = context;
    const checks = await runChecks(ALL_CHECKS, context, (made) => (json ? Promise.resolve() : input.print(renderCheck(made))));
    const report = reportOf({ checkedAtMs: clock.now(), purpose, hosts: connection.hosts, region: regionOfHosts(connection.hosts), checks });
    await input.print(json ? `${JSON.stringify(report, null, 2)}\n` : renderVerdict(report));
    return { kind: 'done', exitCode: report.verdict === 'pass' ? 0 : 1 };
  } catch (error) {
    return failedTask(run, error);
  } finally {
    await context?.close();
    await client?.close();
  }
}

function missingOptions({ options }: RunContext): readonly ValidationIssue[] {
  return options.write && options.app === null ? [{ path: 'app', got: 'nothing', wanted: 'the application profile in which writing is rehearsed (--write)' }] : [];
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
