import { afterEach, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { send } from '../test/client.js';
import { statusOf, uploadAndScan } from '../test/upload-and-scan.js';
import { startEmulator, type RunningEmulator, type StartEmulatorOptions } from './start-emulator.js';

const running: RunningEmulator[] = [];

async function start(options: StartEmulatorOptions = {}): Promise<RunningEmulator> {
  const emulator = await startEmulator(options);
  running.push(emulator);
  return emulator;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()));
});

describe('startEmulator', () => {
  it('carries a whole upload and scan over HTTP', async () => {
    const emulator = await start();
    const run = await uploadAndScan(emulator, 'Web shop');
    expect(run.answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await statusOf(emulator, run)).toBe('Pre-Scan Submitted');
    emulator.advance(3 * 60 * 60 * 1000);
    expect(await statusOf(emulator, run)).toBe('Results Ready');
    const report = await send(emulator, `/api/5.0/detailedreport.do?build_id=${run.buildId}`, { headers: { 'accept-encoding': 'gzip' } });
    expect(report.headers['content-encoding']).toBe('gzip');
    expect(report.text).toContain('<detailedreport');
    const [application] = emulator.snapshot().applications;
    expect(application?.builds[0]).toMatchObject({ status: 'Results Ready', prescansBegun: 1, scansBegun: 1 });
    expect(emulator.journal().map(({ operation, acted }) => [operation, acted])).toEqual([
      ['createapp.do', true],
      ['createbuild.do', true],
      ['uploadlargefile.do', true],
      ['beginprescan.do', true],
      ['getbuildinfo.do', true],
      ['getbuildinfo.do', true],
      ['detailedreport.do', true],
    ]);
  });

  it('carries it over TLS, with a certificate of its own authority', async () => {
    const emulator = await start({ tlsPort: 0 });
    const { apiId, apiKey, tlsUrl, caFile } = emulator;
    const client = { url: tlsUrl ?? '', apiId, apiKey, ca: readFileSync(caFile ?? '', 'utf8') };
    const run = await uploadAndScan(client, 'Web shop');
    expect(await statusOf(client, run)).toBe('Pre-Scan Submitted');
  });
});
