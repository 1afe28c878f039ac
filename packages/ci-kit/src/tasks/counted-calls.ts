import type { VeracodeClient } from '@verapipe/core';

/** A client whose calls are counted. */
export interface CountedCalls {
  readonly client: VeracodeClient;
  /** So far; repeated attempts of a call are not counted. */
  calls(): number;
}

/** The same client, with a count of what is asked of it. */
export function countCalls(client: VeracodeClient): CountedCalls {
  let calls = 0;
  return {
    client: {
      ...client,
      send: (exchange) => {
        calls += 1;
        return client.send(exchange);
      },
    },
    calls: () => calls,
  };
}
