import { LINT_MODES } from '@verapipe/core';

import { SCAN, type OptionDeclaration } from '../option.js';

/** Options about looking into artifacts before they are sent. */
export const ARTIFACT_LINT = [
  {
    name: 'lint',
    type: 'choice',
    commands: [...SCAN, 'pipeline-scan', 'preflight'],
    group: 'What to scan',
    placeholder: 'HOW',
    choices: LINT_MODES,
    default: 'warn',
    help: 'What to do about artifacts that the platform would reject or scan badly: with error, findings of that severity are faults of the input, and nothing is sent.',
  },
  {
    name: 'lint-ignore',
    type: 'text',
    commands: [...SCAN, 'pipeline-scan', 'lint', 'preflight'],
    group: 'What to scan',
    placeholder: 'RULE',
    default: null,
    defaultText: 'no rule',
    repeatable: true,
    help: 'Suppress a rule of the artifact lint by its id, as the findings name it.',
  },
] as const satisfies readonly OptionDeclaration[];
