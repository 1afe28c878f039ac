import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { ScenarioInput } from '@verapipe/emulator';
import { afterEach, describe, expect, it } from '@jest/globals';

import { startEmulatedCli } from '../emulated-cli.js';
import { type CanaryKeys, type CanaryWorld, startCanaryWorld } from './canary-run.js';
import { leaksIn, parseSignature, tracesOf } from './traces.js';

const BARE_ID = '0123456789abcdef'.repeat(2);
const BARE_KEY = '5ec4e7'.repeat(21) + 'ab';

const PLAIN: CanaryKeys = { apiId: BARE_ID, apiKey: BARE_KEY };
const PREFIXED: CanaryKeys = { apiId: `vera01gi-${BARE_ID}`, apiKey: `vera01gs-${BARE_KEY}` };
const KEYS: readonly (readonly [name: string, keys: CanaryKeys])[] = [
  ['a plain key', PLAIN],
  ['a key with a prefix', PREFIXED],
  ['a key in capitals', { apiId: BARE_ID, apiKey: 'C0FFEE'.repeat(21) + 'AB' }],
  ['a long key', { apiId: BARE_ID, apiKey: 'deadbea7'.repeat(128) }],
];

const CLEAN: ScenarioInput = { scans: [{ findings: [], components: [] }] };
const PATIENCE_MS = 90_000;

let world: CanaryWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function start(keys: CanaryKeys, scenario: ScenarioInput = CLEAN): Promise<CanaryWorld> {
  world = await startCanaryWorld(keys, scenario);
  return world;
}

describe.each(KEYS)('%s is nowhere', (_name, keys) => {
  it('after scans that pass and fail, with --json and --debug, their states, results and reports', async () => {
    const { scan } = await start(keys);
    const { seen, ...end } = await scan('--json');
    expect(end).toMatchObject({ exitCode: 0, leaks: [] });
    // The canary has looked at the log, the object on stdout, the results, the report and the state.
    for (const part of ['debug request', '"schemaVersion"', 'verapipe-results.json', '<detailedreport', 'scan.json']) expect(seen).toContain(part);
    expect(await scan('--fail-on-severity', 'informational', '--scan-name', 'other')).toMatchObject({ leaks: [] });
  }, PATIENCE_MS);

  it('after handing over, waiting, resuming', async () => {
    const { emulator, run, scan } = await start(keys);
    expect(await scan('--no-wait')).toMatchObject({ exitCode: 0, leaks: [] });
    expect(await run(['wait', '--debug', '--platform-url', emulator.url])).toMatchObject({ exitCode: 0, leaks: [] });
    expect(await scan('--resume', '--json')).toMatchObject({ exitCode: 0, leaks: [] });
  }, PATIENCE_MS);

  it.each<[name: string, args: readonly string[]]>([
    ['help', ['--help']],
    ['help of a command', ['help', 'scan']],
    ['wrong input', ['scan', '--bogus', '--timeout', 'soon', '--json']],
    ['an unknown command', ['scna']],
    ['the options of another tool', ['scan', '-vid', keys.apiId, '-vkey', keys.apiKey, '--apikey', keys.apiKey]],
    ['a key among the arguments', ['scan', keys.apiKey]],
    ['a key in the place of a value', ['scan', '--app', 'x', '--file', 'shop.jar', '--timeout', keys.apiKey]],
    ['a key in the place of a file', ['scan', '--app', 'x', '--file', keys.apiKey]],
    ['a key in the place of a switch', ['scan', '--app', 'x', `--json=${keys.apiKey}`]],
    ['a key in the place of a command', [keys.apiKey]],
    ['a key in the place of an option', ['scan', `--${keys.apiKey}`]],
  ])('after %s', async (_case, args) => {
    const { run } = await start(keys);
    expect(await run(args)).toMatchObject({ leaks: [], requests: 0 });
    // Without the environment nobody knows that it is a key.
    expect(await run(args, { VERACODE_API_KEY_ID: undefined, VERACODE_API_KEY_SECRET: undefined })).toMatchObject({ leaks: [] });
  });

  it('when it comes from a credentials file, and is refused', async () => {
    const { emulator, folder, run } = await start(keys, { faults: [{ operation: '*', kind: 'expired-credentials', count: 'all' }] });
    await mkdir(join(folder, '.veracode'));
    await writeFile(join(folder, '.veracode', 'credentials'), `[default]\nveracode_api_key_id = ${keys.apiId}\nveracode_api_key_secret = ${keys.apiKey}\n`);
    const args = ['scan', '--app', 'Shop', '--file', 'shop.jar', '--debug', '--platform-url', emulator.url];
    expect(await run(args, { VERACODE_API_KEY_ID: undefined, VERACODE_API_KEY_SECRET: undefined })).toMatchObject({ exitCode: 3, leaks: [], seen: expect.stringContaining('debug') });
  });
});

const OPERATIONS = [
  'GET /api/authn/v2/api_credentials',
  'getapplist.do',
  'createapp.do',
  'createsandbox.do',
  'createbuild.do',
  'uploadlargefile.do',
  'getfilelist.do',
  'beginprescan.do',
  'getprescanresults.do',
  'beginscan.do',
  'getbuildinfo.do',
  'detailedreport.do',
];

describe.each(OPERATIONS)('faults of %s give nothing away', (operation) => {
  it.each(['status:500', 'html-200', 'reset-after', 'cut-body', 'bad-xml', 'expired-credentials'])('%s', async (kind) => {
    const { emulator, scan } = await start(PREFIXED);
    emulator.faults.set({ operation, kind, count: 'all' });
    const { leaks, seen } = await scan('--json', '--sandbox', 'feature', '--create-sandbox', '--include-modules', '*');
    expect({ leaks, faults: emulator.faults.list().map(({ met }) => met > 0) }).toEqual({ leaks: [], faults: [true] });
    expect(seen).toContain('debug');
  }, PATIENCE_MS);

  it.each(['error page', 'error page without names', 'refusal', 'headers', 'not XML'] as const)('a gateway that shows what it was sent: %s', async (reflection) => {
    const { reflect, scan } = await start(PREFIXED);
    reflect(operation, reflection);
    expect(await scan('--json', '--sandbox', 'feature', '--create-sandbox', '--include-modules', '*')).toMatchObject({ leaks: [], seen: expect.stringContaining('debug') });
  }, PATIENCE_MS);
});

describe('a crash', () => {
  it.each(KEYS)('with %s on its lips ends with 70 and does not tell it', async (_name, keys) => {
    const cli = await startEmulatedCli();
    try {
      const forms = ['k', 'k.replace(/^.*-/,"")', 'Buffer.from(k).toString("base64")', 'Buffer.from(k.replace(/^.*-/,""),"hex").toString("base64url")'];
      const source = `const k=process.env.VERACODE_API_KEY_SECRET;setInterval(()=>{if(process.listenerCount("uncaughtException"))throw new Error([${forms.join()}].join(" "))},20)`;
      const env = { VERACODE_API_KEY_ID: keys.apiId, VERACODE_API_KEY_SECRET: keys.apiKey, NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(source)}"` };
      cli.emulator.faults.set({ operation: '*', kind: 'stall', count: 'all' });
      const { exitCode, stdout, stderr } = await cli.start(['scan', '--app', 'Shop', '--file', 'shop.jar', '--platform-url', cli.emulator.url], env).ended;
      expect({ exitCode, stderr }).toEqual({ exitCode: 70, stderr: expect.stringContaining('This is a bug of verapipe') });
      expect(leaksIn([stdout, stderr, await cli.allFiles()].join('\n'), tracesOf(keys.apiKey, []))).toEqual([]);
    } finally {
      await cli.close();
    }
  }, PATIENCE_MS);
});

describe('the canary', () => {
  const HEADER = `VERACODE-HMAC-SHA-256 id=${BARE_ID},ts=1700000000000,nonce=${'0f'.repeat(16)},sig=${'ab'.repeat(32)}`;

  it('finds a planted leak of every trace, in whatever case', () => {
    const traces = tracesOf(PREFIXED.apiKey, [parseSignature(HEADER)]);
    expect(traces.length).toBeGreaterThanOrEqual(13);
    for (const { name, text } of traces) {
      expect(leaksIn(`x${text}y`, traces)).toContain(name);
      expect(leaksIn(`x${text.toUpperCase()}y`, traces)).toContain(name);
    }
    expect(leaksIn(traces.map(({ text }) => text.slice(1, -1)).join('\n'), traces)).toEqual([]);
  });

  it('finds what a run writes into its workspace', async () => {
    const { folder, run } = await start(PREFIXED);
    await writeFile(join(folder, 'work', 'planted.txt'), Buffer.from(BARE_KEY, 'hex').toString('base64'));
    expect((await run(['--help'])).leaks).toEqual(["the key's bytes in base64"]);
  });

  it('finds a signature that was sent, and the keys that it was derived from', async () => {
    const { folder, run, scan, sent } = await start(PREFIXED);
    expect(await scan('--no-wait')).toMatchObject({ exitCode: 0, leaks: [] });
    const derived = tracesOf(PREFIXED.apiKey, sent()).filter(({ name }) => /^a (?:nonce key|date key|signing key|signature)$/u.test(name));
    expect(derived).toHaveLength(sent().length * 4);
    for (const { name, text } of derived.slice(0, 4)) {
      await writeFile(join(folder, 'work', 'planted.txt'), text);
      expect((await run(['--help'])).leaks).toEqual([name]);
    }
  });
});
