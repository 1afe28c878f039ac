import { type AddressInfo, connect, createServer } from 'node:net';
import { pipeline } from 'node:stream';

import type { EmulatedPlatform } from './emulated-platform.js';

/** What one run put on the wire. */
export interface Traffic {
  readonly connections: number;
  /** Operations in order, without their ending: `createbuild`. */
  readonly calls: readonly string[];
}

/** As much of the emulator's journal as is read here. */
interface Journal {
  readonly entries: readonly { readonly operation: string }[];
}

/**
 * Counts what a client does: connections at a relay in front of the emulator's TLS port, calls in its journal.
 *
 * @param run - runs the client against the given address
 */
export async function countTraffic(platform: EmulatedPlatform, run: (tlsUrl: string) => Promise<unknown>): Promise<Traffic> {
  const before = (await readJournal(platform)).length;
  const target = new URL(platform.tlsUrl);
  let connections = 0;
  const relay = createServer((client) => {
    connections += 1;
    const server = connect(Number(target.port), target.hostname);
    // Either side may end as it likes; the figures of a run that failed are never used.
    pipeline(client, server, () => undefined);
    pipeline(server, client, () => undefined);
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = relay.address() as AddressInfo;
    await run(`https://127.0.0.1:${port}`);
    return { connections, calls: (await readJournal(platform)).slice(before) };
  } finally {
    relay.close();
  }
}

async function readJournal({ url }: EmulatedPlatform): Promise<readonly string[]> {
  const response = await fetch(`${url}/__emulator/journal`);
  const { entries } = (await response.json()) as Journal;
  return entries.map(({ operation }) => operation.replace(/\.do$/, ''));
}
