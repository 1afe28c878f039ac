import { extensionOf, foldersOf } from './archive/entry-name.js';
import { BINARIES, filesOf, stemOf } from './entries.js';
import type { LintTarget, RuleContext } from './rule.js';
import type { Survey, SurveyedEntry } from './survey/survey.js';

/** What rules know of all artifacts of a run together, found out once. Pure. */
export function createRuleContext(surveys: readonly Survey[], target: LintTarget): RuleContext {
  const isBinary = ({ name }: { readonly name: string }): boolean => BINARIES.includes(extensionOf(name));
  const symbols = surveys.flatMap((survey) => filesOf(survey).filter(({ name }) => extensionOf(name) === 'pdb').map((entry) => symbolKey(survey, entry)));
  return {
    target,
    hasBinaries: surveys.some((survey) => isBinary({ name: survey.artifact }) || filesOf(survey).some(isBinary)),
    symbols: new Set(symbols),
  };
}

/** The same for an assembly and its .pdb: in archives in the same folder; of single files, folders are not kept on the platform. Pure. */
export function symbolKey(survey: Survey, { name, within }: SurveyedEntry): string {
  const place = survey.isArchive ? [survey.path, within, ...foldersOf(name)].join('\0') : '';
  return `${place}\0${stemOf(name)}`.toLowerCase();
}
