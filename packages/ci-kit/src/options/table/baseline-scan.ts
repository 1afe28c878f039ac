import { JUDGING, type OptionDeclaration } from '../option.js';

/** The option about scans of the platform as a baseline; whoever only reads files has it not. */
export const BASELINE_SCAN = [
  {
    name: 'baseline-scan',
    type: 'text',
    commands: JUDGING,
    group: 'Judgement',
    placeholder: 'policy|sandbox:NAME',
    default: null,
    defaultText: 'none',
    help: "Instead of --baseline: findings of the application's last published policy scan, or of the last one in a sandbox, are known already. Only what is older than the scan itself counts. A pipeline scan needs --app for it.",
  },
] as const satisfies readonly OptionDeclaration[];
