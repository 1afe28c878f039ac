import { createServiceAccount, listUsers } from '../api/rest/users.js';
import type { ServiceAccountFields, User } from '../domain/user.js';
import { ConflictError, isVeracodeError, ServiceError } from '../kernel/errors.js';
import { asRefusal } from './as-refusal.js';
import { changeOnce } from './change-once.js';
import type { CallingRun } from './run.js';

/** Reads until a new account is shown with what it has. */
const READS = 3;
const SHOWN_AFTER_MS = 2000;

/** An account that was made, as the platform shows it. @public */
export interface CreatedServiceAccount {
  readonly account: User;
  /** Asked for and not there, or there and not asked for, as the platform shows the account; machine names of roles. */
  readonly roles: Differences;
  /** The same; guids of teams that are missing, names of those that nobody asked for. */
  readonly teams: Differences;
}

/** @public */
export interface Differences {
  readonly missing: readonly string[];
  readonly more: readonly string[];
}

/**
 * Creates an API service account, and reads it again: what it may do is what the platform shows, not what it was asked
 * for. Whatever happens to the answers, at most one. An account of that name is left as it
 * is: its roles are somebody's decision.
 *
 * @throws ServiceError `account-not-shown`; ConflictError `account-exists`; RefusedError (unknown role); AuthorizationError; the errors of the calls
 * @public
 */
export async function createServiceAccountOnce(run: CallingRun, fields: ServiceAccountFields): Promise<CreatedServiceAccount> {
  const find = async (call = run.call): Promise<User | undefined> => {
    for await (const user of listUsers(run.client, { userName: fields.userName, detailed: true }, call)) {
      if (user.userName.toLowerCase() === fields.userName.toLowerCase()) return user;
    }
    return undefined;
  };
  const found = await find();
  if (found !== undefined) {
    throw new ConflictError(`There is an account "${found.userName}" already (${found.guid}); it was left as it is.`, {
      code: 'account-exists',
      advice: 'Give another --name, or change the roles of that account on the platform.',
    });
  }
  const { guid } = await changeOnce<User>(run, {
    act: (call) => asRefusal(createServiceAccount(run.client, fields, call)),
    readBack: find,
    repeat: 'refused',
  });
  let cause: unknown = undefined;
  try {
    for (let read = 1; read <= READS; read += 1) {
      const account = await find();
      if (account !== undefined) return compare(account, fields);
      if (read < READS) await run.client.clock.sleep(SHOWN_AFTER_MS, run.call.signal);
    }
  } catch (error) {
    if (!isVeracodeError(error) || error.name === 'AbortedError') throw error;
    cause = error;
  }
  throw new ServiceError(`The platform accepted the account "${fields.userName}" (${guid}), but does not show it.`, {
    code: 'account-not-shown',
    outcome: 'unknown',
    cause,
    advice: 'Look at the account on the platform before it is used: nobody knows which roles it has.',
  });
}

function compare(account: User, fields: ServiceAccountFields): CreatedServiceAccount {
  const roles = account.roles.map(({ name }) => name);
  return {
    account,
    roles: { missing: fields.roles.filter((role) => !roles.includes(role)), more: roles.filter((role) => !fields.roles.includes(role)) },
    teams: {
      missing: fields.teams.filter((wanted) => !account.teams.some(({ guid }) => guid === wanted)),
      more: account.teams.filter(({ guid }) => !fields.teams.includes(guid)).map(({ name }) => name),
    },
  };
}
