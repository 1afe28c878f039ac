import { COMMANDS, JUDGING, READING, type OptionDeclaration } from '../option.js';

/** Options about what is written and printed. */
export const OUTPUT = [
  {
    name: 'output-dir',
    type: 'text',
    commands: [...JUDGING, ...READING, 'preflight'],
    group: 'Output',
    placeholder: 'DIR',
    default: '.',
    help: 'Folder of verapipe-results.json, veracode-detailed-report.xml and .verapipe/scan.json; of a pipeline scan results.json and filtered_results.json as well.',
  },
  {
    name: 'json',
    type: 'boolean',
    commands: COMMANDS,
    group: 'Output',
    default: false,
    help: 'Print one JSON object: the results without findings, or what the command is about.',
  },
  {
    name: 'quiet',
    type: 'boolean',
    commands: COMMANDS,
    group: 'Output',
    default: false,
    help: 'No progress, only the outcome.',
  },
  {
    name: 'debug',
    type: 'boolean',
    commands: COMMANDS,
    group: 'Output',
    default: false,
    help: 'Tell every request and answer on stderr, without secrets.',
  },
  {
    name: 'color',
    type: 'boolean',
    commands: COMMANDS,
    group: 'Output',
    default: true,
    help: 'With --no-color, or NO_COLOR in the environment, the output is plain.',
  },
] as const satisfies readonly OptionDeclaration[];
