import { type HttpClient, isVeracodeError } from '@verapipe/core';
import type { ScenarioInput } from '@verapipe/emulator';

/** A bug put in on purpose, between client and platform, to see that the invariants find it. */
export interface Plant {
  readonly name: string;
  readonly what: string;
  scenario(scenario: ScenarioInput): ScenarioInput;
  client(inner: HttpClient): HttpClient;
}

const DELETED = '<deletebuildresult><result>success</result></deletebuildresult>';

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
  {
    name: 'impatient',
    what: 'asks for the status of a build ten times instead of once',
    scenario: (scenario) => ({ ...scenario, settings: { ...scenario.settings, refuseReplayedNonces: false } }),
    client: (inner) => ({
      async send(request, signal) {
        const times = request.operation.name === 'getbuildinfo.do' ? 10 : 1;
        for (let time = 1; time < times; time += 1) await inner.send(request, signal);
        return inner.send(request, signal);
      },
      close: () => inner.close(),
    }),
  },
  {
    name: 'untidy',
    what: 'takes deletebuild.do for done without sending it',
    scenario: (scenario) => scenario,
    client: (inner) => ({
      async send(request, signal) {
        if (request.operation.name !== 'deletebuild.do') return inner.send(request, signal);
        return { status: 200, headers: { 'content-type': 'text/xml' }, body: once(DELETED) };
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

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
