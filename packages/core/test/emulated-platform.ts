import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach } from '@jest/globals';
import { type PlatformClock, type RunningEmulator, type ScenarioInput, startEmulator } from '@verapipe/emulator';

import { createVeracodeClient } from '../src/api/create-client.js';
import type { VeracodeClient } from '../src/api/veracode-client.js';
import { parseCredentials } from '../src/auth/credentials.js';
import type { Artifact, ScanRequest } from '../src/domain/scan-request.js';
import { fingerprintOf } from '../src/transport/file-body.js';
import type { HttpClient } from '../src/transport/http.js';
import { createUndiciHttpClient } from '../src/transport/undici-http-client.js';
import type { ProgressEvent } from '../src/workflows/progress.js';
import type { RunOptions } from '../src/workflows/run.js';
import type { ScanState } from '../src/workflows/scan-state.js';
import { createFakeClock, type FakeClock } from './fake-clock.js';
import { seededRandom } from './seeded-random.js';

/** A client of the real core, the real emulator behind real sockets, and one clock for both that jumps over waits. */
export interface EmulatedPlatform {
  readonly emulator: RunningEmulator;
  readonly client: VeracodeClient;
  readonly clock: FakeClock;
  readonly folder: string;
  /** Names of the calls that the platform has seen, in order. */
  calls(): readonly string[];
  /** Writes a file and describes it as an artifact. */
  artifact(name: string, content?: string): Promise<Artifact>;
  /** Options of a run that writes its report into the folder; events and states are kept. */
  options(more?: Partial<RunOptions>): RunOptions & { readonly events: ProgressEvent[]; readonly states: ScanState[] };
  close(): Promise<void>;
}

const open = new Set<EmulatedPlatform>();

// Whoever uses a platform need not close it: a test that fails half-way leaves nothing behind either.
afterEach(async () => {
  await Promise.all([...open].map((platform) => platform.close()));
});

/**
 * Starts both sides. They end with the test.
 *
 * @param between - what stands between client and network
 */
export async function startEmulatedPlatform(
  scenario: ScenarioInput = {},
  between: (network: HttpClient) => HttpClient = (network) => network,
): Promise<EmulatedPlatform> {
  const clock = createFakeClock();
  const folder = await mkdtemp(join(tmpdir(), 'verapipe-core-'));
  const emulator = await startEmulator({
    port: 0,
    scenario,
    clock: platformClock(clock),
  });
  const client = createVeracodeClient({
    credentials: parseCredentials({ apiId: emulator.apiId, apiKey: emulator.apiKey }),
    platformUrl: emulator.url,
    clock,
    random: seededRandom(),
    httpClient: holdingTheClock(between(createUndiciHttpClient()), clock),
  });
  const platform: EmulatedPlatform = {
    emulator,
    client,
    clock,
    folder,
    calls: () => emulator.journal().map(({ operation }) => operation),
    async artifact(name, content = `content of ${name}`) {
      const path = join(folder, name);
      await writeFile(path, content);
      const stats = await stat(path, { bigint: true });
      return { path, name, sizeBytes: Number(stats.size), fingerprint: fingerprintOf(stats) };
    },
    options(more = {}) {
      const events: ProgressEvent[] = [];
      const states: ScanState[] = [];
      return {
        reportFile: join(folder, 'report.xml'),
        onProgress: (event) => events.push(event),
        saveState: (state) => Promise.resolve(void states.push(state)),
        ...more,
        events,
        states,
      };
    },
    async close() {
      open.delete(platform);
      await client.close();
      await emulator.close();
      await rm(folder, { recursive: true });
    },
  };
  open.add(platform);
  return platform;
}

/** A request as `parseScanRequest` makes it, for one artifact in the policy context of "Shop". */
export function scanRequest(artifacts: readonly Artifact[], more: Partial<ScanRequest> = {}): ScanRequest {
  return {
    application: { name: 'Shop', create: true, update: false, fields: {}, repositoryUrl: null },
    sandbox: null,
    scanName: 'Jenkins 17',
    scanNameSuffixes: [' (2)'],
    earlierScanNames: 'Jenkins *',
    artifacts,
    modules: { selection: 'all-non-fatal', include: [], exclude: [] },
    deleteIncomplete: 'never',
    waitTurn: false,
    keepFailedBuild: false,
    wait: true,
    timeoutMs: 6 * 3_600_000,
    pollIntervalMs: 120_000,
    ...more,
  };
}

/** The client's clock, as the platform's. */
function platformClock(clock: FakeClock): PlatformClock {
  return {
    wallMs: () => clock.now(),
    emulatedMs: () => clock.now(),
    advance: (ms) => clock.advance(ms),
    sleep: (ms, signal) => clock.sleep(ms, signal),
  };
}

/** Time stands still while a request is under way. */
function holdingTheClock(inner: HttpClient, clock: FakeClock): HttpClient {
  return {
    async send(request, signal) {
      const release = clock.hold();
      try {
        const response = await inner.send(request, signal);
        return { ...response, body: releasingAtEnd(response.body, release) };
      } catch (error) {
        release();
        throw error;
      }
    },
    close: () => inner.close(),
  };
}

async function* releasingAtEnd(body: AsyncIterable<Uint8Array>, release: () => void): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } finally {
    release();
  }
}
