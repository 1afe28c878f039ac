import type { EmulatedAccount, EmulatedResponse } from '../src/exchange.js';
import type { PlatformClock } from '../src/platform-clock.js';
import { createPlatform, type Platform } from '../src/platform/create-platform.js';
import type { PlatformSnapshot } from '../src/platform/snapshot.js';
import { createRoutes } from '../src/routes/routes.js';
import { createScenario, type ScenarioInput } from '../src/scenarios/scenario.js';
import type { CredentialDirectory } from '../src/routes/rest/identity-json.js';

/** A platform with a clock that only moves when told, called without sockets. */
export interface Rehearsal {
  readonly platform: Platform;
  /** Calls a route, as the first account unless told otherwise. */
  call(operation: string, parameters?: Record<string, string>, options?: CallOptions): Promise<Answer>;
  passSeconds(seconds: number): void;
  snapshot(): PlatformSnapshot;
}

export interface CallOptions {
  readonly body?: AsyncIterable<Uint8Array>;
  readonly headers?: Record<string, string>;
  readonly account?: EmulatedAccount;
  readonly path?: Record<string, string>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Text of an `<error>` document, references resolved; undefined when it is none. */
  readonly error: string | undefined;
}

/** 13 August 2019, 14:00:10 in New York. */
export const startMs = Date.UTC(2019, 7, 13, 18, 0, 10);

/** For routes that never look at credentials. */
export const noCredentials: CredentialDirectory = {
  ofUser: () => undefined,
  byId: () => undefined,
  revoke: () => undefined,
  issue() {
    throw new Error('Nothing is issued here.');
  },
};

export function rehearse(scenario: ScenarioInput = {}): Rehearsal {
  const complete = createScenario(scenario);
  const clock = createHandClock();
  const platform = createPlatform({ clock, scenario: complete });
  const routes = createRoutes({ platform, credentials: noCredentials });
  const first = complete.accounts[0];
  if (first === undefined) {
    throw new Error('a scenario has at least one account');
  }
  const { userName, kind, roles, teams } = first;
  const defaultAccount: EmulatedAccount = { apiId: '0'.repeat(32), userName, kind, roles, teams };
  return {
    platform,
    async call(operation, parameters = {}, options = {}) {
      const route = routes.find((candidate) => candidate.operation === operation);
      if (route === undefined) {
        throw new Error(`no route for ${operation}`);
      }
      const { body = emptyBody(), headers = {}, account = defaultAccount, path = {} } = options;
      const response = await route.handle(
        { method: route.methods[0] ?? 'GET', path: route.path, parameters: new Map(Object.entries(parameters)), query: new URLSearchParams(parameters).toString(), headers, body, account, faults: [] },
        path,
      );
      return readAnswer(response);
    },
    passSeconds: (seconds) => {
      clock.advance(seconds * 1000);
    },
    snapshot: () => platform.snapshot(),
  };
}

/** A clock in the hand of the test. */
export function createHandClock(): PlatformClock {
  let nowMs = startMs;
  return {
    wallMs: () => startMs,
    emulatedMs: () => nowMs,
    advance(ms) {
      nowMs += ms;
    },
    sleep: () => Promise.resolve(),
  };
}

/** A body in chunks; `breakAfter` makes it fail as a broken connection does. */
export async function* bodyOf(text: string, breakAfter = Infinity): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < text.length; at += 7) {
    if (at >= breakAfter) {
      throw new Error('the connection broke');
    }
    yield await Promise.resolve(Buffer.from(text.slice(at, at + 7)));
  }
}

/** Text with its character references resolved. */
export function resolveReferences(text: string): string {
  const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
  return text.replace(/&(?:#x([0-9a-f]+)|(\w+));/g, (_, hex: string | undefined, name: string | undefined) =>
    hex === undefined ? (named[name ?? ''] ?? '') : String.fromCodePoint(Number.parseInt(hex, 16)),
  );
}

/** The value of the first such attribute of the first such element. */
export function attribute(text: string, element: string, name: string): string | undefined {
  const tag = new RegExp(`<${element}(?=[\\s/>])[^>]*`).exec(text)?.[0];
  const value = tag === undefined ? undefined : new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : resolveReferences(value);
}

async function readAnswer({ status, headers, body }: EmulatedResponse): Promise<Answer> {
  const chunks: Uint8Array[] = [];
  if (body instanceof Uint8Array) {
    chunks.push(body);
  } else {
    for await (const chunk of body) {
      chunks.push(chunk);
    }
  }
  const text = Buffer.concat(chunks).toString('utf8');
  const error = /<error>([^<]*)<\/error>/.exec(text)?.[1];
  return { status, headers, text, error: error === undefined ? undefined : resolveReferences(error) };
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {
  // nothing to send
}
