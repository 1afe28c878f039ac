import { BOTH, type OptionDeclaration } from '../option.js';

/** Options about what is written and printed. */
export const OUTPUT = [
  {
    name: 'output-dir',
    type: 'text',
    commands: BOTH,
    group: 'Output',
    placeholder: 'DIR',
    default: '.',
    help: 'Folder of verapipe-results.json, veracode-detailed-report.xml and .verapipe/scan.json.',
  },
  {
    name: 'json',
    type: 'boolean',
    commands: BOTH,
    group: 'Output',
    default: false,
    help: 'Print the results without findings as one JSON object.',
  },
  {
    name: 'quiet',
    type: 'boolean',
    commands: BOTH,
    group: 'Output',
    default: false,
    help: 'No progress, only the outcome.',
  },
  {
    name: 'debug',
    type: 'boolean',
    commands: BOTH,
    group: 'Output',
    default: false,
    help: 'Tell every request and answer on stderr, without secrets.',
  },
  {
    name: 'color',
    type: 'boolean',
    commands: BOTH,
    group: 'Output',
    default: true,
    help: 'With --no-color, or NO_COLOR in the environment, the output is plain.',
  },
] as const satisfies readonly OptionDeclaration[];
