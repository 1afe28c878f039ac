import { createFindingCounter, listFindings, type CallingRun, type Finding, type FindingQuery, type PathMappingTally } from '@verapipe/core';
import { createTopFindingsCollector, printable, renderCounts, renderFindingsTable, renderJsonWithFindings, renderPathMapping } from '@verapipe/reports';

import { mapFindings } from '../checkout/map-findings.js';
import { readPathRules } from '../checkout/path-rules.js';
import { readCheckout } from '../checkout/read-checkout.js';
import { askDataPaths } from '../data-paths/ask-data-paths.js';
import { withDataPaths } from '../data-paths/with-data-paths.js';
import { locateNamedApplication, locateNamedSandbox } from '../run/locate-named.js';
import type { RunContext } from '../run/run-context.js';
import { runTask, type TaskInput } from '../run/run-task.js';
import type { TaskResult } from '../run/task-result.js';
import { withNames } from './named-options.js';

/** Lines of the table for people; with `--json` all findings are printed. */
const SHOWN_FINDINGS = 200;

const EVERY_KIND = ['static', 'dynamic', 'manual', 'sca'] as const;

/**
 * `verapipe findings`: the findings of the newest published scan of an application or a sandbox; a table for people, with
 * `--json` one object with all of them, one a line. Never throws and sets nothing of the process.
 *
 * @public
 */
export function runFindings(input: TaskInput): Promise<TaskResult> {
  return runTask(input, async (run) => {
    const { issues, ...named } = withNames(run, ['app'], ({ app }) => (calling: CallingRun) => printFindings(run, input, calling, app));
    return { ...named, issues: [...issues, ...readPathRules(run.options.pathRule).issues] };
  });
}

async function printFindings(run: RunContext, input: TaskInput, calling: CallingRun, app: string): Promise<boolean> {
  const application = await locateNamedApplication(run, calling, app);
  const { sandbox: name, json } = run.options;
  const sandbox = name === null ? null : await locateNamedSandbox(run, calling, { application, name });
  const place = { applicationGuid: application.guid, sandboxGuid: sandbox?.guid ?? null };
  const checkout = await readCheckout(run);
  const listed = await countable(run, wanted(run, listFindings(calling.client, queryOf(run, place), calling.call)));
  const mapped = mapFindings(listed, checkout);
  const { paths, facts: dataPaths } = await askDataPaths(run, calling.client, { findings: listed, locate: () => Promise.resolve(place), buildId: null });
  const findings = withDataPaths(mapped.findings, paths, checkout);
  if (json) {
    const facts = {
      schemaVersion: 1,
      application: { guid: application.guid, id: application.applicationId, name: application.name },
      sandbox: sandbox === null ? null : { guid: sandbox.guid, id: sandbox.sandboxId, name: sandbox.name },
      dataPaths,
    };
    for await (const piece of renderJsonWithFindings(facts, findings, () => ({ pathMapping: mapped.tally() }))) await input.print(piece);
  } else {
    const of = sandbox === null ? 'the policy scans' : `sandbox "${printable(sandbox.name)}"`;
    const title = `Findings of "${printable(application.name)}", ${of}:\n\n`;
    await input.print(await describe(findings, { title, width: input.width, tally: mapped.tally }));
  }
  return true;
}

function queryOf({ options }: RunContext, place: Pick<FindingQuery, 'applicationGuid' | 'sandboxGuid'>): FindingQuery {
  const [kind, ...kinds] = options.kind;
  return {
    ...place,
    kinds: kind === undefined ? EVERY_KIND : [kind, ...kinds],
    ...(options.minSeverity === null ? {} : { severityAtLeast: options.minSeverity }),
    ...(options.violating ? { violatesPolicy: true } : {}),
  };
}

/** What is fixed or accepted is over, unless all are wanted. */
async function* wanted({ options }: RunContext, findings: AsyncIterable<Finding>): AsyncGenerator<Finding, void> {
  for await (const finding of findings) {
    if (options.all || (finding.status !== 'fixed' && finding.mitigation.state !== 'accepted')) yield finding;
  }
}

/** Findings come as a stream that is read once; how many calls their data paths take has to be said before. */
async function countable({ options }: RunContext, findings: AsyncIterable<Finding>): Promise<AsyncIterable<Finding> | readonly Finding[]> {
  if (options.dataPaths === 'none') return findings;
  const all: Finding[] = [];
  for await (const finding of findings) all.push(finding);
  return all;
}

interface Description {
  readonly title: string;
  readonly width: number;
  readonly tally: () => PathMappingTally | null;
}

async function describe(findings: AsyncIterable<Finding>, { title, width, tally }: Description): Promise<string> {
  const counter = createFindingCounter();
  const collector = createTopFindingsCollector(SHOWN_FINDINGS);
  for await (const finding of findings) {
    counter.add(finding);
    collector.add(finding);
  }
  const table = renderFindingsTable(collector.top(), { width });
  const mapping = tally();
  return `${title}${table === '' ? '' : `${table}\n`}${renderCounts(counter.tally())}\n${mapping === null ? '' : `${renderPathMapping(mapping)}\n`}`;
}
