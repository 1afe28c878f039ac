import type { CallingRun, ProvenScan, RunOptions, ScanOutcome, VeracodeClient } from '@verapipe/core';

import type { Comparison } from '../judging/judging.js';
import { isNameOfSameWork } from '../scan-name.js';
import type { Check } from './check-input.js';
import { endJudged, endSubmitted } from './end-run.js';
import { fetchBaseline } from './fetch-baseline.js';
import type { JudgedContext } from './judged-context.js';
import type { RunInput } from './run-input.js';
import type { RunResult } from './run-result.js';
import { runSequence } from './run-sequence.js';

/** Work that ends in a scan of the platform's. */
export type ScanWork = (client: VeracodeClient, options: RunOptions) => Promise<ScanOutcome>;

/** A scan that was proven, and what it is compared with; or one that nobody waits for. */
type Worked = { readonly proven: ProvenScan; readonly baseline: Comparison } | { readonly submitted: Exclude<ScanOutcome, ProvenScan> };

/** The sequence of the commands whose scan stays on the platform and can be gone on with. */
export function runCommand(input: RunInput, check: Check<ScanWork>): Promise<RunResult> {
  return runSequence<ScanWork, Worked, RunResult>(input, {
    scan: 'platform',
    check,
    async work(run, client, work) {
      const { files, deadline, stateFile, emit } = run;
      const signal = input.signal === undefined ? {} : { signal: input.signal };
      const outcome = await work(client, { reportFile: files.report, deadline, saveState: stateFile.save, onProgress: emit, ...signal });
      if (outcome.kind !== 'proven') return { submitted: outcome };
      return { proven: outcome, baseline: await baselineOfScan(run, { client, deadline, call: { deadline, ...signal } }, outcome) };
    },
    end: (run, worked, client): Promise<RunResult> => ('proven' in worked ? endJudged(run, worked.proven, { client, baseline: worked.baseline }) : endSubmitted(run, worked.submitted)),
  });
}

/** Fetched last: whatever was published while this scan ran is younger, and not asked for. */
function baselineOfScan(run: JudgedContext, calling: CallingRun, { application, sandbox, build }: ProvenScan): Promise<Comparison> {
  const scanName = run.stateFile.last()?.scanName ?? build.name;
  return fetchBaseline(run, calling, { application, own: { buildId: build.id, sandbox, isSameWork: (name) => isNameOfSameWork(scanName, name) } });
}
