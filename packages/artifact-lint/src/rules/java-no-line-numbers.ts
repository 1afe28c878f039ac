import { aboutEntries } from '../complaints.js';
import { filesOf } from '../entries.js';
import type { RuleDefinition } from '../rule.js';
import type { SurveyedEntry } from '../survey/survey.js';

/** Without line numbers a finding names a class and a method, and no line. */
export const JAVA_NO_LINE_NUMBERS: RuleDefinition = {
  id: 'java-no-line-numbers',
  title: 'Java classes without line numbers',
  severity: 'warning',
  advice: 'Compile with debug information: javac -g; in Maven, no debuglevel none; in Gradle, options.debug = true.',
  example: 'shop.jar compiled with javac -g:none',
  check(survey) {
    const withCode = filesOf(survey).filter(hasCode);
    const without = withCode.filter(({ content }) => content?.kind === 'class' && !content.hasLineNumbers);
    return aboutEntries(without, `Classes without line numbers, of ${withCode.length} that were read`);
  },
};

function hasCode({ content }: SurveyedEntry): boolean {
  return content?.kind === 'class' && content.hasCode;
}
