import api, { route } from '@forge/api';

import { judgeReport } from './judge-report.js';

/** The id of the report: CODE_INSIGHTS_ID of the pipe. */
const REPORT = 'verapipe-scan';

export async function checkReport({ workspace, repository, pullrequest }) {
  const bitbucket = api.asApp();
  const asked = await bitbucket.requestBitbucket(route`/2.0/repositories/${workspace.uuid}/${repository.uuid}/pullrequests/${pullrequest.id}`);
  if (!asked.ok) return { success: false, message: `The pull request could not be read (${asked.status}).` };
  const { source } = await asked.json();
  const answer = await bitbucket.requestBitbucket(route`/2.0/repositories/${workspace.uuid}/${repository.uuid}/commit/${source.commit.hash}/reports/${REPORT}`);
  return judgeReport(answer.status, answer.ok ? await answer.json() : null);
}
