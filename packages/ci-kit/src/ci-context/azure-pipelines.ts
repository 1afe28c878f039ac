// https://learn.microsoft.com/azure/devops/pipelines/build/variables
import type { Env } from '@verapipe/core';

import type { CiProvider } from './ci-context.js';
import { branchOfRef, countOf, joinParts, publicUrl, textOf } from './variables.js';

/** Azure Pipelines, classic and YAML. @internal */
export const azurePipelines: CiProvider = {
  system: 'azure-pipelines',
  detect: (env) => env['TF_BUILD']?.trim().toLowerCase() === 'true',
  read: (env) => {
    const runUrl = runUrlOf(env);
    const jobId = textOf(env, 'SYSTEM_JOBID');
    return {
      system: 'azure-pipelines',
      pipeline: joinParts([textOf(env, 'SYSTEM_TEAMPROJECT'), textOf(env, 'BUILD_DEFINITIONNAME')], '/'),
      run: textOf(env, 'BUILD_BUILDID'),
      job: jobOf(env),
      leg: legOf(env),
      attempt: countOf(env, 'SYSTEM_JOBATTEMPT'),
      // In a pull request BUILD_SOURCEVERSION is the merge that Azure made up; the author's commit stands here.
      commit: textOf(env, 'SYSTEM_PULLREQUEST_SOURCECOMMITID', 'BUILD_SOURCEVERSION'),
      branch: branchOfRef(textOf(env, 'SYSTEM_PULLREQUEST_SOURCEBRANCH', 'BUILD_SOURCEBRANCH')),
      targetBranch: branchOfRef(textOf(env, 'SYSTEM_PULLREQUEST_TARGETBRANCH')),
      // The number people see is PULLREQUESTNUMBER where the repository lies on GitHub; the id is then Azure's own.
      pullRequest: textOf(env, 'SYSTEM_PULLREQUEST_PULLREQUESTNUMBER', 'SYSTEM_PULLREQUEST_PULLREQUESTID'),
      repositoryUrl: publicUrl(textOf(env, 'BUILD_REPOSITORY_URI')),
      runUrl,
      jobUrl: runUrl === null || jobId === null ? null : `${runUrl}&view=logs&j=${encodeURIComponent(jobId)}`,
    };
  },
};

/** Stage and job; the names that Azure gives to unnamed ones (`__default`) say nothing. */
function jobOf(env: Env): string | null {
  const named = (name: string): string | null => {
    const text = textOf(env, name);
    return text === null || /^__default$/iu.test(text) ? null : text;
  };
  return joinParts([named('SYSTEM_STAGENAME'), named('SYSTEM_PHASENAME')], '/');
}

/** The name of a matrix leg (SYSTEM_JOBNAME), or its position where jobs are only multiplied. */
function legOf(env: Env): string | null {
  const total = countOf(env, 'SYSTEM_TOTALJOBSINPHASE');
  if (total === null || total < 2) return null;
  const name = textOf(env, 'SYSTEM_JOBNAME');
  const position = countOf(env, 'SYSTEM_JOBPOSITIONINPHASE');
  return joinParts([name === '__default' ? null : name, position === null ? null : `${position}/${total}`], ' ');
}

function runUrlOf(env: Env): string | null {
  const collection = publicUrl(textOf(env, 'SYSTEM_COLLECTIONURI', 'SYSTEM_TEAMFOUNDATIONCOLLECTIONURI'));
  const project = textOf(env, 'SYSTEM_TEAMPROJECT');
  const run = textOf(env, 'BUILD_BUILDID');
  if (collection === null || project === null || run === null) return null;
  const base = collection.replace(/\/+$/u, '');
  return `${base}/${encodeURIComponent(project)}/_build/results?buildId=${encodeURIComponent(run)}`;
}
