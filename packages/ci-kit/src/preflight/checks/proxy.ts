import { isVeracodeError, proxyFor } from '@verapipe/core';

import { type Check, ok, skipped } from '../check.js';
import { failureOf } from '../run-checks.js';

/** The proxy in between: is it there, and does it open tunnels? What lies behind it is for other checks. */
export const proxy: Check = {
  id: 'proxy',
  title: 'Proxy',
  needs: [],
  async run({ bases, run, probe }) {
    const given = run.options.proxy;
    for (const base of bases) {
      const used = proxyFor(new URL(base), { env: run.input.env, ...(given === null ? {} : { proxy: given }) });
      if (used === null) continue;
      try {
        await probe(base);
      } catch (error) {
        if (!isVeracodeError(error) || error.name === 'ValidationError' || error.name === 'AbortedError') throw error;
        if (error.code.startsWith('proxy-')) return failureOf(error);
      }
      return ok(`${used.url}${used.login === null ? '' : ', with user and password,'} opens tunnels to the platform`);
    }
    return skipped('none is set: connections are direct');
  },
};
