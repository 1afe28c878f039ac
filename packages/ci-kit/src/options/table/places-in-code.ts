import { GATING, type OptionDeclaration } from '../option.js';

/** Options about where in the code findings lie. */
export const PLACES_IN_CODE = [
  {
    name: 'path-rule',
    type: 'text',
    commands: [...GATING, 'findings'],
    group: 'Output',
    placeholder: 'FROM=TO',
    default: null,
    defaultText: 'the files of the checkout alone',
    repeatable: true,
    help: "Paths of findings that begin with FROM (*, ? and ** allowed) begin with TO in the repository, for instance shop.war/WEB-INF/classes=backend/src/main/java. The first rule that fits decides.",
  },
  {
    name: 'data-paths',
    type: 'choice',
    commands: ['scan', 'wait', 'pipeline-scan', 'findings'],
    group: 'Output',
    placeholder: 'WHICH',
    choices: ['none', 'violating'] as const,
    default: 'none',
    help: 'With violating, read how data reaches the open static findings that violate the policy: one call for each. A pipeline scan brings those of findings that fail the gates with it, at no call.',
  },
] as const satisfies readonly OptionDeclaration[];
