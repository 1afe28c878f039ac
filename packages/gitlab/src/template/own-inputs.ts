import type { ComponentInput } from './component-input.js';

/** Prefix of the variables that tell the jobs about the component; `VERAPIPE_` is that of options. */
const PREFIX = 'COMPONENT_';

/** Inputs of every template that are no options of a command. */
export function commonInputs({ jobPrefix, when, whenDefault }: { readonly jobPrefix: string; readonly when: readonly string[]; readonly whenDefault: string }): readonly ComponentInput[] {
  return [
    { name: 'stage', type: 'string', default: 'test', regex: '^[A-Za-z0-9_.][A-Za-z0-9 _.-]*$', description: 'Stage of the jobs.', variable: null },
    {
      name: 'image',
      type: 'string',
      regex: '^[^\\s"\'#]+$',
      description: 'Image with verapipe-gitlab: the one of this component, or its copy in your registry. Name a version or a digest, not latest.',
      variable: null,
    },
    { name: 'job-prefix', type: 'string', default: jobPrefix, regex: '^[A-Za-z0-9][A-Za-z0-9_.-]*$', description: 'The names of the jobs begin with this.', variable: null },
    {
      name: 'report-dir',
      type: 'string',
      default: 'veracode',
      regex: '^[A-Za-z0-9_-][A-Za-z0-9_./-]*$',
      description: 'Folder of results and reports, inside of the checkout. Each scan of a pipeline needs its own.',
      variable: `${PREFIX}REPORT_DIR`,
    },
    { name: 'when', type: 'string', default: whenDefault, options: when, description: 'In which pipelines the jobs run.', variable: null },
    {
      name: 'allowed-exit-codes',
      type: 'array',
      default: [8],
      description: 'Exit codes with which a job may fail without failing the pipeline: 8 is "skipped: no credentials". With [1, 8] a failed gate is a warning. Never empty.',
      variable: null,
    },
  ];
}

/** Inputs of the templates that scan. */
export const SCAN_INPUTS: readonly ComponentInput[] = [
  {
    name: 'mode',
    type: 'string',
    default: 'two-jobs',
    options: ['two-jobs', 'single-job'],
    description: 'Two jobs: one scans and carries the reports, one decides, because GitLab takes no security report of a job that failed. A single job scans and decides; for those without Ultimate.',
    variable: `${PREFIX}MODE`,
  },
  {
    name: 'use-matrix',
    type: 'boolean',
    default: false,
    description: 'Run the jobs once for each leg of the input matrix.',
    variable: `${PREFIX}USE_MATRIX`,
  },
  {
    name: 'matrix',
    type: 'array',
    default: [],
    description: 'Legs, as parallel:matrix takes them, for instance [{MODULE: [cart, shop]}]; other inputs can say $MODULE. Needs use-matrix: true.',
    variable: `${PREFIX}MATRIX`,
  },
  {
    name: 'baseline-from-target-branch',
    type: 'boolean',
    default: false,
    description: 'Only findings count that the last successful scan job of the target branch (else of the default branch) did not have; read from its artifacts with the job token. Where there are none, every finding counts.',
    variable: `${PREFIX}TARGET_BASELINE`,
  },
];

/** Inputs of the template whose scans can lie in a sandbox. */
export const SANDBOX_INPUTS: readonly ComponentInput[] = [
  {
    name: 'sandbox-from-branch',
    type: 'boolean',
    default: false,
    description: 'Scan branches other than the default branch in a sandbox of their name (with create-sandbox: true, which is made where it is missing).',
    variable: `${PREFIX}SANDBOX_FROM_BRANCH`,
  },
];
