import type { OptionDeclaration } from '../option.js';

/** What lets a gate over a file ask the platform. */
export const VERIFY_PLATFORM = [
  {
    name: 'verify-platform',
    type: 'boolean',
    commands: ['gate'],
    group: 'Judgement',
    default: false,
    help: 'Read the scan of the results again from the platform, and refuse to judge results that say anything else (exit code 5). Needs credentials; of a policy or sandbox scan only.',
  },
] as const satisfies readonly OptionDeclaration[];
