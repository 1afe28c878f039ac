import { expect, it } from '@jest/globals';

import { scriptedClient } from '../../test/api-client.js';
import { createFakeClock } from '../../test/fake-clock.js';
import { createDeadline } from '../kernel/deadline.js';
import { isProvenThere, readAsWritten, readPast } from './read-as-written.js';

const PLACE = { context: { applicationId: '1', sandboxId: null }, build: { id: '2', name: 'nightly' } };

type Outcomes = Readonly<Record<'read' | 'isThere' | 'past', unknown>>;

/** What each reader makes of an answer of updatebuild.do. */
async function outcomesOf(answer: string): Promise<Outcomes> {
  const client = scriptedClient(answer, answer, answer);
  const call = { deadline: createDeadline(createFakeClock(), 60_000) };
  const run = { client, call, deadline: call.deadline };
  const read = await readAsWritten(run, PLACE, call);
  const isThere = await isProvenThere(run, PLACE, call);
  const past = await readPast(run, { ...PLACE, phase: 'editing' }, call);
  return { read: typeof read === 'string' || read === null ? read : read.status, isThere, past: past?.status };
}

function answered(status: string, buildId = '2'): string {
  return `<?xml version="1.0"?><buildinfo app_id="1" build_id="${buildId}"><build version="nightly" build_id="${buildId}" results_ready="false"><analysis_unit analysis_type="Static" status="${status}"/></build></buildinfo>`;
}

it.each<[name: string, answer: string, wanted: Outcomes]>([
  ['the build as it was read', answered('Incomplete'), { read: 'incomplete', isThere: true, past: undefined }],
  ['a build that has gone on', answered('Pre-Scan Submitted'), { read: 'prescan-submitted', isThere: true, past: 'prescan-submitted' }],
  ['published results', answered('Results Ready'), { read: 'results-ready', isThere: false, past: 'results-ready' }],
  ['another build', answered('Incomplete', '3'), { read: null, isThere: false, past: undefined }],
  ['that the name is used', '<error>There is another scan with the name "nightly" for the same application.</error>', { read: 'name-used', isThere: true, past: undefined }],
  ['that there is no such build', '<error>Could not find a build for application=1</error>', { read: null, isThere: false, past: undefined }],
  ['that it is nobody of ours', '<error>Access denied.</error>', { read: null, isThere: false, past: undefined }],
])('is told %s', async (_name, answer, wanted) => {
  expect(await outcomesOf(answer)).toEqual(wanted);
});
