import type { JudgedRun, RunFailure, RunResult, SubmittedRun, UnjudgedRun } from '@verapipe/ci-kit';
import type { GateOutcome, Severity, ValidationIssue } from '@verapipe/core';
import { printable, renderCounts, renderFindingsTable, renderGates, renderVerdictSentence, VERDICT_WORDS } from '@verapipe/reports';

import { optionOfPath } from './option-of-path.js';
import type { Paint, Tone } from './paint.js';

/** How a result is shown. */
export interface ResultLook {
  /** Columns of tables. */
  readonly width: number;
  readonly paint: Paint;
  /** The command that ran, for hints. */
  readonly command: string;
}

const GATE_TONES: Readonly<Record<GateOutcome, Tone>> = { pass: 'good', warn: 'warning', fail: 'bad' };
const VERDICT_TONES: Readonly<Record<RunResult['results']['verdict'], Tone>> = { ...GATE_TONES, pending: 'warning', none: 'bad' };

/** Everything that a person should see at the end of a run; every line ended. */
export function renderResult(result: RunResult, look: ResultLook): string {
  switch (result.kind) {
    case 'judged':
      return renderJudged(result, look);
    case 'submitted':
      return renderSubmitted(result, look);
    case 'unjudged':
      return renderUnjudged(result, look);
  }
}

function renderJudged(result: JudgedRun, { width, paint }: ResultLook): string {
  const { results, top, scan, verdict } = result;
  const table = renderFindingsTable(top, { width, paint: (severity, text) => paint(severityTone(severity), text) });
  return [
    '\n',
    table === '' ? '' : `${table}\n`,
    `${renderCounts(scan.tally)}\n\n`,
    renderGates(verdict.gates, (outcome, text) => paint(GATE_TONES[outcome], text)),
    '\n',
    `${verdictSentence(result, paint)}\n`,
    results.reportOnly && verdict.verdict === 'fail' ? 'The run does not fail, because of --report-only.\n' : '',
    placeLines(result),
  ].join('');
}

function renderSubmitted(result: SubmittedRun, { paint }: ResultLook): string {
  return ['\n', `${verdictSentence(result, paint)}\n`, continuationLines(result), placeLines(result)].join('');
}

function renderUnjudged(result: UnjudgedRun, { paint, command }: ResultLook): string {
  const { failure, exitCode } = result;
  const title = paint(exitCode === 8 ? 'warning' : 'bad', exitCode === 8 ? 'Skipped' : exitCode === 130 ? 'Cancelled' : 'Error');
  return ['\n', ...failureLines(failure, title, command), continuationLines(result), placeLines(result)].join('');
}

/** What happened, what was being tried, what to do next. */
function failureLines(failure: RunFailure, title: string, command: string): readonly string[] {
  const { issues, message, tried, advice, stack } = failure;
  if (issues.length > 0) {
    const count = issues.length === 1 ? 'one fault' : `${issues.length} faults`;
    return [
      `${title}: the input has ${count}; nothing was sent.\n`,
      ...issues.map((issue) => `  ${faultLine(issue)}\n`),
      `Next: \`verapipe ${command} --help\` lists the options.\n`,
    ];
  }
  return [
    `${title}: ${printable(message)}\n`,
    tried === null ? '' : `Tried: ${printable(tried)}\n`,
    advice === null ? '' : `Next: ${printable(advice)}\n`,
    stack === null ? '' : `${stack.split('\n').map(printable).join('\n')}\n`,
  ];
}

function faultLine(issue: ValidationIssue): string {
  const { path, got, wanted } = issue;
  // What is wrong with credentials are sentences already.
  if (path === 'credentials') return `credentials: ${printable(got)} ${printable(wanted)}`;
  const near = got === 'an unknown option' ? /^perhaps "(.+)"$/u.exec(wanted)?.[1] : undefined;
  if (near !== undefined) return `${optionOfPath(issue)}: got an unknown option; did you mean --${near}?`;
  return `${optionOfPath(issue)}: got ${printable(got)}; wanted ${printable(wanted)}`;
}

/** The sentence with its first word coloured. */
function verdictSentence({ results }: RunResult, paint: Paint): string {
  const word = VERDICT_WORDS[results.verdict];
  return `${paint(VERDICT_TONES[results.verdict], word)}${renderVerdictSentence(results).slice(word.length)}`;
}

function continuationLines({ continuation }: SubmittedRun | UnjudgedRun): string {
  return continuation === null ? '' : `${printable(continuation.sentence)}\n  ${printable(continuation.command)}\n`;
}

function placeLines({ results, files }: RunResult): string {
  const places: readonly (readonly [string, string | null])[] = [
    ['Scan', results.scan?.url ?? null],
    ['Results', files.results],
    ['Report', files.report],
  ];
  return places.map(([name, place]) => (place === null ? '' : `${name.padEnd(8)} ${printable(place)}\n`)).join('');
}

function severityTone(severity: Severity): Tone {
  return severity >= 4 ? 'bad' : severity === 3 ? 'warning' : 'dim';
}
