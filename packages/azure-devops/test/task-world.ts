import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { type RunningEmulator, type ScenarioInput, startEmulator, type StartEmulatorOptions } from '@verapipe/emulator';

import { type Agent, createAgent, type EndedStep, type ServiceConnection, type Step } from './agent/agent.js';

/** The folder of this package. */
export const PACKAGE = dirname(dirname(fileURLToPath(import.meta.url)));

/** The task as the extension holds it; the build puts it there. */
export const TASK_FOLDER = join(PACKAGE, 'dist', 'extension', 'Verapipe', 'VerapipeV1');

/** An agent with a checkout, and an emulated platform. */
export interface TaskWorld {
  readonly emulator: RunningEmulator;
  readonly agent: Agent;
  readonly connection: ServiceConnection;
  /** Runs a step with the service connection. */
  run(inputs: Readonly<Record<string, string>>, step?: Omit<Step, 'inputs'>): Promise<EndedStep>;
  /** Runs a step as it is. */
  runPlain(step: Step): Promise<EndedStep>;
  /** Puts `shop.jar` into the checkout. */
  fillWorkspace(): void;
  close(): Promise<void>;
}

export async function startTaskWorld(scenario: ScenarioInput, options: StartEmulatorOptions = {}): Promise<TaskWorld> {
  const emulator = await startEmulator({ timeScale: 24_000, scenario, ...options });
  const agent = createAgent(TASK_FOLDER);
  const connection: ServiceConnection = { id: '1f9a2c3d-0000-4000-8000-00000000c0de', type: 'verapipe', parameters: { apiId: emulator.apiId, apiKey: emulator.apiKey }, data: { platformUrl: emulator.url } };
  const world: TaskWorld = {
    emulator,
    agent,
    connection,
    run: (inputs, step = {}) => agent.run({ connection, ...step, inputs }),
    runPlain: (step) => agent.run(step),
    fillWorkspace() {
      mkdirSync(join(agent.sources, 'src'), { recursive: true });
      writeFileSync(join(agent.sources, 'shop.jar'), 'content of shop.jar');
    },
    async close() {
      agent.close();
      await emulator.close();
    },
  };
  world.fillWorkspace();
  return world;
}
