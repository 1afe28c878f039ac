import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

import { type CallingRun, createFindingCounter, type Finding, listFindings } from '@verapipe/core';
import { renderResultsJson } from '@verapipe/reports';

import { onDisk } from '../files/local-trouble.js';
import { unjudged } from '../findings-files/unjudged.js';
import { writeFileAtomically } from '../files/write-file-atomically.js';
import { resultsWithoutVerdict } from '../results/results-without-verdict.js';
import { locateNamedApplication, locateNamedSandbox } from '../run/locate-named.js';
import type { RunContext } from '../run/run-context.js';

/** Which findings, and where to. */
export interface PlatformBaseline {
  readonly app: string;
  readonly sandbox: string | null;
  /** Absolute. */
  readonly to: string;
}

/**
 * Writes the findings of the newest published scan of an application or a sandbox as results without a verdict: findings
 * that were read and counted, of no scan that this run has seen. A baseline can be that, a pass cannot.
 */
export async function savePlatformFindings(run: RunContext, calling: CallingRun, { app, sandbox: name, to }: PlatformBaseline): Promise<void> {
  const application = await locateNamedApplication(run, calling, app);
  const sandbox = name === null ? null : await locateNamedSandbox(run, calling, { application, name });
  const findings: Finding[] = [];
  const counter = createFindingCounter();
  const query = { applicationGuid: application.guid, sandboxGuid: sandbox?.guid ?? null, kinds: ['static', 'dynamic', 'manual', 'sca'] } as const;
  for await (const finding of listFindings(calling.client, query, calling.call)) {
    counter.add(finding);
    findings.push(finding);
  }
  const results = resultsWithoutVerdict(run.facts(), {
    application: { id: application.applicationId, name: application.name, created: false },
    sandbox: sandbox === null ? null : { id: sandbox.sandboxId, name: sandbox.name, created: false },
    scan: null,
    counts: counter.tally(),
  });
  await onDisk(to, () => mkdir(dirname(to), { recursive: true }));
  await writeFileAtomically(to, renderResultsJson(results, unjudged(findings)));
}
