import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { EMULATOR } from './places.js';
import { type RunningChild, startChild } from './start-child.js';

/** What the emulator says when it listens. */
export interface EmulatedPlatform {
  readonly url: string;
  readonly tlsUrl: string;
  readonly proxyUrl: string;
  readonly caFile: string;
  readonly apiId: string;
  readonly apiKey: string;
}

/** Every prescan and scan is over as soon as it begins. */
const INSTANT = { scans: [{ lagSeconds: 0, prescanSeconds: 0, queueSeconds: 0, scanSeconds: 0 }] };

/** Starts the emulator in a process of its own, with TLS and a proxy for clients that know only the real hosts. */
export async function startInstantPlatform(folder: string): Promise<RunningChild<EmulatedPlatform>> {
  const scenario = join(folder, 'instant.json');
  await writeFile(scenario, JSON.stringify(INSTANT));
  return startChild<EmulatedPlatform>([EMULATOR, '--port', '0', '--tls-port', '0', '--proxy-port', '0', '--scenario', scenario]);
}
