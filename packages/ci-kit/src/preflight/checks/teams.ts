import { UNRESTRICTED_ROLE } from '@verapipe/core';

import { type Check, failure, ok } from '../check.js';

/** Roles decide what, teams decide for which applications. */
export const teams: Check = {
  id: 'teams',
  title: 'Teams',
  needs: ['account'],
  purposes: ['scan', 'findings', 'sandbox'],
  async run({ ownUser }) {
    const user = await ownUser();
    const names = user.teams.map(({ name }) => `"${name}"`).join(', ');
    const member = names === '' ? 'the account is in no team' : `the account is in ${names}`;
    if (user.roles.some(({ name }) => name === UNRESTRICTED_ROLE)) return ok(`${member}, and sees every application (${UNRESTRICTED_ROLE})`);
    if (names === '' && user.isServiceAccount) {
      return failure(`${member}, and without ${UNRESTRICTED_ROLE} it sees no application`, 'Ask an administrator to put the account into the team of the application.');
    }
    return ok(member);
  },
};
