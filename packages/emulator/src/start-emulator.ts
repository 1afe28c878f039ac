import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CarrierPorts } from './carriers/start-carriers.js';
import { startCarriers } from './carriers/start-carriers.js';
import { createEmulator, type Emulator } from './create-emulator.js';
import { openStateDirectory, type SavedRun, type StateDirectory } from './persistence/state-directory.js';
import type { PlatformClock } from './platform-clock.js';
import { systemRandom, type RandomSource } from './random-source.js';
import type { ScenarioInput } from './scenarios/scenario.js';
import { createSystemClock } from './system-clock.js';

/** How an emulator is started. @public */
export interface StartEmulatorOptions {
  /** Of the HTTP server; default: 0, a free one. */
  readonly port?: number;
  /** Of the HTTPS server; without it there is none. 0: a free one. */
  readonly tlsPort?: number;
  /** Of the proxy for clients with the platform's hosts built in; without it there is none. 0: a free one. */
  readonly proxyPort?: number;
  /** How many times as fast prescans and scans run as in reality; default: 1. */
  readonly timeScale?: number;
  /** What a scenario file would say; default: an empty account. */
  readonly scenario?: ScenarioInput;
  /** Folder in which credentials, authority and platform survive a restart; default: nothing survives. */
  readonly stateDir?: string;
  /** Instead of the system's clock; `timeScale` is of no account then. */
  readonly clock?: PlatformClock;
  /** Where ids and keys come from; default: the operating system. */
  readonly random?: RandomSource;
}

/** An emulator that listens on this machine. @public */
export interface RunningEmulator extends Emulator {
  readonly url: string;
  /** null when it was not asked for. */
  readonly tlsUrl: string | null;
  /** null when it was not asked for. */
  readonly proxyUrl: string | null;
  /** PEM file with the authority that signed the emulator's certificates; null without TLS and proxy. */
  readonly caFile: string | null;
  /** Ends every connection at once and listens no longer. */
  close(): Promise<void>;
}

/** Names and addresses of this machine that the TLS server is good for. */
const localNames: readonly string[] = ['localhost', '127.0.0.1', '::1'];

/**
 * Starts an emulated platform on loopback sockets.
 *
 * @throws ScenarioError, FaultError when the scenario cannot be used
 * @throws Error when a port is taken or the state folder cannot be used
 * @public
 */
export async function startEmulator(options: StartEmulatorOptions = {}): Promise<RunningEmulator> {
  const { timeScale = 1, random = systemRandom, scenario = {} } = options;
  const folder = options.stateDir === undefined ? null : openStateDirectory(options.stateDir);
  const saved = folder?.load() ?? null;
  const clock = options.clock ?? createSystemClock({ timeScale, ...resumedTime(saved, timeScale) });
  const emulator: Emulator = createEmulator({
    clock,
    scenario,
    random,
    ...(saved === null ? {} : { saved }),
    ...(folder === null ? {} : { onChange: () => save() }),
  });
  const save = (): void => folder?.save({ ...emulator.save(), wallMs: clock.wallMs(), emulatedMs: clock.emulatedMs() });
  save();
  const secure = await makeSecure(options, { folder, random, nowMs: clock.wallMs() });
  const carriers = await startCarriers(emulator.handle, { port: options.port ?? 0, secure });
  const { url, tlsUrl, proxyUrl } = carriers;
  return {
    ...emulator,
    url,
    tlsUrl,
    proxyUrl,
    caFile: secure?.caFile ?? null,
    async close() {
      await carriers.close();
      save();
      secure?.forget();
    },
  };
}

/** The platform went on while nobody was looking. */
function resumedTime(saved: SavedRun | null, timeScale: number): { readonly emulatedMs?: number } {
  return saved === null ? {} : { emulatedMs: saved.emulatedMs + Math.max(0, Date.now() - saved.wallMs) * timeScale };
}

interface Secure extends NonNullable<CarrierPorts['secure']> {
  readonly caFile: string;
  /** Removes what need not outlive the emulator. */
  forget(): void;
}

/** Certificates, if a port asks for them; the library that makes them is not loaded otherwise. */
async function makeSecure(
  { tlsPort = null, proxyPort = null }: { readonly tlsPort?: number | null; readonly proxyPort?: number | null },
  { folder, random, nowMs }: { readonly folder: StateDirectory | null; readonly random: RandomSource; readonly nowMs: number },
): Promise<Secure | null> {
  if (tlsPort === null && proxyPort === null) {
    return null;
  }
  const { createAuthority, createServerIdentity, isStillGood } = await import('./carriers/certificates.js');
  const { platformHosts } = await import('./carriers/proxy.js');
  const making = { random, nowMs };
  const kept = folder?.loadAuthority() ?? null;
  const authority = kept !== null && isStillGood(kept, nowMs) ? kept : await createAuthority(making);
  const identity = await createServerIdentity(authority, [...localNames, ...platformHosts], making);
  if (folder !== null) {
    folder.saveAuthority(authority);
    return { identity, tlsPort, proxyPort, caFile: folder.caFile, forget: () => undefined };
  }
  const temporary = mkdtempSync(join(tmpdir(), 'verapipe-emulator-'));
  const caFile = join(temporary, 'ca.pem');
  writeFileSync(caFile, authority.certificate);
  return { identity, tlsPort, proxyPort, caFile, forget: () => rmSync(temporary, { recursive: true, force: true }) };
}
