import { type HttpClient, isVeracodeError } from '@verapipe/core';
import type { ScenarioInput } from '@verapipe/emulator';

/** A bug put in on purpose, between client and platform, to see that the invariants find it. */
export interface Plant {
  readonly name: string;
  readonly what: string;
  scenario(scenario: ScenarioInput): ScenarioInput;
  client(inner: HttpClient): HttpClient;
}

/** Every bug that can be planted. */
export const PLANTS: readonly Plant[] = [
  {
    name: 'blind-delete',
    what: 'repeats deletebuild.do when its answer is lost, without a look at the platform',
    // The repeat carries the old signature.
    scenario: (scenario) => ({ ...scenario, settings: { ...scenario.settings, refuseReplayedNonces: false } }),
    client: (inner) => ({
      async send(request, signal) {
        try {
          return await inner.send(request, signal);
        } catch (error) {
          const isLost = isVeracodeError(error) && error.outcome === 'unknown';
          if (!isLost || request.operation.name !== 'deletebuild.do') throw error;
          return inner.send(request, signal);
        }
      },
      close: () => inner.close(),
    }),
  },
  {
    name: 'rosy-policy',
    what: 'reads "Did Not Pass" as "Pass"',
    scenario: (scenario) => ({ ...scenario, settings: { ...scenario.settings, xmlStyle: 'plain' } }),
    client: (inner) => ({
      async send(request, signal) {
        const response = await inner.send(request, signal);
        return { ...response, headers: withoutLength(response.headers), body: rosy(response.body) };
      },
      close: () => inner.close(),
    }),
  },
];

function withoutLength({ 'content-length': _length, ...headers }: Readonly<Record<string, string>>): Record<string, string> {
  return headers;
}

async function* rosy(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  yield Buffer.from(Buffer.concat(parts).toString('latin1').replaceAll('Did Not Pass', 'Pass'), 'latin1');
}
