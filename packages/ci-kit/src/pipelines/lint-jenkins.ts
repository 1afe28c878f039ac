import { type GroovyBlock, type GroovySource, type GroovyText, readGroovy } from './groovy-source.js';
import { lintShell } from './lint-shell.js';
import { lintBatch, lintPowerShell } from './lint-windows-shells.js';
import { reportOnlyAt, valueAt } from './jenkins-report-only.js';
import type { LintedCalls, PipelineCall, ReportOnly } from './pipeline-call.js';
import { callsInScript, type ShellKind } from './script-calls.js';
import type { ScriptLine } from './shell-commands.js';
import type { Swallow } from './swallow.js';
import { readSwitch } from './written-switch.js';

/** `sh -xe`, unless the script names its own shell. @see jenkins.io "sh: Shell Script" */
const START = { errexit: true, pipefail: false };

/** One step that scans. */
interface ScanStep {
  readonly kind: ShellKind | 'step';
  readonly name: string;
  /** Offset of its name. */
  readonly start: number;
  /** Offset after its arguments. */
  readonly end: number;
  /** What a shell runs; null for a step of a plugin or a library. */
  readonly text: GroovyText | null;
}

/** Finds what swallows failures in a Jenkinsfile, declarative or scripted. */
export function lintJenkins(source: string): LintedCalls {
  const groovy = readGroovy(source);
  const steps = scanSteps(groovy);
  if (steps.length === 0) return { calls: [], swallows: [] };
  const forced = [...groovy.code.matchAll(/currentBuild\.(?:result|currentResult)\s*=\s*(?=['"])/gu)].filter((match) => /^['"](?:SUCCESS|UNSTABLE)['"]/u.test(source.slice(match.index + match[0].length)));
  const around = reportOnlyAt(groovy, source);
  return {
    calls: steps.flatMap((step) => callsOf(groovy, source, step, around(step.start))),
    swallows: [
      ...steps.flatMap((step) => [...lintScript(groovy, step), ...lintStatus(groovy, step), ...lintArguments(groovy, source, step), ...lintBlocks(groovy, source, step)]),
      ...forced.map((match) => ({ line: groovy.lineOf(match.index), rule: 'forced-success' as const, what: 'The result of the build is set by hand, in spite of what went before.', instead: 'Take the assignment out.' })),
    ],
  };
}

const SHELLS: Readonly<Record<string, ShellKind>> = { sh: 'posix', bat: 'batch', powershell: 'powershell', pwsh: 'powershell' };

function scanSteps({ code, texts, lineOf }: GroovySource): readonly ScanStep[] {
  const steps: ScanStep[] = [];
  for (const match of code.matchAll(/(?<![\w.])(sh|bat|powershell|pwsh)\s*(?=[('"]|\w+\s*:)|(?<![\w.'"])(veracode\w*|verapipe\w*)\s*(?=\(|\w+\s*:)|(?<![\w.])build\s*(?=\(?\s*job\s*:)/gu)) {
    const end = endOfArguments(code, match.index + match[0].length);
    const within = texts.filter(({ start }) => start >= match.index && start < end);
    const [, shell, step] = match;
    const kind = shell === undefined ? undefined : SHELLS[shell];
    if (kind !== undefined) {
      const text = within.find((candidate) => callsInScript(scriptOf(lineOf, candidate), kind).length > 0);
      if (text !== undefined) steps.push({ kind, name: shell ?? '', start: match.index, end, text });
    } else if (step !== undefined || within.some(({ value }) => /veracode|verapipe/iu.test(value))) {
      steps.push({ kind: 'step', name: step ?? 'build', start: match.index, end, text: null });
    }
  }
  return steps;
}

/** Arguments end with their parenthesis, else with their line; lines that end with a comma go on. */
function endOfArguments(code: string, from: number): number {
  let depth = 0;
  for (let index = from; index < code.length; index += 1) {
    const character = code[index] ?? '';
    if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) {
      depth -= 1;
      if (depth === 0 && code[from] === '(') return index + 1;
      if (depth < 0) return index;
    } else if (depth === 0 && character === '\n' && !/,\s*$/u.test(code.slice(from, index)) && !isInText(code, from, index)) return index;
  }
  return code.length;
}

/** True between two quotes: a text of several lines. */
function isInText(code: string, from: number, index: number): boolean {
  const quotes = code.slice(from, index).match(/'''|"""/gu) ?? [];
  return quotes.length % 2 === 1;
}

function scriptOf(lineOf: GroovySource['lineOf'], { from, value }: GroovyText): readonly ScriptLine[] {
  const first = lineOf(from);
  return value.split('\n').map((text, index) => ({ text, line: first + index }));
}

function lintScript({ lineOf }: GroovySource, { kind, text }: ScanStep): readonly Swallow[] {
  if (text === null) return [];
  const lines = scriptOf(lineOf, text);
  if (kind === 'batch') return lintBatch(lines);
  return kind === 'powershell' ? lintPowerShell(lines) : lintShell(lines, START);
}

/** The steps of our library are called after the commands. */
const COMMANDS: Readonly<Record<string, string>> = { verapipeScan: 'scan', verapipePipelineScan: 'pipeline-scan', verapipeGate: 'gate', verapipePreflight: 'preflight' };

function callsOf({ code, lineOf }: GroovySource, source: string, { kind, name, text, start, end }: ScanStep, around: ReportOnly | null): readonly PipelineCall[] {
  if (kind !== 'step' && text !== null) return callsInScript(scriptOf(lineOf, text), kind, around);
  const given = /(?<!\w)reportOnly\s*:\s*/u.exec(code.slice(start, end));
  const isOn = given === null ? null : readSwitch(valueAt(source, start + given.index + given[0].length));
  const own = given === null || isOn !== true ? null : { line: lineOf(start + given.index), how: 'reportOnly: true' };
  return [{ line: lineOf(start), text: source.slice(start, end), command: COMMANDS[name] ?? null, reportOnly: isOn === null ? around : own }];
}

function lintStatus({ code, lineOf }: GroovySource, { start, end }: ScanStep): readonly Swallow[] {
  if (!/returnStatus\s*:\s*true/u.test(code.slice(start, end))) return [];
  const before = code.slice(0, start);
  const statement = before.slice(Math.max(before.lastIndexOf('\n'), before.lastIndexOf(';'), before.lastIndexOf('{')) + 1);
  const name = /([A-Za-z_]\w*)\s*=\s*$/u.exec(statement)?.[1];
  const isRead = name === undefined ? /\S/u.test(statement.replace(/\b(?:script|steps)\s*$/u, '')) : new RegExp(`\\b${name}\\b`, 'u').test(code.slice(end));
  if (isRead) return [];
  return [{ line: lineOf(start), rule: 'unread-status', what: 'With returnStatus the step never fails, and nobody looks at the number.', instead: 'Take returnStatus: true out, or write: if (rc != 0) { error "…" }.' }];
}

/** Arguments of plugins that make a failure bearable. */
function lintArguments({ code, lineOf }: GroovySource, source: string, { kind, start, end }: ScanStep): readonly Swallow[] {
  if (kind !== 'step') return [];
  const given = code.slice(start, end);
  const at = (pattern: RegExp): number | null => {
    const found = given.search(pattern);
    return found < 0 ? null : lineOf(start + found);
  };
  const propagated = at(/propagate\s*:\s*false/u);
  const canFail = at(/canFailJob\s*:\s*false/u);
  const unstable = at(/unstableBuild\s*:\s*true/u);
  const bearable = at(/onFail\s*:/u);
  const isBearable = /onFail\s*:\s*['"]UNSTABLE['"]/u.test(source.slice(start, end));
  return [
    ...(propagated === null ? [] : [{ line: propagated, rule: 'not-propagated' as const, what: 'The result of the other job is not looked at.', instead: 'Take propagate: false out.' }]),
    ...(canFail === null ? [] : [{ line: canFail, rule: 'tolerant-task' as const, what: 'The step succeeds in spite of failures: canFailJob is false.', instead: 'Write canFailJob: true.' }]),
    ...(bearable === null || !isBearable ? [] : [{ line: bearable, rule: 'tolerant-task' as const, what: 'A failed gate makes the build UNSTABLE only, and what follows runs.', instead: "Take onFail: 'UNSTABLE' out." }]),
    ...(unstable === null ? [] : [{ line: unstable, rule: 'tolerant-task' as const, what: 'A failure makes the build unstable only, and what follows runs.', instead: 'Take unstableBuild: true out.' }]),
  ];
}

function lintBlocks(groovy: GroovySource, source: string, { start }: ScanStep): readonly Swallow[] {
  const around = groovy.blocks.filter((block) => block.start < start && start < block.end);
  return around.flatMap((block) => [...lintCatchError(groovy, source, block), ...lintTry(groovy, source, block)]);
}

function lintCatchError({ lineOf }: GroovySource, source: string, { header, headerStart, start }: GroovyBlock): readonly Swallow[] {
  const name = /^(catchError|warnError)\b/u.exec(header)?.[1];
  if (name === undefined) return [];
  const line = lineOf(headerStart);
  const result = /buildResult\s*:\s*['"](\w+)['"]/u.exec(source.slice(headerStart, start))?.[1] ?? (name === 'warnError' ? 'UNSTABLE' : 'FAILURE');
  const what = result === 'FAILURE' ? 'The build is marked as failed, but its next stages run, also those that deploy.' : `A failure makes the build ${result}, and its next stages run.`;
  return [{ line, rule: 'catch-error', what, instead: `Call it outside of ${name}; what must happen in spite of a failure goes into post { always { … } } or finally.` }];
}

/** The call stands in a try: its catch must fail as well. */
function lintTry({ blocks, code, lineOf }: GroovySource, source: string, block: GroovyBlock): readonly Swallow[] {
  if (!/^try$/u.test(block.header)) return [];
  const swallows: Swallow[] = [];
  let end = block.end;
  for (;;) {
    const next = blocks.find(({ start }) => start > end && /^\s*catch\s*\([^)]*\)\s*$/u.test(code.slice(end + 1, start)));
    if (next === undefined) return swallows;
    const body = code.slice(next.start, next.end + 1);
    const setsFailure = /currentBuild\.result\s*=\s*['"]FAILURE['"]/u.test(source.slice(next.start, next.end));
    if (!/\bthrow\b|(?<![\w.])error\s*(?:\(|['"])/u.test(body) && !setsFailure) {
      swallows.push({ line: lineOf(code.indexOf('catch', end)), rule: 'catch', what: 'The failure ends in this catch, and the build goes on.', instead: 'End the catch with throw, or use finally alone.' });
    }
    end = next.end;
  }
}
