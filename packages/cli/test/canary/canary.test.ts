import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { COMMANDS } from '@verapipe/ci-kit';
import type { ScenarioInput } from '@verapipe/emulator';
import { REPORT_FORMATS } from '@verapipe/reports';
import { afterEach, describe, expect, it } from '@jest/globals';

import { startEmulatedCli } from '../emulated-cli.js';
import { type CanaryKeys, type CanaryWorld, commandsSeen, startCanaryWorld } from './canary-run.js';
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
    const reports = REPORT_FORMATS.flatMap((format) => ['--report', `${format}=reports/${format}`]);
    const other = await scan('--fail-on-severity', 'informational', '--scan-name', 'other', ...reports);
    expect(other).toMatchObject({ leaks: [] });
    // Those that say something although there are no findings.
    for (const part of ['"executionSuccessful":true', 'VERACODE_RESULT_VERDICT=', 'external_link']) expect(other.seen).toContain(part);
  });

  it('after handing over, waiting, resuming', async () => {
    const { emulator, run, scan } = await start(keys);
    expect(await scan('--no-wait')).toMatchObject({ exitCode: 0, leaks: [] });
    expect(await run(['wait', '--debug', '--platform-url', emulator.url])).toMatchObject({ exitCode: 0, leaks: [] });
    expect(await scan('--resume', '--json')).toMatchObject({ exitCode: 0, leaks: [] });
  });

  it('after commands that scan on the side, ask, and tidy up', async () => {
    const { emulator, run, scan } = await start(keys);
    await scan('--sandbox', 'feature', '--create-sandbox');
    const commands: readonly (readonly [exitCode: number, args: readonly string[]])[] = [
      [1, ['pipeline-scan', '--file', 'shop.jar', '--json', '--data-paths', 'violating']],
      [1, ['pipeline-scan', '--file', 'shop.jar', '--app', 'Shop', '--baseline-scan', 'sandbox:feature', '--json']],
      [0, ['scan', '--app', 'Shop', '--file', 'shop.jar', '--new-only', '--baseline-scan', 'sandbox:feature', '--json']],
      [0, ['gate', '--verify-platform', '--json']],
      [0, ['plan', 'scan', '--app', 'Shop', '--file', 'shop.jar', '--json']],
      [0, ['plan', 'pipeline-scan', '--file', 'shop.jar']],
      [0, ['findings', '--app', 'Shop', '--sandbox', 'feature', '--all', '--json']],
      [0, ['baseline', 'save', '--app', 'Shop', '--sandbox', 'feature', '--to', 'known.json', '--json']],
      [0, ['sandbox', 'list', '--app', 'Shop']],
      [0, ['sandbox', 'create', '--app', 'Shop', '--sandbox', 'other']],
      [0, ['sandbox', 'promote', '--app', 'Shop', '--sandbox', 'feature']],
      [1, ['pipeline-scan', '--file', 'shop.jar', '--app', 'Shop', '--apply-mitigations', '--json']],
      [0, ['sandbox', 'sweep', '--app', 'Shop', '--prefix', 'o', '--apply', '--json']],
      [0, ['preflight', '--app', 'Shop', '--write', '--conformance', '--status-url', emulator.url, '--json']],
      [0, ['health', '--status-url', emulator.url, '--json']],
      [0, ['applications', 'changed', '--since', '2026-01-01', '--cursor', 'cursor.json', '--with', 'findings']],
    ];
    for (const [exitCode, args] of commands) {
      const { seen, ...end } = await run([...args, '--debug', '--platform-url', emulator.url]);
      expect({ args, ...end }).toMatchObject({ args, exitCode, leaks: [] });
      expect(seen).toContain('debug request');
    }
  });

  it('after commands that read what others wrote', async () => {
    const { run, scan } = await start(keys);
    await scan();
    const reports = REPORT_FORMATS.flatMap((format) => ['--report', `${format}=again/${format}`]);
    const commands: readonly (readonly [exitCode: number, args: readonly string[]])[] = [
      [0, ['report', ...reports]],
      [0, ['report', '--json', ...reports]],
      [0, ['baseline', 'save', '--from', 'verapipe-results.json', '--to', 'known.json']],
      [0, ['baseline', 'compare', '--baseline', 'known.json']],
      [0, ['baseline', 'compare', '--baseline', 'known.json', '--json']],
      [2, ['report', '--from', keys.apiKey, ...reports]],
      [2, ['baseline', 'compare', '--baseline', keys.apiKey]],
    ];
    for (const [exitCode, args] of commands) {
      const { requests } = await run(['--help']);
      expect({ args, ...(await run([...args, '--debug'])) }).toMatchObject({ args, exitCode, leaks: [], requests });
    }
  });

  it('after commands about the repository and its pipelines', async () => {
    const { run, folder } = await start(keys);
    const planted = join(folder, 'planted');
    await mkdir(planted);
    const leak = `VERACODE_API_KEY_ID=${keys.apiId}\nVERACODE_API_KEY_SECRET=${keys.apiKey}\njava -jar VeracodeJavaAPI.jar -vid ${keys.apiId} -vkey ${keys.apiKey}\n`;
    await writeFile(join(planted, 'build.sh'), leak);
    await writeFile(join(planted, 'Jenkinsfile'), `node { sh 'verapipe scan -vkey ${keys.apiKey} || true' }\n`);
    const commands: readonly (readonly [exitCode: number, args: readonly string[]])[] = [
      [1, ['credentials', 'scan', planted]],
      [1, ['credentials', 'scan', '--json', planted, '.']],
      [2, ['credentials', 'scan', join(planted, keys.apiKey)]],
      [1, ['drill', '--lint', join(planted, 'Jenkinsfile')]],
      [1, ['drill', '--lint', join(planted, 'Jenkinsfile'), '--json']],
      [70, ['drill', '--exit', '70']],
      [2, ['drill', '--exit', keys.apiKey]],
      [0, ['init', 'jenkins']],
      [0, ['init', 'gitlab', '--json']],
      [2, ['init', keys.apiKey]],
    ];
    for (const [exitCode, args] of commands) {
      const { seen, ...end } = await run([...args, '--debug']);
      expect({ args, ...end }).toMatchObject({ args, exitCode, leaks: [], requests: 0 });
      // Not even a part of it.
      expect(seen.toLowerCase()).not.toContain(keys.apiKey.slice(20, 40).toLowerCase());
    }
  });

  it('after credentials are looked at, made, rotated and revoked, all but the place that they are for', async () => {
    const { emulator, folder, run } = await startCanaryWorld(keys, { ...CLEAN, accounts: [{ ...keys, roles: ['adminapi', 'uploadapi'] }], settings: { oldCredentials: '24h' } }).then((made) => (world = made));
    await writeFile(join(folder, 'store.mjs'), 'for await (const piece of process.stdin) console.log(piece.toString()); process.exitCode = Number(process.argv[2]);');
    const store = (code: string): string => JSON.stringify([process.execPath, join(folder, 'store.mjs'), code]);
    const commands: readonly (readonly [exitCode: number, args: readonly string[]])[] = [
      [0, ['credentials', 'status', '--fail-below', '10', '--json']],
      [0, ['credentials', 'whoami', '--json']],
      [0, ['credentials', 'create-service-account', '--name', 'ci-two', '--email', 'appsec-team@example.com', '--for', 'scan']],
      [0, ['credentials', 'generate', '--user', 'ci-two', '--to-profile', 'ci-two', '--json']],
      [0, ['credentials', 'rotate', '--user', 'ci-two', '--to-command', store('0')]],
      [9, ['credentials', 'rotate', '--user', 'ci-two', '--to-command', store('4'), '--payload', 'key']],
      [0, ['credentials', 'rotate', '--yes', '--to-profile', 'default']],
      [2, ['credentials', 'rotate', '--to-command', 'x', '--api-id', keys.apiKey]],
      [0, ['credentials', 'revoke', '--api-id', emulator.apiId, '--yes']],
    ];
    for (const [exitCode, args] of commands) {
      const { seen, ...end } = await run([...args, '--debug', '--platform-url', emulator.url]);
      expect({ args, ...end }).toMatchObject({ args, exitCode, leaks: [] });
      if (exitCode !== 2) expect(seen).toContain('debug request');
    }
  });

  it.each<[name: string, args: readonly string[]]>([
    ['help', ['--help']],
    ['help of a command', ['help', 'scan']],
    ['wrong input', ['scan', '--bogus', '--timeout', 'soon', '--json']],
    ['a look into an artifact', ['lint', '--file', 'shop.jar', '--json']],
    ['a key in the place of a rule', ['lint', '--file', 'shop.jar', '--lint-ignore', keys.apiKey]],
    ['a key in the place of a rule of a scan', ['scan', '--app', 'x', '--file', 'shop.jar', '--lint-ignore', keys.apiKey]],
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
    const { seen, ...end } = await run(args, { VERACODE_API_KEY_ID: undefined, VERACODE_API_KEY_SECRET: undefined });
    expect(end).toMatchObject({ leaks: [] });
    expect(seen.toLowerCase()).not.toContain(keys.apiKey.slice(20, 40).toLowerCase());
  });

  it('when it comes from a credentials file, and is refused', async () => {
    const { emulator, folder, run } = await start(keys, { faults: [{ operation: '*', kind: 'expired-credentials', count: 'all' }] });
    await mkdir(join(folder, '.veracode'));
    await writeFile(join(folder, '.veracode', 'credentials'), `[default]\nveracode_api_key_id = ${keys.apiId}\nveracode_api_key_secret = ${keys.apiKey}\n`);
    const args = ['scan', '--app', 'Shop', '--file', 'shop.jar', '--debug', '--platform-url', emulator.url];
    expect(await run(args, { VERACODE_API_KEY_ID: undefined, VERACODE_API_KEY_SECRET: undefined })).toMatchObject({ exitCode: 3, leaks: [], seen: expect.stringContaining('debug') });
  });
});

const DATA_PATHS = 'GET /appsec/v2/applications/{guid}/findings/{issue}/static_flaw_info';

const OPERATIONS = [
  'GET /api/authn/v2/api_credentials',
  'GET /appsec/v1/applications',
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
  });

  it.each(['error page', 'error page without names', 'refusal', 'headers', 'not XML'] as const)('a gateway that shows what it was sent: %s', async (reflection) => {
    const { reflect, scan } = await start(PREFIXED);
    reflect(operation, reflection);
    expect(await scan('--json', '--sandbox', 'feature', '--create-sandbox', '--include-modules', '*')).toMatchObject({ leaks: [], seen: expect.stringContaining('debug') });
  });
});

const VIOLATING: ScenarioInput = { applications: [{ name: 'Shop', builds: [{ name: 'v1' }] }], scans: [{ findings: [{ cwe: 89, severity: 5, file: 'src/A.java', line: 7 }], components: [] }] };

describe('data paths', () => {
  it.each(KEYS)('are read without telling %s', async (_name, keys) => {
    const { emulator, run, scan } = await start(keys, VIOLATING);
    const scanned = await scan('--data-paths', 'violating');
    expect(scanned).toMatchObject({ exitCode: 1, leaks: [], seen: expect.stringMatching(/static_flaw_info[^]*"dataPaths":\[\{"steps"/u) });
    expect(await run(['wait', '--data-paths', 'violating', '--debug', '--platform-url', emulator.url])).toMatchObject({ exitCode: 1, leaks: [] });
    expect(await run(['findings', '--app', 'Shop', '--data-paths', 'violating', '--json', '--debug', '--platform-url', emulator.url])).toMatchObject({ exitCode: 0, leaks: [] });
  });

  it.each(['error page', 'error page without names', 'refusal', 'headers'] as const)('a gateway that shows what it was sent stands in no warning and no result: %s', async (reflection) => {
    const { reflect, scan } = await start(PREFIXED, VIOLATING);
    reflect(DATA_PATHS, reflection);
    expect(await scan('--json', '--data-paths', 'violating')).toMatchObject({ exitCode: 1, leaks: [], seen: expect.stringContaining('could not be read; the findings stand without them') });
  });

  it.each(['status:500', 'html-200', 'reset-after', 'cut-body', 'bad-json', 'expired-credentials'])('faults give nothing away: %s', async (kind) => {
    const { emulator, scan } = await start(PREFIXED, VIOLATING);
    emulator.faults.set({ operation: DATA_PATHS, kind, count: 'all' });
    const { exitCode, leaks } = await scan('--json', '--data-paths', 'violating');
    expect({ exitCode, leaks, met: emulator.faults.list().map(({ met }) => met > 0) }).toEqual({ exitCode: 1, leaks: [], met: [true] });
  });
});

describe.each([
  ['POST /api/authn/v2/api_credentials', ['credentials', 'rotate', '--yes', '--to-profile', 'default']],
  ['GET /api/authn/v2/users/self', ['credentials', 'whoami']],
  ['POST /pipeline_scan/v1/scans', ['pipeline-scan', '--file', 'shop.jar', '--json']],
  ['PUT /pipeline_scan/v1/scans/{scan_id}/segments/{segment_id}', ['pipeline-scan', '--file', 'shop.jar', '--json']],
  ['GET /pipeline_scan/v1/scans/{scan_id}/findings', ['pipeline-scan', '--file', 'shop.jar', '--json']],
  ['GET /appsec/v1/applications', ['findings', '--app', 'Shop']],
  ['GET /api/authn/v2/users/self', ['preflight', '--conformance']],
  ['GET /healthcheck/status', ['health', '--json']],
  ['GET /appsec/v2/applications/{guid}/summary_report', ['pipeline-scan', '--file', 'shop.jar', '--app', 'Shop', '--apply-mitigations', '--json']],
] as const)('faults of %s give nothing away', (operation, args) => {
  it.each(['status:500', 'html-200', 'reset-after', 'cut-body', 'bad-json', 'expired-credentials'])('%s', async (kind) => {
    const { emulator, run } = await start(PREFIXED, { ...CLEAN, applications: [{ name: 'Shop', builds: [{ name: 'release' }] }] });
    emulator.faults.set({ operation, kind, count: 'all' });
    const { leaks, seen } = await run([...args, '--debug', '--platform-url', emulator.url]);
    expect({ leaks, faults: emulator.faults.list().map(({ met }) => met > 0) }).toEqual({ leaks: [], faults: [true] });
    expect(seen).toContain('debug');
  });
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
  });
});

describe('the commands', () => {
  // The last of those that start one: it looks at what all tests before it have run.
  it('have all been looked at', () => {
    expect([...commandsSeen].toSorted()).toEqual([...COMMANDS].toSorted());
  });
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
