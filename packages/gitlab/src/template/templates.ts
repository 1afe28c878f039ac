import type { ComponentInput } from './component-input.js';
import { inputsOfCommands } from './option-inputs.js';
import { commonInputs, SANDBOX_INPUTS, SCAN_INPUTS } from './own-inputs.js';
import type { Template } from './render-template.js';
import { renderVariables } from './render-variables.js';
import { DISABLED_RULE, renderScanJobs } from './scan-jobs.js';

/** Reports of a platform scan. */
const ALL_REPORTS = {
  sast: 'gl-sast-report.json',
  dependency_scanning: 'gl-dependency-scanning-report.json',
  cyclonedx: 'gl-sbom-veracode.cdx.json',
  codequality: 'gl-code-quality-report.json',
  junit: 'veracode-junit.xml',
  annotations: 'gl-annotations.json',
  dotenv: 'veracode.env',
};

/** A pipeline scan looks at no components: an empty report of them would close what others found. */
const { dependency_scanning: _dependencies, cyclonedx: _bill, ...PIPELINE_REPORTS } = ALL_REPORTS;

const IS_DEFAULT_BRANCH = '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH';
const IS_MERGE_REQUEST = '$CI_PIPELINE_SOURCE == "merge_request_event"';

/** An entry of `rules` for one word of the input `when`. */
function rule(word: string, condition: string | null, command: string): string {
  const isAsked = `"$[[ inputs.when ]]" =~ /${word}/`;
  return `    - if: '${condition === null ? isAsked : `${isAsked} && ${condition}`}'\n      variables:\n        COMPONENT_COMMAND: ${command}\n`;
}

/** Policy and sandbox scans, and pipeline scans in merge requests. */
function veracodeScan(): Template {
  const common = commonInputs({
    jobPrefix: 'veracode',
    when: ['default-branch-policy-scan, merge-request-pipeline-scan', 'default-branch-policy-scan', 'merge-request-pipeline-scan', 'always'],
    whenDefault: 'default-branch-policy-scan, merge-request-pipeline-scan',
  });
  const scanInputs = inputsOfCommands(['scan', 'pipeline-scan']);
  const gateInputs = inputsOfCommands(['gate']);
  const rules = `${DISABLED_RULE}${rule('always', null, 'scan')}${rule('default-branch-policy-scan', IS_DEFAULT_BRANCH, 'scan')}${rule('merge-request-pipeline-scan', IS_MERGE_REQUEST, 'pipeline-scan')}`;
  return scanTemplate({ name: 'veracode-scan', own: [...common, ...SCAN_INPUTS, ...SANDBOX_INPUTS], scanInputs, gateInputs, rules, reports: ALL_REPORTS });
}

/** Pipeline scans only. */
function veracodePipelineScan(): Template {
  const common = commonInputs({ jobPrefix: 'veracode-pipeline', when: ['merge-request-pipeline-scan', 'always'], whenDefault: 'merge-request-pipeline-scan' });
  const scanInputs = inputsOfCommands(['pipeline-scan']);
  // Nothing of a pipeline scan stays on the platform: there is nothing to verify, and nobody to ask.
  const gateInputs = inputsOfCommands(['gate']).filter(({ name, option }) => name !== 'verify-platform' && option.group !== 'Platform and network');
  const rules = `${DISABLED_RULE}${rule('always', null, 'pipeline-scan')}${rule('merge-request-pipeline-scan', IS_MERGE_REQUEST, 'pipeline-scan')}`;
  return scanTemplate({ name: 'veracode-pipeline-scan', own: [...common, ...SCAN_INPUTS], scanInputs, gateInputs, rules, reports: PIPELINE_REPORTS });
}

interface ScanTemplate {
  readonly name: string;
  readonly own: readonly ComponentInput[];
  readonly scanInputs: readonly ComponentInput[];
  readonly gateInputs: readonly ComponentInput[];
  readonly rules: string;
  readonly reports: Readonly<Record<string, string>>;
}

function scanTemplate({ name, own, scanInputs, gateInputs, rules, reports }: ScanTemplate): Template {
  const forGateOnly = gateInputs.filter((input) => !scanInputs.some((other) => other.name === input.name));
  const gateOwn = own.filter((input) => input.name !== 'sandbox-from-branch');
  const jobs = renderScanJobs({ scanInputs: [...own, ...scanInputs], gateInputs: [...gateOwn, ...gateInputs], rules, reports });
  return { name, inputs: [...own, ...scanInputs, ...forGateOnly], jobs };
}

/** Everything that a scan would meet, before it is due. */
function veracodePreflight(): Template {
  const own = commonInputs({ jobPrefix: 'veracode', when: ['always', 'default-branch', 'merge-request', 'manual'], whenDefault: 'always' });
  const inputs = inputsOfCommands(['preflight']);
  const jobs = `"$[[ inputs.job-prefix ]]_preflight":
  stage: "$[[ inputs.stage ]]"
  image: "$[[ inputs.image ]]"
  variables:
${renderVariables([...own, ...inputs])}  script:
    - verapipe-gitlab preflight
  allow_failure:
    exit_codes: $[[ inputs.allowed-exit-codes ]]
  artifacts:
    when: always
    paths: ["$[[ inputs.report-dir ]]/"]
  rules:
    - if: '"$[[ inputs.when ]]" == "always"'
    - if: '"$[[ inputs.when ]]" == "default-branch" && ${IS_DEFAULT_BRANCH}'
    - if: '"$[[ inputs.when ]]" == "merge-request" && ${IS_MERGE_REQUEST}'
    - if: '"$[[ inputs.when ]]" == "manual"'
      when: manual
`;
  return { name: 'veracode-preflight', inputs: [...own, ...inputs], jobs };
}

/** Every component of the project. */
export const TEMPLATES: readonly Template[] = [veracodeScan(), veracodePipelineScan(), veracodePreflight()];
