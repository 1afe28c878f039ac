import { lookup } from 'node:dns/promises';

import { proxyFor } from '@verapipe/core';

import { systemCode } from '../../files/local-trouble.js';
import { type Check, failure, ok, skipped } from '../check.js';

/** The host names of the platform, asked as every program of this machine asks. */
export const names: Check = {
  id: 'names',
  title: 'Host names',
  needs: [],
  async run({ bases, run }) {
    const { proxy } = run.options;
    const direct = bases.filter((base) => proxyFor(new URL(base), { env: run.input.env, ...(proxy === null ? {} : { proxy }) }) === null);
    if (direct.length === 0) return skipped('the proxy resolves the names of the platform');
    const found: string[] = [];
    for (const base of direct) {
      const host = new URL(base).hostname.replace(/^\[(.*)\]$/u, '$1');
      try {
        const addresses = await lookup(host, { all: true });
        found.push(`${host} is ${addresses.map(({ address }) => address).join(', ')}`);
      } catch (error) {
        return failure(`${host} cannot be resolved (${systemCode(error)})`, 'Check the name servers of this agent, or name the proxy that is to resolve it (--proxy, HTTPS_PROXY).');
      }
    }
    return ok(found.join('; '));
  },
};
