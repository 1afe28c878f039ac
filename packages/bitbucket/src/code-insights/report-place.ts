import type { Env } from '@verapipe/core';

import type { PipeVariables } from '../variables/read-variables.js';

/** Where the report of a commit lies, and how it is reached. */
export interface ReportPlace {
  readonly id: string;
  readonly url: URL;
  /** Signs the calls itself; null where a token does. */
  readonly proxy: URL | null;
  readonly authorization: string | null;
  /** PEM to trust in addition. */
  readonly ca: string | null;
}

/**
 * Finds the place of the report. In Pipelines a proxy adds the credentials of the step to calls about the own repository:
 * it wants the plain address, in absolute form. Pure.
 *
 * @returns the reason where there is none
 * @see support.atlassian.com "Code Insights", authentication proxy
 */
export function reportPlace({ command, own }: PipeVariables, env: Env, ca: string | null): ReportPlace | { readonly reason: string } {
  const { BITBUCKET_WORKSPACE: workspace = '', BITBUCKET_REPO_SLUG: repository = '', BITBUCKET_COMMIT: commit = '' } = env;
  const missing = Object.entries({ BITBUCKET_WORKSPACE: workspace, BITBUCKET_REPO_SLUG: repository, BITBUCKET_COMMIT: commit }).filter(([, value]) => value === '');
  if (missing.length > 0) return { reason: `the commit is not known (${missing.map(([name]) => name).join(', ')})` };
  const id = own.CODE_INSIGHTS_ID ?? (command === 'pipeline-scan' ? 'verapipe-pipeline-scan' : 'verapipe-scan');
  if (!/^[\w.-]{1,100}$/u.test(id)) return { reason: 'CODE_INSIGHTS_ID is not made of letters, digits, dots and dashes' };
  const token = own.CODE_INSIGHTS_TOKEN;
  const base = own.CODE_INSIGHTS_URL ?? `${token === null ? 'http' : 'https'}://api.bitbucket.org`;
  const proxy = token === null ? (own.CODE_INSIGHTS_PROXY ?? usualProxy(env)) : null;
  const path = ['2.0', 'repositories', workspace, repository, 'commit', commit, 'reports', id].map(encodeURIComponent).join('/');
  const wrong = Object.entries({ CODE_INSIGHTS_URL: base, CODE_INSIGHTS_PROXY: proxy ?? base }).find(([, url]) => !URL.canParse(url) || !/^https?:$/u.test(new URL(url).protocol));
  if (wrong !== undefined) return { reason: `${wrong[0]} is no address` };
  return {
    id,
    url: new URL(`${base.replace(/\/+$/u, '')}/${path}`),
    proxy: proxy === null ? null : new URL(proxy),
    authorization: token === null ? null : authorizationOf(token, own.CODE_INSIGHTS_USER),
    ca,
  };
}

/** A pipe is a container beside the step, which reaches its host by this name. */
function usualProxy(env: Env): string {
  return `http://${(env['BITBUCKET_PIPE_STORAGE_DIR'] ?? '') === '' ? 'localhost' : 'host.docker.internal'}:29418`;
}

function authorizationOf(token: string, user: string | null): string {
  return user === null ? `Bearer ${token}` : `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`;
}
