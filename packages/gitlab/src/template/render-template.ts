import { stringify } from 'yaml';

import type { ComponentInput } from './component-input.js';

/** One component: its inputs, and its jobs as the text that GitLab fills in. */
export interface Template {
  /** The folder in `templates/`. */
  readonly name: string;
  readonly inputs: readonly ComponentInput[];
  readonly jobs: string;
}

const NOTICE = `# Made from the options of the command line by packages/gitlab; do not edit: UPDATE_TEMPLATES=1 pnpm test templates
`;

/** The whole `template.yml`. Pure. */
export function renderTemplate({ inputs, jobs }: Template): string {
  const declared = Object.fromEntries(inputs.map(({ name, type, default: whenAbsent, options, regex, description }) => [name, { type, default: whenAbsent, options, regex, description }]));
  return `${NOTICE}${stringify({ spec: { inputs: declared } }, { lineWidth: 0, keepUndefined: false })}---\n${jobs}`;
}
