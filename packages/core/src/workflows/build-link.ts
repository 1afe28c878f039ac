import type { VeracodeClient } from '../api/veracode-client.js';
import type { BuildInfo } from '../domain/build.js';

/**
 * Where a person looks at a build.
 *
 * @returns a URL on the platform's site; its start page when the account id is not known
 * @public
 */
export function buildLink(client: Pick<VeracodeClient, 'hosts'>, build: Pick<BuildInfo, 'accountId' | 'applicationId' | 'id'>): string {
  const site = `${client.hosts.xmlBaseUrl}/auth/index.jsp`;
  if (build.accountId === null) return site;
  return `${site}#ViewReportsResultSummary:${build.accountId}:${build.applicationId}:${build.id}`;
}
