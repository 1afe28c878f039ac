import { MODULE_SELECTIONS } from '@verapipe/core';

import { SCAN, type OptionDeclaration } from '../option.js';

/** Options about the modules that are scanned. */
export const MODULES = [
  {
    name: 'modules',
    type: 'choice',
    commands: SCAN,
    group: 'Modules',
    placeholder: 'WHICH',
    choices: MODULE_SELECTIONS,
    default: 'all-non-fatal',
    help: 'Which of the modules that the prescan finds are scanned. Modules with fatal errors and dependencies never are.',
  },
  {
    name: 'include-modules',
    type: 'text',
    commands: [...SCAN, 'pipeline-scan'],
    group: 'Modules',
    placeholder: 'PATTERN',
    default: null,
    defaultText: 'every module',
    repeatable: true,
    help: 'Scan modules whose names match (*, ?). When nothing matches, the scan fails.',
    oldNames: ['include', 'scan-includes-pattern'],
  },
  {
    name: 'exclude-modules',
    type: 'text',
    commands: SCAN,
    group: 'Modules',
    placeholder: 'PATTERN',
    default: null,
    defaultText: 'nothing',
    repeatable: true,
    help: 'Leave out modules whose names match (*, ?).',
    oldNames: ['scan-excludes-pattern'],
  },
] as const satisfies readonly OptionDeclaration[];
