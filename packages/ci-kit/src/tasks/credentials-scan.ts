import { compilePathPattern, LocalError, VERSION, type ValidationIssue } from '@verapipe/core';
import { printable } from '@verapipe/reports';

import { filesToSearch } from '../leaks/files-to-search.js';
import { LEAK_WORDS, type LeakPlace, type SuppressedLeak } from '../leaks/leak.js';
import { rightWay } from '../leaks/right-way.js';
import { type Search, searchFiles } from '../leaks/search-files.js';
import { systemOfName } from '../pipelines/pipeline-system.js';
import type { CheckedWork } from '../run/check-input.js';
import { type RunContext, shownPath } from '../run/run-context.js';
import { type LocalWork, runLocalTask } from '../run/run-local-task.js';
import type { TaskInput } from '../run/run-task.js';
import type { TaskResult } from '../run/task-result.js';

/**
 * `verapipe credentials scan`: finds Veracode credentials in the files of a work tree. Prints places and never values,
 * not even parts of them. Ends with 1 on a find; without one, with 9 where something could not be looked at whole: nobody
 * knows what is in it.
 * Never throws and sets nothing of the process.
 *
 * @public
 */
export function runCredentialsScan(input: TaskInput): Promise<TaskResult> {
  return runLocalTask(input, async (run): Promise<CheckedWork<LocalWork>> => {
    const { issues, ...listed } = await listFiles(run);
    return { issues, warnings: [], notices: [], work: issues.length > 0 ? null : () => search(run, input, listed) };
  });
}

interface ListedFiles {
  readonly issues: readonly ValidationIssue[];
  readonly leftOut: readonly string[];
  readonly files: readonly string[];
}

async function listFiles({ options, input }: RunContext): Promise<ListedFiles> {
  const issues: ValidationIssue[] = [];
  const leftOut: string[] = [];
  const files = new Set<string>();
  for (const path of options.path.length === 0 ? ['.'] : options.path) {
    const listed = await filesToSearch(path, input.cwd);
    if ('fault' in listed) {
      issues.push({ path: 'path', got: `"${path}", ${listed.fault}`, wanted: 'a folder or a file to search' });
      continue;
    }
    for (const file of listed.files) files.add(file);
    leftOut.push(...listed.leftOut);
  }
  return { issues, leftOut, files: [...files] };
}

async function search(run: RunContext, input: TaskInput, { files, leftOut }: Omit<ListedFiles, 'issues'>): Promise<boolean> {
  const shown = (file: string): string => shownPath(file, input.cwd).replaceAll('\\', '/');
  const searched = await searchFiles(files, shown, input.signal);
  const isExcluded = excluder(run.options.exclude);
  const report = sort(searched, shown, isExcluded);
  const unseen = unseenOf(searched, leftOut, (file) => (isExcluded(shown(file)) ? null : shown(file)));
  await input.print(run.options.json ? renderJson(report, searched, { shown, unseen }) : renderText(report, searched, unseen));
  for (const place of report.warnings) run.emit({ type: 'warning', message: `${place.path}:${place.line}: ${LEAK_WORDS[place.kind]}; argument lists are public. ${rightWay(place.system)}` });
  if (unseen.length === 0) return report.finds.length === 0;
  const error = notSearchedWhole(unseen);
  // A find is one, whatever else there may be.
  if (report.finds.length === 0) throw error;
  run.emit({ type: 'warning', message: error.message });
  return false;
}

/** What was found, sorted out. */
interface LeakReport {
  readonly finds: readonly LeakPlace[];
  readonly warnings: readonly LeakPlace[];
  readonly suppressed: readonly SuppressedLeak[];
}

/** As for artifacts, a pattern without a folder is about file names in every folder. */
function excluder(exclude: readonly string[]): (path: string) => boolean {
  const patterns = exclude.map((pattern) => compilePathPattern(pattern.includes('/') ? pattern.replace(/^\.\//u, '') : `**/${pattern}`));
  return (path) => patterns.some((pattern) => pattern.test(path));
}

/** What was not looked at whole, and counts; ends of sentences. @param counted - the path of a file, null where a pattern excludes it */
function unseenOf({ cut, unreadable }: Search, leftOut: readonly string[], counted: (file: string) => string | null): readonly string[] {
  const files = [
    ...unreadable.map(({ file, code }) => ({ path: counted(file), why: `could not be read (${code})` })),
    ...cut.map((file) => ({ path: counted(file), why: 'is too long to be searched whole: only its beginning was' })),
  ];
  return [...leftOut, ...files.flatMap(({ path, why }) => (path === null ? [] : [`${path} ${why}`]))];
}

function sort({ found }: Search, shown: (file: string) => string, isExcluded: (path: string) => boolean): LeakReport {
  const [finds, warnings, suppressed]: [LeakPlace[], LeakPlace[], SuppressedLeak[]] = [[], [], []];
  for (const { file, leak } of found) {
    const { allowed, ...rest } = leak;
    const path = shown(file);
    const place: LeakPlace = { path, ...rest, system: systemOfName(path) };
    if (allowed) suppressed.push({ ...place, by: 'comment' });
    else if (isExcluded(path)) suppressed.push({ ...place, by: 'pattern' });
    else (place.kind === 'secret-as-argument' ? warnings : finds).push(place);
  }
  return { finds, warnings, suppressed };
}

function renderText({ finds, suppressed }: LeakReport, { searched, binary }: Search, unseen: readonly string[]): string {
  const lines = finds.map(({ path, line, kind }) => `${printable(path)}:${line}  ${LEAK_WORDS[kind]}\n`);
  const bySuppressor = (by: SuppressedLeak['by']): string => String(suppressed.filter((place) => place.by === by).length);
  const more = suppressed.length === 0 ? '' : `Not counted: ${bySuppressor('comment')} by a comment, ${bySuppressor('pattern')} by --exclude.\n`;
  const places = finds.length === 1 ? 'one place looks' : `${finds.length} places look`;
  const texts = searched === 1 ? 'one text file' : `${searched} text files`;
  const sentence = finds.length === 0 ? `No Veracode credentials in ${texts}` : `${places} like Veracode credentials, in ${texts}`;
  const binaries = binary === 0 ? '' : `; ${binary === 1 ? 'one binary file was' : `${binary} binary files were`} not searched`;
  return [...lines, `${sentence}${binaries}. Values are not shown; the history of the repository was not searched.\n`, ...(unseen.length === 0 ? [] : [`NOT SEARCHED WHOLE: ${unseen.map(printable).join('; ')}.\n`]), more, ...(finds.length === 0 ? [] : advice(finds))].join('');
}

/** What helps, in this order: a value that was committed is known, whatever becomes of the line. */
function advice(finds: readonly LeakPlace[]): readonly string[] {
  const systems = new Set(finds.flatMap(({ system }) => (system === null ? [] : [system])));
  return [
    'Next:\n',
    '  1. Revoke the pair: verapipe credentials revoke --api-id ID --yes, with the id that stands there; or on the platform, in your account menu under API Credentials, "Revoke API Credentials". Taking the line out does not help: the history keeps it.\n',
    '  2. Make a new pair, and keep it where only the job sees it.\n',
    ...(systems.size === 0 ? [`     ${rightWay(null)}\n`] : [...systems].map((system) => `     ${rightWay(system)}\n`)),
    '  3. A line that is meant, for instance an example, gets the comment verapipe:allow-credentials, or its file an --exclude.\n',
  ];
}

function renderJson({ finds, warnings, suppressed }: LeakReport, { searched, binary, cut, unreadable: unread }: Search, { shown, unseen }: { readonly shown: (file: string) => string; readonly unseen: readonly string[] }): string {
  const document = {
    schemaVersion: 1,
    tool: { name: 'verapipe', version: VERSION },
    searched: { text: searched, binary, onlyBeginnings: cut.map(shown), unreadable: unread.map(({ file, code }) => ({ path: shown(file), code })), whole: unseen.length === 0, notWhole: unseen },
    finds,
    warnings,
    suppressed,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function notSearchedWhole(unseen: readonly string[]): LocalError {
  const listed = unseen.slice(0, 5).join('; ');
  const more = unseen.length > 5 ? `; and ${String(unseen.length - 5)} more` : '';
  return new LocalError(`Not everything was searched, so nobody knows what is in it: ${listed}${more}.`, {
    code: 'not-searched-whole',
    advice: 'Run as a user who may read the whole work tree, name the paths to search, or give an --exclude for files of data that need no search.',
  });
}
