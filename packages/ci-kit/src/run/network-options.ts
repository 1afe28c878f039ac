import type { OpenClientOptions } from '@verapipe/core';

import type { RunContext } from './run-context.js';

/** The way to the network that a run was given, for clients with and without credentials. */
export function networkOptions({ clock, random, logger, limiter, input, options }: RunContext): OpenClientOptions {
  const { proxy, caFile } = options;
  return {
    clock,
    random,
    logger,
    env: input.env,
    limiter,
    ...(proxy === null ? {} : { proxy }),
    ...(caFile === null ? {} : { caFile }),
    ...(input.userAgentSuffix === undefined ? {} : { userAgentSuffix: input.userAgentSuffix }),
    ...(input.httpClient === undefined ? {} : { httpClient: input.httpClient }),
  };
}
