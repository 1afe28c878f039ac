import {
  getOwnUser,
  locateAccount,
  planRotation,
  rotateCredentials,
  ValidationError,
  type ApiCredentials,
  type CallingRun,
  type CredentialDestination,
  type RotatedCredentials,
  type RotationEvent,
  type User,
  type ValidationIssue,
  type VeracodeClient,
} from '@verapipe/core';
import { printable } from '@verapipe/reports';

import { chooseDestination } from '../credentials/choose-destination.js';
import type { CheckedWork } from '../run/check-input.js';
import { type Connection, createSecondClient } from '../run/connect.js';
import { printPlan } from '../run/print-plan.js';
import type { RunContext } from '../run/run-context.js';
import { runTask, type TaskInput, type TaskWork } from '../run/run-task.js';
import type { TaskResult } from '../run/task-result.js';

const TWO_PAGES = "at once by one page of the vendor, after 24 hours by another";

/**
 * `verapipe credentials rotate`: a new pair for the account that signs, or for another one; written down before
 * anything else, proven by a signed call, and only then put in the old one's place. Never throws and sets nothing of the
 * process.
 *
 * @public
 */
export function runCredentialsRotate(input: TaskInput): Promise<TaskResult> {
  return runTask(input, (run, connection) => checkRotation(run, connection, input), { tellsExpiry: input.options.values.user !== null });
}

/**
 * `verapipe credentials generate`: the first pair of another account. An account that has a good pair is left alone.
 *
 * @public
 */
export function runCredentialsGenerate(input: TaskInput): Promise<TaskResult> {
  return runTask(input, (run, connection) => checkRotation(run, connection, input, 'generate'));
}

async function checkRotation(run: RunContext, connection: Connection, input: TaskInput, mode: 'rotate' | 'generate' = 'rotate'): Promise<CheckedWork<TaskWork>> {
  const { user, yes, plan } = run.options;
  const choice = await chooseDestination(run, input);
  const issues = [...choice.issues];
  if (user === null && mode === 'generate') issues.push({ path: 'user', got: 'nothing', wanted: 'the account that gets its first pair; verapipe credentials rotate is for the own one' });
  if (user === null && mode === 'rotate' && !yes && !plan) issues.push(unsaidYes(ownId(connection)));
  const { destination } = choice;
  const work: TaskWork | null = destination === null || issues.length > 0 ? null : (calling) => rotate({ run, input, connection, mode, destination, takesStdout: choice.takesStdout }, calling);
  return { issues, warnings: [], notices: [], work };
}

interface Rotation {
  readonly run: RunContext;
  readonly input: TaskInput;
  readonly connection: Connection;
  readonly mode: 'rotate' | 'generate';
  readonly destination: CredentialDestination;
  readonly takesStdout: boolean;
}

async function rotate({ run, input, connection, mode, destination, takesStdout }: Rotation, calling: CallingRun): Promise<boolean> {
  const { user: given, region: chosenRegion, json } = run.options;
  const other = given === null ? null : await locateOther(run, calling, given);
  const userGuid = other === null || other.isSelf ? null : other.user.guid;
  if (mode === 'rotate' && other?.isSelf === true && !run.options.yes && !run.options.plan) throw new ValidationError([unsaidYes(ownId(connection))]);
  const region = chosenRegion ?? ('found' in connection.choice ? connection.choice.found.credentials.region : 'global');
  const isFirst = mode === 'generate';
  const clients: VeracodeClient[] = [];
  const connect = (credentials: ApiCredentials): VeracodeClient => {
    run.hide(credentials.apiKey);
    const client = createSecondClient(run, credentials);
    clients.push(client);
    return client;
  };
  try {
    if (run.options.plan) return await printPlan(run, input, { command: `credentials ${mode}`, plan: await planRotation(calling, { userGuid, isFirst, destination, connect }) });
    const made = await rotateCredentials(calling, {
      userGuid,
      isFirst,
      region,
      destination: hidingSecrets(run, destination),
      connect,
      onEvent: (event) => announce(run, { destination, mode, isOther: userGuid !== null }, event),
    });
    const rotated = { ...made, account: made.account ?? other?.user.userName ?? null };
    const sentence = describe(rotated, destination);
    if (takesStdout) run.emit({ type: 'notice', message: sentence });
    else await input.print(json ? toJson(rotated, destination) : `${sentence}\n`);
    return true;
  } finally {
    await Promise.all(clients.map((client) => client.close()));
  }
}

async function locateOther(run: RunContext, { client, call }: CallingRun, given: string): Promise<{ readonly user: User; readonly isSelf: boolean }> {
  const user = await locateAccount(client, given, call);
  if (!user.isServiceAccount) run.emit({ type: 'warning', message: `"${user.userName}" is a person's account: an API service account is safer for a pipeline.` });
  return { user, isSelf: user.guid === (await getOwnUser(client, call)).guid };
}

/** The secret is known to the redactor before anything is done with it. */
function hidingSecrets(run: RunContext, destination: CredentialDestination): CredentialDestination {
  return {
    ...destination,
    write(pair) {
      run.hide(pair.apiSecret);
      return destination.write(pair);
    },
  };
}

interface Announced extends Pick<Rotation, 'destination' | 'mode'> {
  readonly isOther: boolean;
}

function announce(run: RunContext, { destination, mode, isOther }: Announced, event: RotationEvent): void {
  switch (event.step) {
    case 'generating': {
      const ends = event.endsPair === null ? 'The account has no pair yet.' : `It ends the pair ${event.endsPair}, ${TWO_PAGES}.`;
      const message =
        `A new pair is made now, for ${destination.describe}. ${ends} Its secret is nowhere but in this process until ${destination.safeOnce}. Should the process end before: ` +
        whatToDo(mode, isOther);
      run.emit({ type: 'warning', message });
      return;
    }
    case 'written':
      run.emit({ type: 'notice', message: `The new pair ${event.apiId} is written: ${event.place}. It is proven next.` });
      return;
    case 'verified':
      run.emit({ type: 'notice', message: `The new pair ${event.apiId} is accepted by the platform.` });
      return;
  }
}

/** After an end in the window, of which nobody can know more than the platform and the place tell. */
function whatToDo(mode: Rotation['mode'], isOther: boolean): string {
  if (!isOther) {
    return 'run verapipe credentials status. While the pair in use is accepted, give this command again; if it is refused, an administrator makes a new pair on the platform or with verapipe credentials rotate --user.';
  }
  const again = 'give this command again';
  return mode === 'rotate' ? `${again}: it makes another pair.` : `${again}. If it says that the account has a good pair already, and that pair is not there, verapipe credentials rotate --user makes another.`;
}

function describe({ account, apiId, expiresAt, oldApiId, oldStillWorks, resumed }: RotatedCredentials, destination: CredentialDestination): string {
  const whose = account === null ? '' : ` of "${printable(account)}"`;
  const until = expiresAt === null ? '' : ` until ${expiresAt}`;
  const place = `The pair ${printable(apiId)}${whose} is in ${destination.describe}, accepted by the platform, and good${until}.`;
  if (resumed) return `${place} An earlier rotation had made it and was interrupted; nothing was made now.`;
  if (oldApiId === null) return place;
  const fate = oldStillWorks === null ? `ends ${TWO_PAGES}; whether it still works is not known` : oldStillWorks ? 'still works, by the pages of the vendor for 24 hours at most' : 'has ended';
  return `${place} The old pair ${printable(oldApiId)} ${fate}.`;
}

function toJson(rotated: RotatedCredentials, { describe: place }: CredentialDestination): string {
  return `${JSON.stringify({ schemaVersion: 1, ...rotated, destination: place }, null, 2)}\n`;
}

function ownId({ choice }: Connection): string {
  return 'found' in choice ? choice.found.credentials.apiId : '';
}

function unsaidYes(apiId: string): ValidationIssue {
  return { path: 'yes', got: 'nothing', wanted: `--yes, because a new pair ends the one in use${apiId === '' ? '' : ` (${apiId})`}, ${TWO_PAGES}, for everybody who uses it` };
}
