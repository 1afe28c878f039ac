import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { readOptions, runScan, type RunResult } from '@verapipe/ci-kit';
import { createUndiciHttpClient } from '@verapipe/core';

import { createDice } from '../world/dice.js';
import { createProcess } from '../world/simulated-process.js';
import { createSocketClient } from '../world/socket-client.js';
import { ARTIFACTS, type Cell, faultsOf, type Variant, variantOf } from './cells.js';
import { callsIn, type FaultWorld, inFaultWorld } from './fault-world.js';
import { judgeCell, type JudgedCell } from './judge-cell.js';

/**
 * Runs the workflow through one fault, and then, should it have failed, the next run of the same job without a fault.
 *
 * @param folder - for the workspaces; emptied first
 */
export async function runCell(cell: Cell, folder: string): Promise<JudgedCell> {
  const variant = variantOf(cell);
  return inFaultWorld(variant.scenario, folder, async (world) => {
    world.emulator.faults.set(...faultsOf(cell));
    const result = await runJob(world, variant, 17);
    const before = { snapshot: world.emulator.snapshot(), journal: world.emulator.journal() };
    world.emulator.faults.clear();
    const next = result.exitCode === 0 ? null : await runJob(world, variant, 18);
    return judgeCell({ cell, variant, result, before, next });
  });
}

/** The calls that a variant makes when nothing goes wrong, in order. */
export async function callsOf(variant: Variant, folder: string): Promise<readonly string[]> {
  return inFaultWorld(variant.scenario, folder, async (world) => {
    await runJob(world, variant, 17);
    return callsIn(world);
  });
}

async function runJob({ time, emulator, folder }: FaultWorld, variant: Variant, buildNumber: number): Promise<RunResult> {
  const cwd = join(folder, String(buildNumber));
  await mkdir(cwd, { recursive: true });
  for (const name of ARTIFACTS) await writeFile(join(cwd, name), `content of ${name}`);
  const process = createProcess(time);
  const env = {
    VERACODE_API_KEY_ID: emulator.apiId,
    VERACODE_API_KEY_SECRET: emulator.apiKey,
    JENKINS_URL: 'https://ci.example.com/',
    JOB_NAME: 'shop',
    BUILD_NUMBER: String(buildNumber),
  };
  const settings = [
    { name: 'app', value: 'Shop' },
    { name: 'create-profile', value: null },
    { name: 'platform-url', value: emulator.url },
    { name: 'poll-interval', value: '120' },
    ...ARTIFACTS.map((value) => ({ name: 'file', value })),
    ...variant.settings,
  ];
  return runScan({
    options: readOptions('scan', settings, env),
    env,
    cwd,
    homeDir: cwd,
    platform: 'linux',
    clock: process.clock,
    random: createDice(buildNumber),
    httpClient: createSocketClient({ network: createUndiciHttpClient(), time, process }),
  });
}
