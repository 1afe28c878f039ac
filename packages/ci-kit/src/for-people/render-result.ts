import type { GateOutcome, Severity } from '@verapipe/core';
import { printable, renderCounts, renderFindingsTable, renderGates, renderPathMapping, renderVerdictSentence, VERDICT_WORDS } from '@verapipe/reports';

import type { JudgedPipelineRun, JudgedRun, PipelineRunResult, RunResult, SubmittedRun, ToleratedRun, UnjudgedRun } from '../run/run-result.js';
import { whyUnwritten } from '../reports/why-unwritten.js';
import type { Paint, Tone } from './paint.js';
import { type FailureLook, renderFailure } from './render-failure.js';

/** How a result is shown. @public */
export interface ResultLook extends FailureLook {
  /** Columns of tables. */
  readonly width: number;
}

const GATE_TONES: Readonly<Record<GateOutcome, Tone>> = { pass: 'good', warn: 'warning', fail: 'bad' };
const VERDICT_TONES: Readonly<Record<RunResult['results']['verdict'], Tone>> = { ...GATE_TONES, pending: 'warning', none: 'bad' };

/** Everything that a person should see at the end of a run; every line ended. @public */
export function renderResult(result: RunResult | PipelineRunResult, look: ResultLook): string {
  switch (result.kind) {
    case 'judged':
    case 'judged-pipeline':
      return renderJudged(result, look);
    case 'submitted':
      return renderSubmitted(result, look);
    case 'tolerated':
      return renderTolerated(result, look);
    case 'unjudged':
      return renderUnjudged(result, look);
  }
}

function renderJudged(result: JudgedRun | JudgedPipelineRun, { width, paint, spelling }: ResultLook): string {
  const { results, top, scan, verdict } = result;
  const table = renderFindingsTable(top, { width, paint: (severity, text) => paint(severityTone(severity), text) });
  return [
    '\n',
    table === '' ? '' : `${table}\n`,
    `${renderCounts(scan.tally)}\n`,
    results.pathMapping === null ? '\n' : `${renderPathMapping(results.pathMapping)}\n\n`,
    renderGates(verdict.gates, (outcome, text) => paint(GATE_TONES[outcome], text)),
    '\n',
    `${verdictSentence(result, paint)}\n`,
    results.reportOnly && verdict.verdict === 'fail' ? `The run does not fail, because of ${spelling.spell('report-only')}.\n` : '',
    placeLines(result),
  ].join('');
}

function renderSubmitted(result: SubmittedRun, { paint }: ResultLook): string {
  return ['\n', `${verdictSentence(result, paint)}\n`, continuationLines(result), placeLines(result)].join('');
}

/** Nobody may take it for a pass: the verdict's line says that there is none. */
function renderTolerated(result: ToleratedRun, { paint }: ResultLook): string {
  const { failure, outage } = result;
  return [
    '\n',
    `${paint('warning', 'Outage')}: ${printable(failure.message)}\n`,
    failure.tried === null ? '' : `Tried: ${printable(failure.tried)}\n`,
    `Tolerated until ${outage.toleratedUntil}; first failure ${outage.since}; owner ${printable(outage.owner)}; reason: ${printable(outage.reason)}\n`,
    `${verdictSentence(result, paint)}\n`,
    continuationLines(result),
    placeLines(result),
  ].join('');
}

function renderUnjudged(result: UnjudgedRun, look: ResultLook): string {
  return [renderFailure(result, look), continuationLines(result), placeLines(result)].join('');
}

/** The sentence with its first word coloured. */
function verdictSentence({ results }: RunResult | PipelineRunResult, paint: Paint): string {
  const word = VERDICT_WORDS[results.verdict];
  return `${paint(VERDICT_TONES[results.verdict], word)}${renderVerdictSentence(results).slice(word.length)}`;
}

function continuationLines({ continuation }: SubmittedRun | ToleratedRun | UnjudgedRun): string {
  return continuation === null ? '' : `${printable(continuation.sentence)}\n  ${printable(continuation.command)}\n`;
}

function placeLines({ results, files }: RunResult | PipelineRunResult): string {
  const places: readonly (readonly [string, string | null])[] = [
    ['Scan', results.scan?.url ?? null],
    ['Results', files.results],
    ['Report', files.report],
    ['Filtered', 'filtered' in files ? files.filtered : null],
    ...files.reports.map(({ format, path, written }) => [format, written ? path : `not written: ${whyUnwritten(results, path)}`] as const),
  ];
  const width = Math.max(...places.map(([name]) => name.length));
  return places.map(([name, place]) => (place === null ? '' : `${name.padEnd(width)} ${printable(place)}\n`)).join('');
}

function severityTone(severity: Severity): Tone {
  return severity >= 4 ? 'bad' : severity === 3 ? 'warning' : 'dim';
}
