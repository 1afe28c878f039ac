import { judgeRoles, type JudgedNeed } from '@verapipe/core';

import { type Check, failure, ok, warning } from '../check.js';

/** The roles of the account against those that the command needs. */
export const roles: Check = {
  id: 'roles',
  title: 'Roles',
  needs: ['account'],
  async run({ ownUser, purpose }) {
    const given = (await ownUser()).roles.map(({ name }) => name);
    const has = given.length === 0 ? 'the account has no role' : `the account has ${given.join(', ')}`;
    const missing = judgeRoles(given, purpose).filter(({ met }) => !met);
    const needed = missing.filter(({ strength }) => strength === 'needed');
    if (needed.length > 0) {
      return failure(`${has}; missing for ${purpose}: ${needed.map(describe).join('; ')}`, `Ask an administrator of the platform for the role ${needed.map(({ leastRole }) => leastRole).join(' and ')}.`);
    }
    if (missing.length > 0) {
      return warning(`${has}; not there for ${purpose}: ${missing.map(describe).join('; ')}`, 'Ask for it if a run is refused.');
    }
    return ok(`${has}: enough for ${purpose}`);
  },
};

function describe({ toDo, leastRole, when }: JudgedNeed): string {
  return `${toDo} (${leastRole}${when === null ? '' : `, wanted ${when}`})`;
}
