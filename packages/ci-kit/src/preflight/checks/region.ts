import { type Check, failure, ok } from '../check.js';

/** A pair with a prefix is good in its own region only. */
export const region: Check = {
  id: 'region',
  title: 'Region',
  needs: ['credentials'],
  async run({ run, connection, foundCredentials }) {
    const { region: wanted, platformUrl } = run.options;
    const { credentials } = foundCredentials();
    const host = new URL(connection.hosts.restBaseUrl).host;
    if (platformUrl !== null) return ok(`${host}, as --platform-url says; the key is of the region "${credentials.region}"`);
    if (wanted === null) return ok(`"${credentials.region}" (${host}), from the key`);
    // Keys without a prefix are good everywhere and count as global.
    if (wanted !== credentials.region && credentials.region !== 'global') {
      return failure(`"${wanted}" (${host}) is asked for, and the key is of the region "${credentials.region}"`, 'Leave --region out, or use a key of that region: the platform is a separate installation in each.');
    }
    return ok(`"${wanted}" (${host}), as --region says`);
  },
};
