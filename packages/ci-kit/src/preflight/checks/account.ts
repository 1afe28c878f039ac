import { accountKindOf, personalMailboxHint } from '@verapipe/core';

import { type Check, failure, ok, warning } from '../check.js';

/** Whose account it is. */
export const account: Check = {
  id: 'account',
  title: 'Account',
  needs: ['access'],
  async run({ ownUser }) {
    const user = await ownUser();
    if (user.active === false) return failure(`"${user.userName}" is not active`, 'Ask an administrator of the platform to activate it, or use another account.');
    const { warning: ofPerson } = accountKindOf(user);
    if (ofPerson !== null) return warning(ofPerson, 'Use an API service account with the smallest roles.');
    const mailbox = personalMailboxHint(user);
    if (mailbox !== null) return warning(`"${user.userName}" is an API service account. ${mailbox}`, 'Give the account a mailbox that the team reads.');
    return ok(`"${user.userName}" is an API service account`);
  },
};
