import { setTimeout as sleep } from 'node:timers/promises';

import { callApi, CallFailure, type Patience } from './call-api.js';
import { fileStamp, finalDocument, pendingReport, readInsightsDocument, type InsightsDocument } from './insights-document.js';
import type { ReportPlace } from './report-place.js';

/** The report of a run at its commit. Neither call throws: what fails is said, and changes no verdict. */
export interface CodeInsights {
  /** Tells that a scan is running. */
  begin(): Promise<void>;
  /** Tells how it ended. */
  finish(exitCode: number): Promise<void>;
}

export interface CodeInsightsOptions {
  /** Where the run writes its report. */
  readonly file: string;
  readonly say: (line: string) => void;
  readonly pausesMs?: readonly number[];
}

const BEGIN_MS = 15_000;
const FINISH_MS = 90_000;
const PAUSES_MS = [500, 2000];

export function createCodeInsights(place: ReportPlace, { file, say, pausesMs = PAUSES_MS }: CodeInsightsOptions): CodeInsights {
  const patience = (limitMs: number, pauses: readonly number[]): Patience => ({ pausesMs: pauses, sleep: (ms) => sleep(ms), signal: AbortSignal.timeout(limitMs) });
  let before: string | null = null;
  return {
    async begin() {
      before = await fileStamp(file);
      // A courtesy, so it is not repeated.
      await unlessFailing(say, 'the scan was not announced', () => send(pendingReport(), place, patience(BEGIN_MS, [])));
    },
    async finish(exitCode) {
      const document = finalDocument(await readInsightsDocument(file, before), exitCode);
      await unlessFailing(say, 'the report was not sent whole', async () => {
        await replace(document, place, patience(FINISH_MS, pausesMs));
        const result = document.report['result'];
        say(`Code Insights: report ${place.id} sent: ${typeof result === 'string' ? result : 'no result'}, ${document.annotations.flat().length} annotations.`);
      });
    },
  };
}

/** What stood there before goes first: a report keeps the annotations of findings that are no longer there. */
async function replace({ report, annotations }: InsightsDocument, place: ReportPlace, patience: Patience): Promise<void> {
  const url = annotationsUrl(place);
  const { status, text } = await callApi({ method: 'GET', url: new URL(`${url.href}?pagelen=1`) }, place, patience);
  if (status !== 404 && hasAnnotations(text)) await callApi({ method: 'DELETE', url: place.url }, place, patience);
  await send(report, place, patience);
  for (const body of annotations) await callApi({ method: 'POST', url, body }, place, patience);
}

async function send(report: InsightsDocument['report'], place: ReportPlace, patience: Patience): Promise<void> {
  await callApi({ method: 'PUT', url: place.url, body: { ...report, external_id: place.id } }, place, patience);
}

function annotationsUrl({ url }: ReportPlace): URL {
  return new URL(`${url.href}/annotations`);
}

/** When in doubt there are some: a deletion too many does no harm. */
function hasAnnotations(page: string): boolean {
  try {
    const { size, values } = JSON.parse(page) as { readonly size?: number; readonly values?: readonly unknown[] };
    return size !== undefined ? size > 0 : (values ?? [null]).length > 0;
  } catch {
    return true;
  }
}

async function unlessFailing(say: CodeInsightsOptions['say'], what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const reason = error instanceof CallFailure ? error.message : `a fault of the pipe itself (${error instanceof Error ? error.name : 'unknown'})`;
    say(`WARNING: Code Insights: ${what}: ${reason}. The result of the step stays as it is.`);
  }
}
