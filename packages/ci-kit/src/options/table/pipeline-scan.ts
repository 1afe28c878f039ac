import { PIPELINE_STAGES } from '@verapipe/core';

import type { OptionDeclaration } from '../option.js';

/** Options of pipeline scans. */
export const PIPELINE_SCAN = [
  {
    name: 'project-name',
    type: 'text',
    commands: ['pipeline-scan'],
    group: 'Pipeline scan',
    placeholder: 'NAME',
    default: null,
    defaultText: 'the pipeline of the CI',
    help: 'Label of the scan. The platform keeps nothing under it.',
  },
  {
    name: 'project-url',
    type: 'text',
    commands: ['pipeline-scan'],
    group: 'Pipeline scan',
    placeholder: 'URL',
    default: null,
    defaultText: 'the repository of the CI run',
    help: 'Label of the scan: where its code lies.',
  },
  {
    name: 'project-ref',
    type: 'text',
    commands: ['pipeline-scan'],
    group: 'Pipeline scan',
    placeholder: 'REF',
    default: null,
    defaultText: 'the branch of the CI run',
    help: 'Label of the scan: branch or tag of its code.',
  },
  {
    name: 'stage',
    type: 'choice',
    commands: ['pipeline-scan'],
    group: 'Pipeline scan',
    placeholder: 'STAGE',
    choices: PIPELINE_STAGES,
    otherWords: { Development: 'DEVELOPMENT', Testing: 'TESTING', Release: 'RELEASE' },
    default: 'DEVELOPMENT',
    help: 'Where the code stands in its life.',
    oldNames: ['development-stage'],
  },
] as const satisfies readonly OptionDeclaration[];
