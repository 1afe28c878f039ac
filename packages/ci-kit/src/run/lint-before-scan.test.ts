import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type EmulatedRun, type GivenOptions, startEmulatedRun } from '../../test/emulated-run.js';
import { schemaFaults } from '../../test/results-schema.js';
import { writeZip } from '../../test/write-zip.js';
import { runPipelineScan } from './run-pipeline-scan.js';
import { runScan } from './run-scan.js';

const CLOSED = writeZip({ 'index.js': 'export {};\n', 'node_modules/a.js': 'x', 'cart.js': 'x' }, { isEncrypted: true });
const CLOSED_LINE = 'shop.jar: Files that can be read with a password only (1): cart.js. [encrypted-archive]';
const LOADED_LINE = 'shop.jar: Installed libraries are in it: node_modules (1 file). [node-modules]';

let world: EmulatedRun;
beforeEach(async () => {
  world = await startEmulatedRun({ scans: [{ findings: [], components: [] }], pipelineScans: [{ findings: [] }] });
  await writeFile(join(world.cwd, 'shop.jar'), CLOSED);
});
afterEach(() => world.close());

function warnings(): readonly string[] {
  return world.events.flatMap((event) => (event.type === 'warning' ? [event.message] : [])).filter((line) => line.endsWith(']') || line.includes('lint'));
}

/** Of calls that change something. */
function sent(): readonly string[] {
  return world.calls().filter((name) => /upload|create|begin|scans/u.test(name));
}

describe.each(['scan', 'pipeline-scan'] as const)('before %s', (command) => {
  const run = (given: GivenOptions = {}): ReturnType<typeof runScan> | ReturnType<typeof runPipelineScan> =>
    command === 'scan' ? runScan(world.scanInput(given)) : runPipelineScan(world.input('pipeline-scan', { file: 'shop.jar', ...given }));

  it('findings are warnings, and stand in the results', async () => {
    expect(await run()).toMatchObject({ exitCode: 0 });
    expect(warnings()).toEqual([CLOSED_LINE, LOADED_LINE]);
    const results = await world.readJson('verapipe-results.json');
    expect(schemaFaults(results)).toEqual([]);
    expect(results).toMatchObject({
      lint: { mode: 'warn', ignored: [], total: 2, findings: [{ rule: 'encrypted-archive', severity: 'error', artifact: 'shop.jar', place: 'cart.js' }, { rule: 'node-modules', severity: 'warning' }] },
    });
  });

  it('with error, severe findings are faults beside all others, and nothing is sent', async () => {
    const result = await run({ lint: 'error', 'poll-interval': command === 'scan' ? '0' : null });
    expect(result).toMatchObject({ kind: 'unjudged', exitCode: 2 });
    const issues = result.kind === 'unjudged' ? result.failure.issues : [];
    expect(issues).toContainEqual({ path: 'lint', got: CLOSED_LINE, wanted: expect.stringContaining('without a password') });
    expect(issues.filter(({ path }) => path !== 'lint').map(({ path }) => path)).toEqual(command === 'scan' ? ['pollInterval'] : []);
    expect(sent()).toEqual([]);
    expect(await world.readJson('verapipe-results.json')).toMatchObject({ verdict: 'none', lint: { mode: 'error', total: 2 } });
  });

  it('with error, warnings stay warnings, and a suppressed rule is silent', async () => {
    expect(await run({ lint: 'error', 'lint-ignore': 'encrypted-archive' })).toMatchObject({ exitCode: 0 });
    expect(warnings()).toEqual([LOADED_LINE]);
    expect(await world.readJson('verapipe-results.json')).toMatchObject({ lint: { mode: 'error', ignored: ['encrypted-archive'], total: 1 } });
  });

  it('with off, nothing is read', async () => {
    expect(await run({ lint: 'off' })).toMatchObject({ exitCode: 0 });
    expect(warnings()).toEqual([]);
    expect(await world.readJson('verapipe-results.json')).toMatchObject({ lint: null });
  });

  it.each(['warn', 'off'])('an unknown rule is a fault, also with %s', async (lint) => {
    expect(await run({ lint, 'lint-ignore': 'nested-archives' })).toMatchObject({ exitCode: 2, failure: { issues: [{ path: 'lintIgnore[0]', got: '"nested-archives"', wanted: 'perhaps "nested-archive"' }] } });
    expect(sent()).toEqual([]);
  });

  it('an archive that cannot be read is a finding, and the scan goes on', async () => {
    await writeFile(join(world.cwd, 'shop.jar'), CLOSED.subarray(0, -30));
    expect(await run()).toMatchObject({ exitCode: 0 });
    expect(warnings()).toEqual([expect.stringMatching(/^shop\.jar: It cannot be read to the end: .+ \[unreadable-archive\]$/u)]);
  });
});

describe("an organisation's floor", () => {
  async function scanUnder(floor: string, given: GivenOptions): Promise<readonly { readonly path: string; readonly got: string; readonly wanted: string }[]> {
    await writeFile(join(world.cwd, 'floor.yml'), `version: 1\n${floor}`);
    const result = await runScan(world.scanInput({ 'org-policy': 'floor.yml', ...given }));
    return result.kind === 'unjudged' ? result.failure.issues : [];
  }

  it.each<[floor: string, given: GivenOptions, path: string, got: string, wanted: RegExp]>([
    ['', { lint: 'off' }, 'lint', 'off', /^warn, which the organisation/u],
    ['lint: error', { lint: 'warn' }, 'lint', 'warn', /^error, which/u],
    ['', { 'lint-ignore': 'node-modules' }, 'lintIgnore', 'node-modules', /^none, which/u],
    ['lint-ignore: none', { 'lint-ignore': ['node-modules', 'test-code'] }, 'lintIgnore', 'node-modules, test-code', /^none, which/u],
  ])('of %j refuses %j', async (floor, given, path, got, wanted) => {
    expect(await scanUnder(floor, given)).toEqual([{ path, got, wanted: expect.stringMatching(wanted) }]);
    expect(sent()).toEqual([]);
  });

  it('makes findings faults where the repository said nothing', async () => {
    expect(await scanUnder('lint: error', {})).toMatchObject([{ path: 'lint', got: CLOSED_LINE }]);
  });

  it('allows to suppress and to be stricter', async () => {
    expect(await scanUnder('lint-ignore: allowed', { lint: 'error', 'lint-ignore': 'encrypted-archive' })).toEqual([]);
  });
});

it('shows twenty findings and counts the rest', async () => {
  const names = Array.from({ length: 25 }, (_, index) => `loaded${index}.zip`);
  for (const name of names) await writeFile(join(world.cwd, name), writeZip({ 'a.js': 'x', 'node_modules/a.js': 'x' }));
  await runScan(world.scanInput({ file: 'loaded*.zip' }));
  expect(warnings()).toHaveLength(21);
  expect(warnings().at(-1)).toBe('5 more findings of the artifact lint; `verapipe lint` lists them all.');
  expect(await world.readJson('verapipe-results.json')).toMatchObject({ lint: { total: 25 } });
});
