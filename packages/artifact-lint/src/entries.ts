import { baseName, extensionOf } from './archive/entry-name.js';
import { isPlainArchive } from './archive/archive-names.js';
import type { Survey, SurveyedEntry } from './survey/survey.js';

/** Files of an artifact and of the archives in it. Pure. */
export function filesOf({ entries }: Survey): readonly SurveyedEntry[] {
  return entries.filter(({ kind }) => kind === 'file');
}

/** Files with one of these extensions. Pure. */
export function filesWith(survey: Survey, extensions: readonly string[]): readonly SurveyedEntry[] {
  return filesOf(survey).filter(({ name }) => extensions.includes(extensionOf(name)));
}

/** Sources of languages that the platform scans as binaries only. */
export const COMPILED_SOURCES: readonly string[] = ['java', 'kt', 'scala', 'groovy', 'cs', 'vb', 'fs', 'c', 'cc', 'cpp', 'cxx', 'h', 'hpp'];

/** Binaries that the platform scans. */
export const BINARIES: readonly string[] = ['class', 'dll', 'exe', 'so', 'dylib', 'a', 'lib', 'o', 'jar', 'war', 'ear', 'apk', 'aab', 'aar', 'ipa', 'dex', 'bc'];

/** Sources that the platform scans as they are. */
export const SCRIPTS: readonly string[] = [
  ...['js', 'mjs', 'cjs', 'jsx', 'ts', 'mts', 'cts', 'tsx', 'vue', 'py', 'php', 'rb', 'go', 'pl', 'pm', 'cfm', 'cfc', 'asp', 'jsp', 'jspx'],
  ...['cbl', 'cob', 'sql', 'pks', 'pkb', 'trg', 'cls', 'trigger', 'page', 'component', 'bas', 'frm', 'rpgle', 'abap', 'dart', 'swift', 'm', 'tf'],
  ...['html', 'htm', 'xhtml', 'aspx', 'ascx', 'cshtml', 'vbhtml', 'razor', 'tmpl', 'ejs', 'hbs'],
];

/** Native programs often have no extension. Pure. */
export function isScannable({ name }: SurveyedEntry): boolean {
  const extension = extensionOf(name);
  return BINARIES.includes(extension) || SCRIPTS.includes(extension) || COMPILED_SOURCES.includes(extension);
}

/** True for an archive that keeps files together and is no module. Pure. */
export function isPlainArchiveEntry({ kind, name }: SurveyedEntry): boolean {
  return kind === 'file' && isPlainArchive(name);
}

/** Folders that other rules speak about; what lies in them is not said twice. */
const SPOKEN_ABOUT = /(?:^|\/)(?:node_modules|bower_components|jspm_packages|\.git|\.svn|\.hg|site-packages)\//iu;

/** True for what lies in a folder that has a rule of its own. Pure. */
export function isSpokenAbout({ name }: SurveyedEntry): boolean {
  return SPOKEN_ABOUT.test(name);
}

/** The name without its last extension. Pure. */
export function stemOf(name: string): string {
  const base = baseName(name);
  const at = base.lastIndexOf('.');
  return at <= 0 ? base : base.slice(0, at);
}
