import { checkHealth, parseCredentials } from '@verapipe/core';
import { afterEach, describe, expect, it } from '@jest/globals';

import { type EmulatedRun, type GivenOptions, startEmulatedRun } from '../../test/emulated-run.js';
import { connect, createSecondClient } from './connect.js';
import { createRunContext } from './run-context.js';
import { runScan } from './run-scan.js';

let world: EmulatedRun;

afterEach(() => world.close());

const NO_CREDENTIALS = { VERACODE_API_KEY_ID: '', VERACODE_API_KEY_SECRET: '' };

describe('the way to the platform', () => {
  it.each<[name: string, options: GivenOptions, env: Readonly<Record<string, string>>, path: string]>([
    ['a platform URL that is none', { 'platform-url': 'veracode' }, {}, 'platformUrl'],
    ['the same without credentials', { 'platform-url': 'veracode' }, NO_CREDENTIALS, 'platformUrl'],
    ['a proxy that is none', { 'platform-url': 'https://veracode.example', proxy: 'socks5://proxy.example' }, {}, 'proxy'],
    ['a proxy variable that is none', { 'platform-url': 'https://veracode.example' }, { HTTPS_PROXY: 'ftp://proxy.example' }, 'HTTPS_PROXY'],
    ['a fast poll without credentials', { 'platform-url': null, region: 'european', 'poll-interval': '10' }, NO_CREDENTIALS, 'pollInterval'],
  ])('with %s is a fault of the input', async (_name, options, env, path) => {
    world = await startEmulatedRun();
    const result = await runScan(world.scanInput(options, { env }));
    const issues = result.kind === 'unjudged' ? result.failure.issues.map((issue) => issue.path) : [];
    expect(result.exitCode).toBe(2);
    expect(issues.filter((issue) => issue !== 'credentials')).toEqual([path]);
  });

  it('over a proxy never shows its password', async () => {
    world = await startEmulatedRun();
    const log: string[] = [];
    const logger = { debug: (message: string, fields?: unknown) => log.push(message + JSON.stringify(fields)), warn: (message: string) => log.push(message) };
    const env = { HTTPS_PROXY: 'http://me:hunter%2022@127.0.0.1:9' };
    const result = await runScan(world.scanInput({ 'platform-url': 'https://veracode.example', timeout: '1' }, { env, logger }));
    expect(result).toMatchObject({ kind: 'unjudged', exitCode: 5 });
    expect(JSON.stringify([result, log, world.events])).not.toMatch(/hunter/u);
  });

  it('is left alone by the clients of all pairs when one of them was told to stay away', async () => {
    world = await startEmulatedRun();
    const run = createRunContext(world.input('credentials whoami'));
    const { client } = await connect(run);
    const second = createSecondClient(run, parseCredentials({ apiId: world.emulator.apiId, apiKey: world.emulator.apiKey }));
    if (client === null) throw new Error('no client');
    world.emulator.faults.set({ operation: 'GET /healthcheck/status', kind: 'status:429:7200', count: 'all' });
    await expect(checkHealth(client)).rejects.toMatchObject({ code: 'rate-limited', retryAfterMs: 7_200_000 });
    await expect(checkHealth(second)).rejects.toMatchObject({ code: 'host-paused' });
    expect(world.emulator.journal()).toHaveLength(1);
    await Promise.all([client.close(), second.close()]);
  });

  it('is named in the results, with the region of the credentials', async () => {
    world = await startEmulatedRun({ accounts: [{ apiId: `vera01ei-${'0'.repeat(32)}`, apiKey: `vera01es-${'1'.repeat(128)}` }] });
    const result = await runScan(world.scanInput({ 'no-wait': true }));
    expect(result.results.platform).toEqual({ url: world.emulator.url, region: 'european' });
    expect(world.events).toContainEqual({
      type: 'credentials',
      source: 'the environment (VERACODE_API_KEY_ID, VERACODE_API_KEY_SECRET)',
      platformUrl: world.emulator.url,
      region: 'european',
    });
  });
});
