import { mkdir, mkdtemp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { startEmulator } from '@verapipe/emulator';

import { packArtifact } from './pack-artifact.js';
import { runProgram } from './run-program.js';
import { SCENARIO, TIME_SCALE } from './scenario.js';

/**
 * Scans the CLI's own package with the real CLI against an emulated platform.
 *
 * @param extraOptions - handed on to `verapipe scan`
 * @returns the CLI's exit code
 */
export async function runDemo(extraOptions: readonly string[], say: (line: string) => void): Promise<number> {
  const cliFolder = dirname(createRequire(import.meta.url).resolve('verapipe/package.json'));
  const folder = await mkdtemp(join(tmpdir(), 'verapipe-demo-'));
  const results = join(folder, 'results');
  await mkdir(results);

  const emulator = await startEmulator({ timeScale: TIME_SCALE, scenario: SCENARIO });
  try {
    say(`Emulated platform   ${emulator.url} (${TIME_SCALE} times as fast as real time)`);
    const artifact = await packArtifact(cliFolder, folder);
    say(`Artifact            ${artifact}`);

    const options = ['--app', 'Verapipe demo', '--create-profile', '--file', artifact, '--output-dir', results];
    const args = ['scan', ...options, '--platform-url', emulator.url, ...extraOptions];
    say(`Command             verapipe ${args.map(quote).join(' ')}\n`);
    const exitCode = await runProgram({
      args: [join(cliFolder, 'dist', 'main.js'), ...args],
      cwd: folder,
      env: { ...withoutSettings(process.env), VERACODE_API_KEY_ID: emulator.apiId, VERACODE_API_KEY_SECRET: emulator.apiKey },
      output: 'inherit',
    });
    say(`\nExit code ${exitCode}. The result files lie in ${results}`);
    return exitCode;
  } finally {
    await emulator.close();
  }
}

/** The demo starts from defaults, whatever the terminal is set up for; credentials of people are not for emulators. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(VERACODE|VERAPIPE)_/i.test(name)));
}

function quote(argument: string): string {
  return /^[\w./:\\-]+$/.test(argument) ? argument : JSON.stringify(argument);
}
