import { basename } from 'node:path/posix';

import { CI_NAMES } from '../ci-context/ci-context.js';

/** The CIs whose pipelines can be written and searched. @public */
export const PIPELINE_SYSTEMS = ['azure', 'gitlab', 'bitbucket', 'jenkins'] as const;

/** @public */
export type PipelineSystem = (typeof PIPELINE_SYSTEMS)[number];

/** What people call them. */
export const SYSTEM_NAMES: Readonly<Record<PipelineSystem, string>> = {
  azure: CI_NAMES['azure-pipelines'],
  gitlab: CI_NAMES['gitlab-ci'],
  bitbucket: CI_NAMES['bitbucket-pipelines'],
  jenkins: CI_NAMES.jenkins,
};

const NAMES: readonly (readonly [PipelineSystem, RegExp])[] = [
  ['gitlab', /\.gitlab-ci\.ya?ml$/iu],
  ['azure', /azure-pipelines?[\w.-]*\.ya?ml$|(?:^|\/)\.?(?:azure-pipelines|azuredevops|\.ado)\/.*\.ya?ml$/iu],
  ['bitbucket', /bitbucket-pipelines[\w.-]*\.ya?ml$/iu],
  ['jenkins', /(?:^|\/)jenkinsfile[\w.-]*$|\.jenkinsfile$/iu],
];

/**
 * The CI of a pipeline file, by its name.
 *
 * @param path - with `/` between folders
 */
export function systemOfName(path: string): PipelineSystem | null {
  return NAMES.find(([, pattern]) => pattern.test(path))?.[0] ?? null;
}

/** Other files that a pipeline runs, by their names: scripts, and files of tools that start them. */
export function isScript(path: string): boolean {
  return /\.(?:sh|bash|zsh|ps1|psm1|bat|cmd|groovy|gradle|kts|mk|py|rb|js|mjs|cjs|ts)$|^(?:makefile|justfile|dockerfile[\w.-]*|taskfile\.ya?ml)$/iu.test(basename(path));
}

/** Any file that a CI or a shell reads. */
export function isPipelineOrScript(path: string): boolean {
  return systemOfName(path) !== null || isScript(path) || /(?:^|\/)\.(?:github\/workflows|circleci|gitlab|buildkite)\/.+\.ya?ml$|(?:^|\/)\.(?:travis|drone)\.ya?ml$/iu.test(path);
}
