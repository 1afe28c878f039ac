import { generateCredentialsOfUser, generateOwnCredentials } from '../api/rest/credentials.js';
import type { ServiceAccountFields } from '../domain/user.js';
import { createServiceAccountOnce } from '../workflows/create-service-account-once.js';
import { revokeAndProve, type RevocationRequest } from '../workflows/revoke-credentials.js';
import { hasEnded, pairReader, refuseSecondPair } from '../workflows/read-pair.js';
import type { RotationRequest } from '../workflows/rotate-credentials.js';
import type { CallingRun } from '../workflows/run.js';
import { findUnfinishedRotation, type UnfinishedSearch } from '../workflows/unfinished-rotation.js';
import type { Plan } from './plan.js';
import { createPlanning } from './planning.js';

/**
 * Says what `rotateCredentials` would do now. A pair that an interrupted rotation has left is only put in its place:
 * then nothing changes on the platform.
 *
 * @throws what it would throw before its change
 * @public
 */
export async function planRotation(run: CallingRun, request: UnfinishedSearch & Pick<RotationRequest, 'isFirst'>): Promise<Plan> {
  const { userGuid, destination, isFirst = false } = request;
  const planning = createPlanning(run.client);
  planning.know('destination', destination.describe);
  const unfinished = await findUnfinishedRotation(run, request);
  if (unfinished?.use === 'place') {
    planning.know('unfinished rotation', `made the pair ${unfinished.pair.apiId}, which is accepted for the account "${unfinished.account}": it is put in its place, and no other is made`);
    return planning.plan();
  }
  if (unfinished !== null) planning.know('unfinished rotation', `made the pair ${unfinished.pair.apiId}, which is refused: it is thrown away`);
  const nowMs = run.client.clock.now();
  const old = await pairReader(run, userGuid)();
  if (isFirst) refuseSecondPair(old, nowMs);
  const isOver = old !== null && hasEnded(old, nowMs);
  planning.know('pair now', old === null ? 'none' : `${old.apiId}${isOver ? ', which has ended' : old.expiresAt === null ? '' : `, good until ${old.expiresAt}`}`);
  await planning.change(
    (client) => (userGuid === null ? generateOwnCredentials(client, run.call) : generateCredentialsOfUser(client, { userGuid }, run.call)),
    old === null || isOver ? undefined : `the pair ${old.apiId} ends, at once or after 24 hours`,
  );
  planning.read('GET /api/authn/v2/api_credentials', 'the new pair is accepted; then it takes its place');
  return planning.plan();
}

/** Says what `revokeAndProve` would do now. @throws what it would throw before its change @public */
export async function planRevocation(run: CallingRun, request: RevocationRequest): Promise<Plan> {
  const planning = createPlanning(run.client);
  await planning.change((client) => revokeAndProve({ ...run, client }, request));
  const isRevoked = planning.plan().steps.length === 0;
  planning.know('pair', `${request.apiId}, ${isRevoked ? 'which had been revoked before' : 'which ends at once'}`);
  if (!isRevoked) planning.read('GET /api/authn/v2/api_credentials/{api_id}', 'the pair is revoked');
  return planning.plan();
}

/** Says what `createServiceAccountOnce` would do now. @throws what it would throw before its change @public */
export async function planServiceAccount(run: CallingRun, fields: ServiceAccountFields): Promise<Plan> {
  const planning = createPlanning(run.client);
  await planning.change((client) => createServiceAccountOnce({ ...run, client }, fields));
  return planning.plan();
}
