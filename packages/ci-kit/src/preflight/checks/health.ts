import { checkHealth, isVeracodeError, regionOfHosts } from '@verapipe/core';

import { type Check, ok, skipped } from '../check.js';

/** The platform's own health check, which is documented for the commercial region. */
export const health: Check = {
  id: 'health',
  title: 'Health check',
  needs: ['tls', 'clock', 'credentials', 'region'],
  async run({ connection, calling }) {
    const region = regionOfHosts(connection.hosts);
    if (region !== null && region !== 'global') return skipped(`the region "${region}" has none; the next check asks as much`);
    const { client, call } = calling();
    try {
      await checkHealth(client, call);
      return ok('the platform says that it is well');
    } catch (error) {
      // It is up, and says no: the credentials are the next check's.
      if (isVeracodeError(error) && (error.name === 'AuthenticationError' || error.name === 'AuthorizationError')) return ok('the platform answers');
      throw error;
    }
  },
};
