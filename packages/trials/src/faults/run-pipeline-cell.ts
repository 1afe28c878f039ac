import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { exitCodeOf } from '@verapipe/ci-kit';
import { createUndiciHttpClient, createVeracodeClient, fingerprintOf, parseCredentials, runPipelineScan } from '@verapipe/core';
import { type RunningEmulator, startEmulator } from '@verapipe/emulator';

import { createDice } from '../world/dice.js';
import { platformClock } from '../world/platform-clock.js';
import { createProcess } from '../world/simulated-process.js';
import { createSocketClient } from '../world/socket-client.js';
import { createVirtualTime, type VirtualTime } from '../world/virtual-time.js';
import { type Cell, faultsOf } from './cells.js';
import type { JudgedCell } from './judge-cell.js';
import { judgePipelineCell, type PipelineEnd } from './judge-pipeline-cell.js';

/** The platform wants so much in two segments. */
const ARTIFACT_BYTES = 3 * 1024 * 1024;
const TIMEOUT_MS = 3_600_000;
const POLL_MS = 30_000;

/** The emulator behind real sockets, on a time that stands still while they are busy. */
interface PipelineWorld {
  readonly time: VirtualTime;
  readonly emulator: RunningEmulator;
  readonly folder: string;
}

/**
 * Runs the pipeline scan through one fault, and then, should it have failed, once more without.
 *
 * @param folder - for the file; emptied first
 */
export async function runPipelineCell(cell: Cell, folder: string): Promise<JudgedCell> {
  return inPipelineWorld(folder, async (world) => {
    const { emulator } = world;
    emulator.faults.set(...faultsOf(cell));
    const end = await runJob(world, 17);
    const { pipelineScans: scans } = emulator.snapshot();
    const journal = emulator.journal();
    emulator.faults.clear();
    const next = end.exitCode === 0 ? null : await runJob(world, 18);
    return judgePipelineCell({ cell, end, scans, journal, next });
  });
}

/** The calls that a pipeline scan makes when nothing goes wrong, in order. */
export async function pipelineCallsOf(folder: string): Promise<readonly string[]> {
  return inPipelineWorld(folder, async (world) => {
    await runJob(world, 17);
    return world.emulator.journal().map(({ operation }) => operation);
  });
}

async function inPipelineWorld<T>(folder: string, work: (world: PipelineWorld) => Promise<T>): Promise<T> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const time = createVirtualTime();
  const emulator = await startEmulator({ clock: platformClock(time), random: createDice(1) });
  try {
    return await time.runUntil(work({ time, emulator, folder }));
  } finally {
    await emulator.close();
  }
}

async function runJob({ time, emulator, folder }: PipelineWorld, seed: number): Promise<PipelineEnd> {
  const path = join(folder, 'shop.jar');
  await writeFile(path, Buffer.alloc(ARTIFACT_BYTES, 'content of shop.jar'));
  const stats = await stat(path, { bigint: true });
  const process = createProcess(time);
  const client = createVeracodeClient({
    credentials: parseCredentials({ apiId: emulator.apiId, apiKey: emulator.apiKey }),
    platformUrl: emulator.url,
    clock: process.clock,
    random: createDice(seed),
    httpClient: createSocketClient({ network: createUndiciHttpClient(), time, process }),
  });
  const request = {
    artifact: { path, name: 'shop.jar', sizeBytes: ARTIFACT_BYTES, fingerprint: fingerprintOf(stats) },
    project: { name: 'Shop', url: null, ref: null },
    commitHash: null,
    stage: 'DEVELOPMENT',
    includeModules: [],
    stackDumps: false,
    timeoutMs: TIMEOUT_MS,
    pipelinePollIntervalMs: POLL_MS,
  } as const;
  try {
    const { scanId } = await runPipelineScan(client, request);
    return { provenScanId: scanId, exitCode: 0 };
  } catch (error) {
    return { provenScanId: null, exitCode: exitCodeOf(error) };
  } finally {
    await client.close();
  }
}
