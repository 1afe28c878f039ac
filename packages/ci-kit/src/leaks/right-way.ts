import type { CiSystem } from '../ci-context/ci-context.js';
import type { PipelineSystem } from '../pipelines/pipeline-system.js';

/**
 * How each CI hands secrets to a job without showing them to anybody else.
 *
 * @see docs.gitlab.com "GitLab CI/CD variables"; learn.microsoft.com "Set secret variables"; support.atlassian.com
 *   "Variables and secrets"; jenkins.io "Credentials Binding"
 */
const RIGHT_WAYS: Readonly<Record<PipelineSystem, string>> = {
  gitlab:
    'In GitLab: make VERACODE_API_KEY_ID and VERACODE_API_KEY_SECRET masked (and hidden) and protected variables in Settings > CI/CD > Variables; jobs on protected branches and tags have them in their environment, and the pipeline file does not name them.',
  azure:
    'In Azure Pipelines: make VERACODE_API_KEY_ID and VERACODE_API_KEY_SECRET secret variables, of the pipeline or of a variable group, and map them in the step: env: { VERACODE_API_KEY_ID: $(VERACODE_API_KEY_ID), VERACODE_API_KEY_SECRET: $(VERACODE_API_KEY_SECRET) }. Secret variables reach a script in no other way.',
  bitbucket:
    'In Bitbucket: make VERACODE_API_KEY_ID and VERACODE_API_KEY_SECRET secured variables in Repository settings > Repository variables (or of the workspace or deployment); steps have them in their environment.',
  jenkins:
    "In Jenkins: keep the pair as a credential and bind it around the call: withCredentials([usernamePassword(credentialsId: 'veracode', usernameVariable: 'VERACODE_API_KEY_ID', passwordVariable: 'VERACODE_API_KEY_SECRET')]) { … }, with the shell text in single quotes.",
};

const ANYWHERE = 'Keep them in the secret store of the CI and hand them over in the environment: VERACODE_API_KEY_ID and VERACODE_API_KEY_SECRET.';

const SYSTEM_OF_CONTEXT: Readonly<Record<CiSystem, PipelineSystem>> = {
  'azure-pipelines': 'azure',
  'gitlab-ci': 'gitlab',
  'bitbucket-pipelines': 'bitbucket',
  jenkins: 'jenkins',
};

/** Where secrets belong in a CI; a general sentence where it is not known. */
export function rightWay(system: PipelineSystem | null): string {
  return system === null ? ANYWHERE : RIGHT_WAYS[system];
}

/** The same for the CI that a run is in. */
export function rightWayHere(ci: { readonly system: CiSystem } | null): string {
  return rightWay(ci === null ? null : SYSTEM_OF_CONTEXT[ci.system]);
}
