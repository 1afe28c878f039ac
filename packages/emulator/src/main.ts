#!/usr/bin/env node
import packageJson from '../package.json' with { type: 'json' };
import { parseCommandLine, UsageError, type StartRequest } from './command/command-options.js';
import { helpText } from './command/help-text.js';
import { readScenarioFile } from './command/read-scenario-file.js';
import { FaultError } from './faults/read-faults.js';
import type { ScenarioInput } from './scenarios/scenario.js';
import { startEmulator } from './start-emulator.js';

async function main(args: readonly string[]): Promise<void> {
  const request = parseCommandLine(args);
  switch (request.kind) {
    case 'help':
      process.stdout.write(helpText);
      return;
    case 'version':
      process.stdout.write(`${packageJson.version}\n`);
      return;
    case 'start':
      return serve(request);
  }
}

/** Serves until a signal comes. */
async function serve({ scenarioFile, oldCredentials, ...request }: StartRequest): Promise<void> {
  const stopped = untilSignal();
  const scenario: ScenarioInput = scenarioFile === undefined ? {} : readScenarioFile(scenarioFile);
  const emulator = await startEmulator({
    ...request,
    scenario: oldCredentials === undefined ? scenario : { ...scenario, settings: { ...scenario.settings, oldCredentials } },
  });
  const { url, tlsUrl, proxyUrl, caFile, apiId, apiKey } = emulator;
  process.stdout.write(`${JSON.stringify({ url, tlsUrl, proxyUrl, caFile, apiId, apiKey })}\n`);
  await stopped;
  await emulator.close();
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    // SIGBREAK is how a Windows console asks.
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGBREAK'] as const) {
      process.once(signal, () => resolve());
    }
  });
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const isUsage = error instanceof UsageError || error instanceof FaultError;
  process.stderr.write(`verapipe-emulator: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = isUsage ? 2 : 1;
});
