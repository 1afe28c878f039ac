import { JUDGING, type OptionDeclaration } from '../option.js';

/** Options about reports in the formats of others. */
export const REPORTS = [
  {
    name: 'report',
    type: 'text',
    commands: [...JUDGING, 'report'],
    group: 'Output',
    placeholder: 'FORMAT=PATH',
    default: null,
    defaultText: 'none',
    repeatable: true,
    help: 'Write a report in this format to this file, for instance sarif=veracode.sarif. `verapipe report --help` lists the formats.',
  },
  {
    name: 'earlier',
    type: 'text',
    commands: [...JUDGING, 'report'],
    group: 'Output',
    placeholder: 'FILE',
    default: null,
    defaultText: 'none',
    repeatable: true,
    help: 'Results of earlier runs (verapipe-results.json), in any order: reports tell how findings developed, and what is new and fixed since the newest.',
  },
] as const satisfies readonly OptionDeclaration[];
