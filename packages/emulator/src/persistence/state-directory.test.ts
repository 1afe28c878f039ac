import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { send } from '../../test/client.js';
import { statusOf, uploadAndScan } from '../../test/upload-and-scan.js';
import { startEmulator } from '../start-emulator.js';
import { createSystemClock } from '../system-clock.js';

let stateDir = '';

beforeEach(() => {
  stateDir = join(mkdtempSync(join(tmpdir(), 'verapipe-state-')), 'made', 'when needed');
});

afterEach(() => {
  rmSync(join(stateDir, '..', '..'), { recursive: true });
});

describe('--state-dir', () => {
  it('keeps credentials, authority and platform over a restart', async () => {
    const first = await startEmulator({ stateDir, tlsPort: 0 });
    const run = await uploadAndScan(first, 'Web shop');
    const authority = readFileSync(first.caFile ?? '', 'utf8');
    await first.close();

    const second = await startEmulator({ stateDir, tlsPort: 0 });
    expect([second.apiId, second.apiKey, second.caFile]).toEqual([first.apiId, first.apiKey, first.caFile]);
    expect(readFileSync(second.caFile ?? '', 'utf8')).toBe(authority);
    const { apiId, apiKey } = first;
    expect(await statusOf({ url: second.tlsUrl ?? '', apiId, apiKey, ca: authority }, run)).toBe('Pre-Scan Submitted');
    second.advance(3 * 3_600_000);
    expect(await statusOf(second, run)).toBe('Results Ready');
    await second.close();
  });

  it('holds what was answered, also when the emulator never got to close', async () => {
    const first = await startEmulator({ stateDir });
    await uploadAndScan(first, 'Web shop');
    const copy = await startEmulator({ stateDir });
    expect(copy.snapshot().applications[0]?.builds[0]).toMatchObject({ name: 'v1', prescansBegun: 1 });
    await Promise.all([first.close(), copy.close()]);
  });

  it('keeps emulated time going', async () => {
    const first = await startEmulator({ stateDir });
    first.advance(7 * 86_400_000);
    const beforeMs = first.clock.emulatedMs();
    await first.close();
    const second = await startEmulator({ stateDir });
    expect(second.clock.emulatedMs()).toBeGreaterThanOrEqual(beforeMs);
    await second.close();
  });

  it('replaces an authority that runs out', async () => {
    const wallMs = Date.now() - 9.5 * 365 * 86_400_000;
    const first = await startEmulator({ stateDir, tlsPort: 0, clock: { ...createSystemClock(), wallMs: () => wallMs } });
    const old = readFileSync(first.caFile ?? '', 'utf8');
    await first.close();
    const second = await startEmulator({ stateDir, tlsPort: 0 });
    expect(readFileSync(second.caFile ?? '', 'utf8')).not.toBe(old);
    await second.close();
  });

  it('lets nobody else read the keys', async () => {
    const emulator = await startEmulator({ stateDir, tlsPort: 0 });
    await send(emulator, '/api/5.0/getapplist.do');
    await emulator.close();
    const modes = readdirSync(stateDir).map((name) => [name, (statSync(join(stateDir, name)).mode & 0o077) === 0 || process.platform === 'win32']);
    expect(modes.sort()).toEqual([['ca-key.pem', true], ['ca.pem', true], ['emulator.json', true]]);
  });

  it.each(['{"state":', '{"credentials":[]}', '[]'])('refuses a folder in which %s stands', async (text) => {
    await (await startEmulator({ stateDir })).close();
    writeFileSync(join(stateDir, 'emulator.json'), text);
    await expect(startEmulator({ stateDir })).rejects.toThrow('Start with an empty --state-dir.');
  });
});
