import { ROLE_PURPOSES } from '@verapipe/core';

import { ASKING, type OptionDeclaration } from '../option.js';

/** Options of the commands that look before anything is done. */
export const PREFLIGHT = [
  {
    name: 'for',
    type: 'choice',
    commands: ['preflight', 'lint', 'credentials create-service-account'],
    group: 'Preflight',
    placeholder: 'COMMAND',
    choices: ROLE_PURPOSES,
    default: null,
    defaults: { preflight: 'scan', lint: 'scan' },
    defaultText: 'scan; of an account the roles of --role',
    help: 'What is to run later: it decides which roles are needed, and what a preflight and the artifact lint look at.',
  },
  {
    name: 'write',
    type: 'boolean',
    commands: ['preflight'],
    group: 'Preflight',
    default: false,
    help: 'Rehearse the write path as well: make a sandbox and a build, upload a tiny file, remove all of it. Nothing is scanned.',
  },
  {
    name: 'job-timeout',
    type: 'integer',
    commands: ['preflight'],
    group: 'Preflight',
    placeholder: 'MINUTES',
    unit: 'minutes',
    min: 1,
    max: 100_000,
    default: null,
    defaultText: 'CI_JOB_TIMEOUT of GitLab CI; elsewhere unknown',
    help: "The CI's own time limit of the job, to be compared with --timeout.",
  },
  {
    name: 'conformance',
    type: 'boolean',
    commands: ['preflight'],
    group: 'Preflight',
    default: false,
    help: 'Compare the answers of the platform with the shapes that verapipe expects and write the differences, without values, to verapipe-conformance.json.',
  },
  {
    name: 'status-url',
    type: 'text',
    commands: ASKING,
    group: 'Platform and network',
    placeholder: 'URL',
    default: null,
    defaultText: "the region's, such as https://status.veracode.com; none with another --platform-url",
    help: 'Base of the public status page, whose summary is read when the platform fails.',
  },
] as const satisfies readonly OptionDeclaration[];
