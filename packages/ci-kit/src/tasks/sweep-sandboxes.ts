import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import {
  awaitedScanIn,
  listSandboxProfiles,
  planRemovals,
  removeSandbox,
  type CallingRun,
  type NamedRemoval,
  type Plan,
  type SandboxProfile,
  type ValidationIssue,
} from '@verapipe/core';
import { renderTextTable } from '@verapipe/reports';

import { systemCode } from '../files/local-trouble.js';
import type { CheckedWork } from '../run/check-input.js';
import { locateNamedApplication } from '../run/locate-named.js';
import { printPlan } from '../run/print-plan.js';
import type { RunContext } from '../run/run-context.js';
import { runTask, type TaskInput, type TaskWork } from '../run/run-task.js';
import type { TaskResult } from '../run/task-result.js';
import { parseBranchNames, sandboxesToSweep, type SweepRules } from '../sandboxes/sandboxes-to-sweep.js';
import { withNames } from './named-options.js';

/** What became of a sandbox that met all rules. */
interface Swept {
  readonly name: string;
  readonly guid: string;
  readonly reason: string;
  readonly outcome: 'would be removed' | 'removed' | 'gone already' | 'kept';
  /** Why it was kept; null otherwise. */
  readonly kept: string | null;
}

/**
 * `verapipe sandbox sweep`: removes sandboxes by age, beginning of the name, or branches that are gone; those that meet
 * every given rule. Only tells what it would do unless `--apply` is given. A sandbox whose scan somebody waits for stays.
 *
 * @public
 */
export function runSandboxSweep(input: TaskInput): Promise<TaskResult> {
  return runTask(input, async (run) => {
    const { rules, issues } = await readRules(run);
    const checked: CheckedWork<TaskWork> = withNames(run, ['app'], ({ app }) => (calling) => sweep(run, input, { calling, app, rules }));
    return { ...checked, issues: [...checked.issues, ...issues] };
  });
}

interface Sweep {
  readonly calling: CallingRun;
  readonly app: string;
  readonly rules: SweepRules;
}

async function sweep(run: RunContext, input: TaskInput, { calling, app, rules }: Sweep): Promise<boolean> {
  const { apply, json, plan } = run.options;
  const application = await locateNamedApplication(run, calling, app);
  const all: SandboxProfile[] = [];
  for await (const sandbox of listSandboxProfiles(calling.client, { applicationGuid: application.guid }, calling.call)) all.push(sandbox);
  const swept: Swept[] = [];
  const toRemove: NamedRemoval[] = [];
  for (const { sandbox, reason } of sandboxesToSweep(all, rules, run.clock.now())) {
    const place = { application, sandbox };
    const awaited = await awaitedScanIn(calling, place);
    const kept = awaited === null ? null : `its scan is at "${awaited}"`;
    if (kept === null) toRemove.push(place);
    const removal = kept === null && apply && !plan ? await removeSandbox(calling, place) : null;
    const outcome = kept !== null ? 'kept' : removal === null ? 'would be removed' : removal === 'removed' ? 'removed' : 'gone already';
    swept.push({ name: sandbox.name, guid: sandbox.guid, reason, outcome, kept });
  }
  if (plan) {
    const removals = await planRemovals(calling, apply ? toRemove : []);
    return printPlan(run, input, { command: 'sandbox sweep', plan: knowing(removals, { application, all, swept, apply }) });
  }
  const facts = { schemaVersion: 1, application: { guid: application.guid, id: application.applicationId, name: application.name }, applied: apply, sandboxes: all.length, swept };
  await input.print(json ? `${JSON.stringify(facts, null, 2)}\n` : describe(swept, { all: all.length, apply, width: input.width }));
  return true;
}

interface SweepFacts {
  readonly application: { readonly name: string; readonly applicationId: string };
  readonly all: readonly SandboxProfile[];
  readonly swept: readonly Swept[];
  readonly apply: boolean;
}

function knowing(plan: Plan, { application, all, swept, apply }: SweepFacts): Plan {
  const wouldGo = swept.filter(({ kept }) => kept === null).map(({ name }) => `"${name}"`);
  const kept = swept.flatMap(({ name, kept: why }) => (why === null ? [] : [`"${name}", ${why}`]));
  return {
    ...plan,
    known: {
      application: `"${application.name}" (${application.applicationId})`,
      sandboxes: `${swept.length} of ${all.length} met the rules`,
      ...(apply || wouldGo.length === 0 ? {} : { removals: `none without --apply; with it ${wouldGo.join(', ')}` }),
      ...(kept.length === 0 ? {} : { kept: kept.join('; ') }),
    },
  };
}

function describe(swept: readonly Swept[], { all, apply, width }: { readonly all: number; readonly apply: boolean; readonly width: number }): string {
  const rows = swept.map(({ name, outcome, reason, kept }) => [name, outcome, kept === null ? reason : `${reason}, but ${kept}`]);
  const table = swept.length === 0 ? '' : `${renderTextTable(['NAME', 'WHAT', 'WHY'], rows, width)}\n`;
  const sentence = `${swept.length} of ${all} sandboxes met the rules.`;
  return `${table}${sentence}${apply || swept.length === 0 ? '' : ' Nothing was removed: --apply does it.'}\n`;
}

/** Without any rule a sweep would take nothing, or everything; both are not what somebody meant. */
async function readRules({ options, input }: RunContext): Promise<{ readonly rules: SweepRules; readonly issues: readonly ValidationIssue[] }> {
  const { olderThan: olderThanDays, prefix, liveBranches: file } = options;
  if (olderThanDays === null && prefix === null && file === null) {
    const issue = { path: 'olderThan', got: 'no rule', wanted: 'at least one of --older-than, --prefix and --live-branches' };
    return { rules: { olderThanDays, prefix, liveBranches: null }, issues: [issue] };
  }
  if (file === null) return { rules: { olderThanDays, prefix, liveBranches: null }, issues: [] };
  try {
    const liveBranches = parseBranchNames(await readFile(resolve(input.cwd, file), 'utf8'));
    // An empty list is what a failed command leaves; every sandbox would go.
    const issues = liveBranches.length > 0 ? [] : [{ path: 'liveBranches', got: `${file}, which names no branch`, wanted: 'a file with one branch a line' }];
    return { rules: { olderThanDays, prefix, liveBranches }, issues };
  } catch (error) {
    const got = `${file}, which cannot be read (${systemCode(error)})`;
    return { rules: { olderThanDays, prefix, liveBranches: null }, issues: [{ path: 'liveBranches', got, wanted: 'a file with one branch a line' }] };
  }
}
