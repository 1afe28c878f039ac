import { isScanCall } from './scan-call.js';
import { type ScriptLine, splitCommands } from './shell-commands.js';
import type { Swallow } from './swallow.js';

const POWERSHELL = { comment: /^\s*#/u, continues: /`\s*$/u };
const BATCH = { comment: /^\s*(?:rem\b|::)/iu, continues: /\^\s*$/u };

/** The lines of a PowerShell script with their continuations, without comments. */
export function readPowerShellLines(lines: readonly ScriptLine[]): readonly ScriptLine[] {
  return joined(lines, POWERSHELL);
}

/** The same of a batch file. */
export function readBatchLines(lines: readonly ScriptLine[]): readonly ScriptLine[] {
  return joined(lines, BATCH);
}

/** Finds what swallows the exit codes of scans in a PowerShell script: it goes on whatever a program ends with. */
export function lintPowerShell(lines: readonly ScriptLine[]): readonly Swallow[] {
  return lintEach(lines, {
    ...POWERSHELL,
    isRead: (before, after) => /\$PSNativeCommandUseErrorActionPreference\s*=\s*\$true/iu.test(before) || (/\$LASTEXITCODE/iu.test(after) && /\b(?:exit|throw)\b/iu.test(after)),
    swallow: (line) => ({
      line,
      rule: 'last-exit-code',
      what: 'PowerShell goes on when a program fails, and the script ends with the code of the last program.',
      instead: 'Write right after it: if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }.',
    }),
  });
}

/** The same for a batch file. */
export function lintBatch(lines: readonly ScriptLine[]): readonly Swallow[] {
  return lintEach(lines, {
    ...BATCH,
    isRead: (_before, after) => /errorlevel/iu.test(after.split('\n').slice(0, 2).join('\n')) && /\bexit\b(?!\s+(?:\/b\s+)?0\b)/iu.test(after),
    swallow: (line) => ({
      line,
      rule: 'error-level',
      what: 'A batch file goes on when a program fails, and ends with the code of its last command.',
      instead: 'Write right after it: if errorlevel 1 exit /b %errorlevel%',
    }),
  });
}

interface Syntax {
  readonly comment: RegExp;
  readonly continues: RegExp;
}

interface WindowsShell extends Syntax {
  /** True where the code of the call is looked at. */
  readonly isRead: (before: string, after: string) => boolean;
  readonly swallow: (line: number) => Swallow;
}

function lintEach(lines: readonly ScriptLine[], shell: WindowsShell): readonly Swallow[] {
  const script = joined(lines, shell);
  return script.flatMap(({ text, line }, index) => {
    const commands = splitCommands(text);
    const position = commands.findIndex((command) => isScanCall(command.text));
    if (position < 0) return [];
    const before = script.slice(0, index).map((other) => other.text).join('\n');
    const rest = commands.slice(position + 1);
    const after = [...rest.map((command) => command.text), ...script.slice(index + 1).map((other) => other.text)].join('\n');
    if (commands[position]?.operator === '||') return /\b(?:exit|throw)\b(?!\s+(?:\/b\s+)?0\b)/iu.test(rest.map((command) => command.text).join(' ')) ? [] : [orElse(line)];
    return after.trim() === '' || shell.isRead(before, after) ? [] : [shell.swallow(line)];
  });
}

function orElse(line: number): Swallow {
  return { line, rule: 'or', what: 'What stands after || takes the place of the failure.', instead: 'Call it on a line of its own, and let its exit code end the step.' };
}

function joined(lines: readonly ScriptLine[], { comment, continues }: Syntax): readonly ScriptLine[] {
  const script: ScriptLine[] = [];
  let pending: ScriptLine | null = null;
  for (const { text, line } of lines) {
    if (comment.test(text) || text.trim() === '') continue;
    const whole: ScriptLine = pending === null ? { text, line } : { text: `${pending.text} ${text}`, line: pending.line };
    pending = continues.test(text) ? { ...whole, text: whole.text.replace(continues, '') } : null;
    if (pending === null) script.push(whole);
  }
  return pending === null ? script : [...script, pending];
}
