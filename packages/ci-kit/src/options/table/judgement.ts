import { CONDITIONAL_PASS_CHOICES } from '@verapipe/core';

import { BOTH, type OptionDeclaration } from '../option.js';

/** Options about what fails a run. */
export const JUDGEMENT = [
  {
    name: 'fail-on-severity',
    type: 'severity',
    commands: BOTH,
    group: 'Judgement',
    placeholder: 'SEVERITY',
    default: null,
    defaultText: "the platform's policy alone decides",
    help: 'Fail when a finding of this severity or above is open: Very High to Informational, or 5 to 0. Of a list the lowest counts.',
  },
  {
    name: 'conditional-pass',
    type: 'choice',
    commands: BOTH,
    group: 'Judgement',
    placeholder: 'HOW',
    choices: CONDITIONAL_PASS_CHOICES,
    default: 'pass',
    help: 'What a Conditional Pass counts as: rules are violated, and their grace period still runs.',
  },
  {
    name: 'report-only',
    type: 'boolean',
    commands: BOTH,
    group: 'Judgement',
    default: false,
    help: 'Evaluate, record and print the gates, but let no gate fail the run.',
  },
  {
    name: 'missing-credentials',
    type: 'choice',
    commands: BOTH,
    group: 'Judgement',
    placeholder: 'HOW',
    choices: ['fail', 'skip'] as const,
    default: 'fail',
    help: 'What to do without credentials, for instance in pull requests from forks. Skipping ends with exit code 8, never as a pass.',
  },
] as const satisfies readonly OptionDeclaration[];
