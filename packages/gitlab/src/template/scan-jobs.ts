import type { ComponentInput } from './component-input.js';
import { renderVariables } from './render-variables.js';

/** The jobs of a template that scans. */
export interface ScanJobs {
  readonly scanInputs: readonly ComponentInput[];
  readonly gateInputs: readonly ComponentInput[];
  /** When they run, and as which command: the entries of `rules` after the general ones. */
  readonly rules: string;
  /** Keys of `artifacts:reports` with their files, in the report folder. */
  readonly reports: Readonly<Record<string, string>>;
}

/**
 * The jobs of a template that scans. GitLab takes no security report of a job that failed: the first job reports and fails
 * only when the scan itself did not work, the second decides. One include brings both, so that nobody copies the first
 * alone and stays green for ever. Pure.
 *
 * @see docs.gitlab.com "Security scanner integration"
 */
export function renderScanJobs({ scanInputs, gateInputs, rules, reports }: ScanJobs): string {
  const files = Object.entries(reports).map(([key, file]) => `      ${key}: "$[[ inputs.report-dir ]]/${file}"\n`);
  return `# One of these two is the base of both jobs; GitLab takes no hidden job without content.
".$[[ inputs.job-prefix ]]_matrix_false":
${PLACE}
".$[[ inputs.job-prefix ]]_matrix_true":
${PLACE}  parallel:
    matrix: $[[ inputs.matrix ]]

"$[[ inputs.job-prefix ]]_sast":
  extends: ".$[[ inputs.job-prefix ]]_matrix_$[[ inputs.use-matrix ]]"
  variables:
${renderVariables(scanInputs)}  script:
    - verapipe-gitlab scan
  allow_failure:
    exit_codes: $[[ inputs.allowed-exit-codes ]]
  # A repeated job finds its own scan again by its name, and uploads nothing twice.
  retry:
    max: 1
    when: [runner_system_failure, stuck_or_timeout_failure]
  artifacts:
    when: always
    paths: ["$[[ inputs.report-dir ]]/"]
    reports:
${files.join('')}  rules:
${rules}
"$[[ inputs.job-prefix ]]_gate":
  extends: ".$[[ inputs.job-prefix ]]_matrix_$[[ inputs.use-matrix ]]"
  needs: ["$[[ inputs.job-prefix ]]_sast"]
  variables:
${renderVariables(gateInputs)}  script:
    - verapipe-gitlab gate
  allow_failure:
    exit_codes: $[[ inputs.allowed-exit-codes ]]
  rules:
    - if: '"$[[ inputs.mode ]]" == "single-job"'
      when: never
${rules}`;
}

const PLACE = `  stage: "$[[ inputs.stage ]]"
  image: "$[[ inputs.image ]]"
`;

/** What every template that scans respects, as GitLab's own do. */
export const DISABLED_RULE = `    - if: $SAST_DISABLED == "true" || $SAST_DISABLED == "1"
      when: never
`;
