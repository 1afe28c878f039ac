import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type EmulatedCli, type Ended, startEmulatedCli } from './emulated-cli.js';

let world: EmulatedCli;

afterEach(() => world.close());

const CLEAN = { scans: [{ findings: [], components: [] }] };
const ENDLESS = { scans: [{ scanOutcome: 'never-ends' as const }] };

describe('verapipe scan', () => {
  it('passes with proof, says so on stdout, and tells on stderr how it went', async () => {
    world = await startEmulatedCli(CLEAN);
    const { exitCode, stdout, stderr } = await world.scan();
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stdout).toContain('No findings.');
    expect(stdout).toMatch(/pass {2}policy {2}The platform's evaluation/u);
    expect(stdout).toMatch(/PASS: policy scan "local .+" \(build \d+\) of "Shop" is "Results Ready", 1 module scanned, 0 of 0 reported findings read/u);
    expect(stdout).toContain(join(world.cwd, 'verapipe-results.json'));
    expect(stderr).toMatch(/credentials from the environment[^]+Application profile "Shop" \(\d+\) created[^]+Uploaded shop\.jar, 19 B/u);
    expect(stderr + stdout).not.toContain('\u001b');
  });

  it('fails on what the policy forbids, with the findings in a table', async () => {
    world = await startEmulatedCli();
    const { exitCode, stdout } = await world.scan();
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/SEVERITY +CWE +WHERE +WHAT +POLICY\n(?:Very )?High /u);
    expect(stdout).toContain('FAIL: policy scan');
  });

  it('scans in a sandbox', async () => {
    world = await startEmulatedCli(CLEAN);
    const { exitCode, stdout } = await world.scan('--sandbox', 'feature x', '--create-sandbox');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('of "Shop", sandbox "feature x"');
  });

  it('fails nobody with --report-only', async () => {
    world = await startEmulatedCli();
    const { exitCode, stdout } = await world.scan('--report-only');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('The run does not fail, because of --report-only.');
  });

  it('tolerates an outage that was agreed to, and never calls it a pass', async () => {
    world = await startEmulatedCli({ faults: [{ operation: 'GET /appsec/v1/applications', kind: 'status:503', count: 'all' }] });
    const terms = ['--on-outage', 'warn:3', '--outage-owner', 'Ann', '--outage-reason', 'Releases go on.', '--outage-since', new Date().toISOString().slice(0, 10)];
    const { exitCode, stdout, stderr } = await world.scan(...terms);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(stderr).toMatch(/\nOutage: [^]+\nTolerated until .+; owner Ann; reason: Releases go on\.\nNO VERDICT: nothing was scanned\.\n/u);
    expect(stderr).not.toMatch(/\bpass\b/iu);
  });

  it('gives one object on stdout with --json, and the outcome on stderr', async () => {
    world = await startEmulatedCli();
    const { stdout, stderr } = await world.scan('--json', '--quiet');
    const { findings, ...written } = await world.readJson('verapipe-results.json');
    expect(JSON.parse(stdout)).toEqual(written);
    expect(findings).not.toEqual([]);
    expect(stderr).toContain('FAIL: policy scan');
    expect(stderr).not.toContain('Uploaded');
  });

  it('hands over with --no-wait, judging nothing, and wait goes on', async () => {
    world = await startEmulatedCli(CLEAN);
    const { exitCode, stdout } = await world.scan('--no-wait');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/NOT JUDGED: policy scan .+ was submitted, read back and not waited for/u);
    const command = /^ {2}verapipe (wait .+)$/mu.exec(stdout)?.[1] ?? '';
    const waited = await world.start(command.split(' ')).ended;
    expect(waited).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('PASS: policy scan') });
    expect(world.emulator.snapshot().applications[0]?.builds).toHaveLength(1);
  });

  it('takes options from the environment, also lists', async () => {
    world = await startEmulatedCli(CLEAN);
    await writeFile(join(world.cwd, 'b.jar'), 'b');
    const env = { VERAPIPE_APP: 'Shop', VERAPIPE_CREATE_PROFILE: 'yes', VERAPIPE_FILE: 'shop.jar,b.jar', VERAPIPE_PLATFORM_URL: world.emulator.url, VERAPIPE_WAIT: 'no' };
    expect((await world.start(['scan'], env).ended).exitCode).toBe(0);
    expect((await world.readJson('verapipe-results.json'))['artifacts']).toHaveLength(2);
  });

  it('says loudly that the credentials end within a week', async () => {
    world = await startEmulatedCli({ ...CLEAN, accounts: [{ credentialsExpireInDays: 3 }] });
    const { stderr } = await world.scan('--no-wait', '--quiet');
    expect(stderr.match(/WARNING: The API credentials end in [23] days/gu)).toHaveLength(1);
  });
});

describe('a cancelled run', () => {
  const signals: readonly NodeJS.Signals[] = process.platform === 'win32' ? [] : ['SIGINT', 'SIGTERM'];

  it.each(signals)('stops at %s, says what still runs and how to attach; --resume goes on', async (signal) => {
    world = await startEmulatedCli(ENDLESS);
    const args = ['scan', '--app', 'Shop', '--create-profile', '--file', 'shop.jar', '--platform-url', world.emulator.url];
    const running = world.start(args);
    await running.says('status "Scan In Process"');
    running.process.kill(signal);
    const { exitCode, stderr } = await running.ended;
    expect(exitCode).toBe(130);
    expect(stderr).toMatch(new RegExp(`Cancelled: The run was cancelled \\(${signal}\\)[^]+goes on at the platform[^]+verapipe wait --state \\.verapipe/scan\\.json`, 'u'));
    expect(await world.readJson('verapipe-results.json')).toMatchObject({ verdict: 'none', failure: { exitCode: 130 } });

    const resumed = world.start([...args, '--resume']);
    await resumed.says('found, going on with it');
    resumed.process.kill(signal);
    expect((await resumed.ended).exitCode).toBe(130);
    expect(world.emulator.journal().filter(({ operation }) => operation === 'uploadlargefile.do')).toHaveLength(1);
  });

  it.each(signals)('says so at %s also when nothing answers any more that could end its pipeline scan', async (signal) => {
    const faults = ['PUT', 'GET'].map((method) => ({ operation: `${method} /pipeline_scan/v1/scans/{scan_id}`, kind: 'stall', count: 'all' as const }));
    world = await startEmulatedCli({ faults });
    const running = world.start(['pipeline-scan', '--file', 'shop.jar', '--platform-url', world.emulator.url]);
    await running.says('Starting');
    running.process.kill(signal);
    const { exitCode, stderr } = await running.ended;
    expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: expect.stringMatching(/could not be cancelled and may run on by itself[^]+Cancelled: The run was cancelled/u) });
    expect(await world.readJson('verapipe-results.json')).toMatchObject({ verdict: 'none', failure: { exitCode: 130 } });
  });

  (process.platform === 'win32' ? it.skip : it)('ends at once at the second signal (not run on Windows: it has no such signals)', async () => {
    world = await startEmulatedCli({ ...ENDLESS, faults: [{ operation: 'deletebuild.do', kind: 'stall' }] });
    const running = world.start(['scan', '--app', 'Shop', '--create-profile', '--file', 'shop.jar', '--platform-url', world.emulator.url, '--on-cancel', 'delete']);
    await running.says('status "Scan In Process"');
    running.process.kill('SIGTERM');
    await running.says('a second signal ends at once');
    running.process.kill('SIGTERM');
    expect((await running.ended).exitCode).toBe(130);
    expect(existsSync(join(world.cwd, 'verapipe-results.json'))).toBe(false);
  });
});

describe('other commands', () => {
  it('scan on the side, with files in the shape of the vendor', async () => {
    world = await startEmulatedCli({ pipelineScans: [{ findings: [{ cwe: 89, severity: 4 }, { cwe: 404, severity: 0 }] }] });
    const place = ['--platform-url', world.emulator.url];
    const { exitCode, stdout, stderr } = await world.start(['pipeline-scan', '--file', 'shop.jar', ...place]).ended;
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: expect.stringMatching(/FAIL: pipeline scan "shop\.jar" \(.+\) is "SUCCESS", 2 modules scanned, 2 of 2 reported findings read\./u) });
    expect(stderr).toMatch(/Pipeline scan .+ created\n/u);
    expect(await world.readJson('filtered_results.json')).toMatchObject({ scan_status: 'SUCCESS', findings: [{ cwe_id: '89' }] });
    expect((await world.start(['pipeline-scan', '--file', 'shop.jar', '--fail-on-severity', 'very high', ...place]).ended).exitCode).toBe(0);
  });

  it('keep data on stdout, progress and failures on stderr', async () => {
    world = await startEmulatedCli({ applications: [{ name: 'Shop', sandboxes: [{ name: 'feature' }] }] });
    const place = ['--platform-url', world.emulator.url];
    const { exitCode, stdout, stderr } = await world.start(['sandbox', 'list', '--app', 'Shop', '--json', ...place]).ended;
    expect({ exitCode, sandboxes: (JSON.parse(stdout) as { readonly sandboxes: unknown }).sandboxes }).toMatchObject({ exitCode: 0, sandboxes: [{ name: 'feature' }] });
    expect(stderr).toContain('credentials from the environment');
    const missing = await world.start(['findings', '--app', 'Shpo', ...place]).ended;
    expect(missing).toMatchObject({ exitCode: 4, stdout: '', stderr: expect.stringMatching(/Error: There is no application profile "Shpo" .+ Near: "Shop"\.\nNext: /u) });
  });
});

describe('bad input', () => {
  beforeEach(async () => {
    world = await startEmulatedCli();
  });

  /** Runs what must not reach the platform. */
  async function refused(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
    const ended = await world.start(args, env).ended;
    expect(world.emulator.journal()).toEqual([]);
    expect(ended.stdout).toBe('');
    return ended;
  }

  function scanning(...more: readonly string[]): readonly string[] {
    return ['scan', '--app', 'Shop', '--file', 'shop.jar', '--platform-url', world.emulator.url, ...more];
  }

  const ID = '0123456789abcdef0123456789abcdef';
  const KEY = '0123456789abcdef'.repeat(8);

  it.each([
    ['no credentials', { VERACODE_API_KEY_ID: '', VERACODE_API_KEY_SECRET: '' }, 'No API credentials were found. Looked at the environment'],
    ['a malformed key', { VERACODE_API_KEY_ID: ID, VERACODE_API_KEY_SECRET: `${KEY.slice(1)}x` }, 'The API key has a letter that is not hexadecimal at position 128'],
    ['a cut key', { VERACODE_API_KEY_ID: ID, VERACODE_API_KEY_SECRET: KEY.slice(0, 100) }, 'The API key has 100 digits'],
    ['swapped id and key', { VERACODE_API_KEY_ID: KEY, VERACODE_API_KEY_SECRET: ID }, 'The API id and the API key are swapped'],
    ['half a pair', { VERACODE_API_KEY_ID: ID, VERACODE_API_KEY_SECRET: '' }, 'VERACODE_API_KEY_ID is set, but VERACODE_API_KEY_SECRET is not'],
  ])('%s: 3', async (_name, env, message) => {
    const { exitCode, stderr } = await refused(scanning(), env);
    expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: expect.stringContaining(`Error: ${message}`) });
    expect(stderr).not.toContain(KEY.slice(0, 100));
  });

  async function oneFault(args: readonly string[], fault: string): Promise<void> {
    const { exitCode, stderr } = await refused(args);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('Error: the input has one fault; nothing was sent.') });
    expect(stderr).toContain(fault);
  }

  it('a folder: 2', async () => {
    await mkdir(join(world.cwd, 'classes'));
    await oneFault(scanning('--file', 'classes'), 'a folder; wanted a file; for its files write');
  });

  it('a link that leads nowhere: 2', async () => {
    await symlink('absent.jar', join(world.cwd, 'dangling.jar'));
    await oneFault(scanning('--file', 'dangling.jar'), 'a symbolic link that leads nowhere');
  });

  const mayReadEverything = process.platform === 'win32' || process.getuid?.() === 0;
  it(`a file without the right to read it: ${mayReadEverything ? 'read all the same by this user' : '2'}`, async () => {
    await writeFile(join(world.cwd, 'locked.jar'), 'x');
    await chmod(join(world.cwd, 'locked.jar'), 0);
    const { exitCode, stderr } = await world.start([...scanning('--file', 'locked.jar'), '--no-wait']).ended;
    expect(exitCode).toBe(mayReadEverything ? 4 : 2);
    expect(stderr.includes('may not read')).toBe(!mayReadEverything);
  });

  it('an empty file: 2', async () => {
    await writeFile(join(world.cwd, 'empty.jar'), '');
    await oneFault(scanning('--file', 'empty.jar'), '"empty.jar": an empty file'.slice(1));
  });

  it('2^31 + 1 bytes: 2', async () => {
    await writeFile(join(world.cwd, 'big.jar'), '');
    await truncate(join(world.cwd, 'big.jar'), 2 ** 31 + 1);
    await oneFault(scanning('--file', 'big.jar'), '2147483649 bytes');
  });

  it('two files of one name: 2', async () => {
    await mkdir(join(world.cwd, 'old'));
    await writeFile(join(world.cwd, 'old', 'shop.jar'), 'x');
    await oneFault(scanning('--file', 'old/*.jar'), '2 files of the name "shop.jar"');
  });

  it.each([
    ['an unknown option', ['--tiemout', '5'], '--tiemout: got an unknown option; did you mean --timeout?'],
    ['an option of another tool', ['-vkey', 'c0ffee'], '--vkey: got an unknown option; wanted the credentials in the environment'],
    ['a polling interval of 10 s against a real host name', ['--platform-url=https://analysiscenter.veracode.com', '--poll-interval', '10'], '--poll-interval: got 10 s; wanted at least 120 s: Veracode'],
    ['http: to another machine', ['--platform-url=http://veracode.example'], '--platform-url: got http://veracode.example; wanted https:'],
    ['a pattern without matches', ['--file', 'dist/*.war'], '--file: got "dist/*.war", which matches nothing'],
    ['a word that belongs to no option', ['--json', 'b.jar'], 'arguments: got "b.jar", which belongs to no option; wanted --file b.jar'],
  ])('%s: 2', async (_name, more, fault) => {
    const base = more.some((argument) => argument.startsWith('--platform-url')) ? ['scan', '--app', 'Shop', '--file', 'shop.jar'] : scanning();
    const { exitCode, stderr } = await world.start([...base, ...more]).ended;
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('the input has one fault; nothing was sent.') });
    expect(stderr).toContain(fault);
    expect(world.emulator.journal()).toEqual([]);
  });

  it('everything at once is listed at once', async () => {
    const { exitCode, stderr } = await refused(['scan', '--bogus', '--timeout', 'soon'], { VERACODE_API_KEY_ID: '' });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/has 5 faults[^]+--bogus[^]+--timeout[^]+--app[^]+--file[^]+credentials: VERACODE_API_KEY_SECRET is set/u);
  });

  it.each([
    [['scna'], 'there is no command "scna". Did you mean scan?'],
    [['frobnicate'], 'The commands are scan, wait, '],
    [['sandbox'], '`verapipe sandbox` needs to know what to do: sandbox list, '],
    [['sandbox', 'frobnicate'], 'there is no command "sandbox frobnicate": sandbox list, '],
    [['--app', 'x'], 'The command comes first'],
  ])('%j instead of a command: 2', async (args, message) => {
    expect(await refused(args)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) });
  });
});

describe('help', () => {
  it.each([
    [['--help'], 'Exit codes:'],
    [['help'], 'Commands:'],
    [['scan', '--help'], '--fail-on-severity SEVERITY'],
    [['scan', '--bogus', '-h'], 'Placeholders of --scan-name:'],
    [['help', 'wait'], 'verapipe wait [--state FILE]'],
    [['sandbox', '--help'], 'sandbox sweep'],
    [['sandbox', 'sweep', '--help'], '--older-than DAYS'],
    [['help', 'applications', 'changed'], '--since TIME'],
    [['pipeline-scan', '--help'], 'Default: 60 minutes.'],
  ])('%j', async (args, text) => {
    world = await startEmulatedCli();
    const { exitCode, stdout, stderr } = await world.start(args, { VERACODE_API_KEY_ID: '', VERACODE_API_KEY_SECRET: '' }).ended;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain(text);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  it('is given on stderr, as a fault, when nothing was asked for', async () => {
    world = await startEmulatedCli();
    expect(await world.start([]).ended).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('Usage: verapipe') });
  });

  it.each([['--version'], ['-V'], ['version']])('%s tells the version alone', async (argument) => {
    world = await startEmulatedCli();
    const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as { readonly version: string };
    expect(await world.start([argument]).ended).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
  });
});

describe('secrets', () => {
  const ID = `vera01gi-${'0123456789abcdef'.repeat(2)}`;
  const BARE = '5ec4e7'.repeat(21) + 'ab';

  it.each([
    ['a run that goes well', []],
    ['an answer that cannot be read', [{ operation: 'GET /appsec/v1/applications', kind: 'html-200' }]],
    ['refused credentials', [{ operation: '*', kind: 'expired-credentials', count: 'all' as const }]],
  ])('are in no stream and no file with --debug after %s', async (_name, faults) => {
    world = await startEmulatedCli({ ...CLEAN, accounts: [{ apiId: ID, apiKey: `vera01gs-${BARE}` }], faults });
    const { stdout, stderr } = await world.scan('--debug', '--json', '--no-wait');
    const seen = [stdout, stderr, await world.allFiles()].join('\n').toLowerCase();
    expect(stderr).toContain('debug');
    for (const form of [BARE, Buffer.from(BARE, 'hex').toString('base64'), Buffer.from(BARE).toString('base64'), Buffer.from(`vera01gs-${BARE}`).toString('base64')]) {
      expect(seen).not.toContain(form.replace(/=+$/u, '').toLowerCase());
    }
    expect(seen).not.toMatch(/sig=[0-9a-f]{64}/u);
  });
});
