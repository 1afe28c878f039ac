import { readFile } from 'node:fs/promises';

import { describe, expect, it } from '@jest/globals';

import { type EmulatedPlatform, scanRequest, startEmulatedPlatform } from '../../test/emulated-platform.js';
import type { ProvenScan } from './scan-outcome.js';
import { uploadAndScan } from './upload-and-scan.js';

let platform: EmulatedPlatform;

async function start(scenario: Parameters<typeof startEmulatedPlatform>[0] = {}): Promise<void> {
  platform = await startEmulatedPlatform(scenario);
}

describe('uploadAndScan', () => {
  it('carries a new profile from a file to a proof, in one build and with no needless call', async () => {
    await start();
    const artifact = await platform.artifact('shop.war');
    const options = platform.options();
    const outcome = (await uploadAndScan(platform.client, scanRequest([artifact]), options)) as ProvenScan;

    expect(outcome).toMatchObject({
      kind: 'proven',
      application: { name: 'Shop', created: true },
      sandbox: null,
      build: { name: 'Jenkins 17' },
      artifacts: [{ name: 'shop.war', sizeBytes: artifact.sizeBytes, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
      status: { status: 'results-ready' },
      modules: [{ name: expect.any(String) }],
    });
    expect(outcome.tally.total).toBe(outcome.reportedFindings);
    expect(outcome.tally.total).toBeGreaterThan(0);
    let read = 0;
    for await (const finding of outcome.findings) read += finding.id === '' ? 0 : 1;
    expect(read).toBe(outcome.tally.total);
    expect(await readFile(outcome.reportFile, 'utf8')).toContain('<detailedreport');

    const calls = platform.calls();
    expect(calls.filter((call) => call !== 'getbuildinfo.do')).toEqual([
      'GET /appsec/v1/applications',
      'createapp.do',
      'createbuild.do',
      'uploadlargefile.do',
      'getfilelist.do',
      'beginprescan.do',
      'getfilelist.do',
      'detailedreport.do',
    ]);
    expect(options.states.map(({ step, progress }) => `${step} ${progress}`)).toEqual([
      'application began',
      'application done',
      'build began',
      'build done',
      'upload began',
      'upload done',
      'prescan began',
      'prescan done',
      'results done',
    ]);
    const phases = options.events.flatMap((event) => (event.type === 'phase' ? [event.phase] : []));
    expect(phases).toEqual(['application', 'build', 'upload', 'prescan', 'scan', 'results']);
    const { builds } = platform.emulator.snapshot().applications[0] ?? { builds: [] };
    expect(builds).toHaveLength(1);
  });

  it('keeps two minutes between status calls', async () => {
    await start();
    await uploadAndScan(platform.client, scanRequest([await platform.artifact('shop.war')]), platform.options());
    const polls = platform.emulator.journal().filter(({ operation }) => operation === 'getbuildinfo.do');
    const gaps = polls.slice(1).map((poll, index) => poll.wallMs - (polls[index]?.wallMs ?? 0));
    expect(gaps.length).toBeGreaterThan(5);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(120_000);
    expect(Math.max(...gaps)).toBeLessThan(140_000);
  });

  it('uploads every file under the name it is to have', async () => {
    await start();
    const files = [await platform.artifact('a.jar'), { ...(await platform.artifact('b-1.2.jar')), name: 'b.jar' }];
    const options = platform.options();
    const outcome = await uploadAndScan(platform.client, scanRequest(files), options);
    expect(options.events).toContainEqual({ type: 'phase', phase: 'upload' });
    expect(options.events.filter(({ type }) => type === 'upload')).toEqual([
      { type: 'upload', file: 'a.jar', index: 1, count: 2, sizeBytes: files[0]?.sizeBytes, sentBytes: files[0]?.sizeBytes },
      { type: 'upload', file: 'b.jar', index: 2, count: 2, sizeBytes: files[1]?.sizeBytes, sentBytes: files[1]?.sizeBytes },
    ]);
    const uploads = options.states.filter(({ step }) => step === 'upload');
    expect(uploads.map(({ progress, artifacts }) => [progress, artifacts.map(({ name }) => name)])).toEqual([
      ['began', []],
      ['began', ['a.jar']],
      ['done', ['a.jar', 'b.jar']],
    ]);
    expect(outcome.artifacts.map(({ name }) => name)).toEqual(['a.jar', 'b.jar']);
    const names = platform.emulator.snapshot().applications[0]?.builds[0]?.files.map(({ name }) => name);
    expect(names).toEqual(['a.jar', 'b.jar']);
  });

  it('scans in a sandbox, which it creates when told so', async () => {
    await start({ applications: [{ name: 'Shop' }] });
    const request = scanRequest([await platform.artifact('shop.war')], { sandbox: { name: 'feature', create: true } });
    const options = platform.options();
    const first = await uploadAndScan(platform.client, request, options);
    expect(options.events.slice(0, 4)).toEqual([
      { type: 'phase', phase: 'application' },
      { type: 'application', id: first.application.id, name: 'Shop', created: false },
      { type: 'phase', phase: 'sandbox' },
      { type: 'sandbox', id: first.sandbox?.id, name: 'feature', created: true },
    ]);
    expect(options.states.slice(0, 3).map(({ step, progress, sandbox }) => [step, progress, sandbox?.name])).toEqual([
      ['application', 'done', undefined],
      ['sandbox', 'began', undefined],
      ['sandbox', 'done', 'feature'],
    ]);
    expect(first).toMatchObject({ application: { created: false }, sandbox: { name: 'feature', created: true } });
    const second = await uploadAndScan(platform.client, { ...request, scanName: 'Jenkins 18' }, platform.options());
    expect(second).toMatchObject({ kind: 'proven', sandbox: { id: first.sandbox?.id, created: false } });
    expect(platform.emulator.snapshot().applications[0]?.sandboxes).toHaveLength(1);
  });

  it('ends after a read-back when nobody waits', async () => {
    await start();
    const request = scanRequest([await platform.artifact('shop.war')], { wait: false });
    const outcome = await uploadAndScan(platform.client, request, platform.options());
    expect(outcome).toMatchObject({ kind: 'submitted', status: { status: 'prescan-submitted' } });
    expect(platform.calls()).toEqual([
      'GET /appsec/v1/applications',
      'createapp.do',
      'createbuild.do',
      'uploadlargefile.do',
      'getfilelist.do',
      'beginprescan.do',
      'getbuildinfo.do',
      'getfilelist.do',
    ]);
  });

  it('ends after the scan has begun when nobody waits, but modules have to be chosen', async () => {
    await start({ scans: [{ modules: [{ name: 'a.war' }, { name: 'b.war' }] }] });
    const modules = { selection: 'all-non-fatal', include: ['a*'], exclude: [] } as const;
    const request = scanRequest([await platform.artifact('shop.war')], { wait: false, modules });
    const outcome = await uploadAndScan(platform.client, request, platform.options());
    expect(outcome).toMatchObject({ kind: 'submitted', status: { status: expect.stringMatching(/^(submitted-to-engine|scan-in-process)$/) } });
    expect(platform.calls().filter((call) => call === 'beginscan.do')).toHaveLength(1);
  });

  it('is not satisfied with a prescan that the platform does not show yet', async () => {
    await start({ scans: [{ lagSeconds: 5 }] });
    const request = scanRequest([await platform.artifact('shop.war')], { wait: false });
    const outcome = await uploadAndScan(platform.client, request, platform.options());
    expect(outcome).toMatchObject({ status: { status: 'prescan-submitted' } });
  });

  it.each([
    [{ lagSeconds: 3600 }, 'submission-not-shown', 'ProtocolError'],
    [{ prescanSeconds: 0, prescanOutcome: 'failed' as const }, 'prescan-failed', 'ScanFailedError'],
  ])('refuses to call a submission one when %j', async (behaviour, code, name) => {
    await start({ scans: [behaviour] });
    const request = scanRequest([await platform.artifact('shop.war')], { wait: false });
    await expect(uploadAndScan(platform.client, request, platform.options())).rejects.toMatchObject({
      name,
      code,
      message: expect.stringMatching(/build \d+.*"(Incomplete|Pre-Scan Failed)"/),
      advice: expect.stringMatching(/./),
    });
  });
});

describe('the sandbox', () => {
  it('stops the run when it is absent and not to be created', async () => {
    await start({ applications: [{ name: 'Shop', sandboxes: [{ name: 'feature-1' }] }] });
    const request = scanRequest([await platform.artifact('shop.war')], { sandbox: { name: 'feature-2', create: false } });
    await expect(uploadAndScan(platform.client, request, platform.options())).rejects.toMatchObject({
      name: 'NotFoundError',
      message: 'There is no sandbox "feature-2" in application profile "Shop" that this account can see. Near: "feature-1".',
      advice: expect.stringContaining('--create-sandbox'),
    });
  });
});
