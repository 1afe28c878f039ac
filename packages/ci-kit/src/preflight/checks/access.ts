import { type Check, ok } from '../check.js';

/** That the platform takes the credentials, by the one call that is open to every account. */
export const access: Check = {
  id: 'access',
  title: 'Credentials accepted',
  needs: ['tls', 'clock', 'credentials', 'region'],
  async run({ connection, ownCredentials, foundCredentials }) {
    await ownCredentials();
    return ok(`the pair in ${foundCredentials().source} is accepted by ${new URL(connection.hosts.restBaseUrl).host}`);
  },
};
