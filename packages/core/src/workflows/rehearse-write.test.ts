import { describe, expect, it } from '@jest/globals';

import { type EmulatedPlatform, startEmulatedPlatform } from '../../test/emulated-platform.js';
import { tampering } from '../../test/tampering-client.js';
import { createDeadline } from '../kernel/deadline.js';
import { locateApplication } from './locate.js';
import { rehearseWrite, type RehearsalOutcome } from './rehearse-write.js';

const REMOVE = 'DELETE /appsec/v1/applications/{guid}/sandboxes/{sandbox}';
const SANDBOX = 'verapipe-preflight-0f0f';
const ALL = ['create sandbox', 'create build', 'upload file', 'delete build', 'delete sandbox'];

async function rehearse(platform: EmulatedPlatform, signal?: AbortSignal): Promise<RehearsalOutcome> {
  const deadline = createDeadline(platform.clock, 600_000);
  const call = { deadline, ...(signal === undefined ? {} : { signal }) };
  const { found: application } = await locateApplication(platform.client, 'Shop');
  const artifact = await platform.artifact('tiny.zip', 'PK');
  return rehearseWrite({ client: platform.client, deadline, call }, { application, sandboxName: SANDBOX, buildName: 'rehearsal', artifact });
}

/** Sandboxes that are there; other people's stays. */
function live(platform: EmulatedPlatform): readonly string[] {
  return (platform.emulator.snapshot().applications[0]?.sandboxes ?? []).filter(({ deleted }) => !deleted).map(({ name }) => name);
}

const SHOP = { applications: [{ name: 'Shop', sandboxes: [{ name: 'dev' }], builds: [{ name: 'release' }] }] };

describe('rehearseWrite', () => {
  it('does all steps and leaves nothing', async () => {
    const platform = await startEmulatedPlatform(SHOP);
    expect(await rehearse(platform)).toEqual({ done: ALL, failure: null, leftover: null });
    expect(live(platform)).toEqual(['dev']);
    expect(platform.calls()).not.toContain('beginprescan.do');
    // The answer to the upload is the proof.
    expect(platform.calls()).not.toContain('getfilelist.do');
  });

  it.each([
    ['POST /appsec/v1/applications/{guid}/sandboxes', 'create sandbox'],
    ['createbuild.do', 'create build'],
    ['uploadlargefile.do', 'upload file'],
    ['deletebuild.do', 'delete build'],
  ])('leaves nothing when %s is refused', async (operation, step) => {
    const platform = await startEmulatedPlatform({ ...SHOP, faults: [{ operation, kind: 'status:403', count: 'all' }] });
    expect(await rehearse(platform)).toMatchObject({ done: ALL.slice(0, ALL.indexOf(step)), failure: { step, error: { name: 'AuthorizationError' } }, leftover: null });
    expect(live(platform)).toEqual(['dev']);
  });

  it.each(['POST /appsec/v1/applications/{guid}/sandboxes', 'createbuild.do', 'uploadlargefile.do', 'deletebuild.do', REMOVE])(
    'does nothing twice and leaves nothing when the answer to %s is lost',
    async (operation) => {
      const platform = await startEmulatedPlatform({ ...SHOP, faults: [{ operation, kind: 'reset-after' }] });
      expect(await rehearse(platform)).toEqual({ done: ALL, failure: null, leftover: null });
      expect(live(platform)).toEqual(['dev']);
      expect(platform.emulator.snapshot().applications[0]?.sandboxes).toHaveLength(2);
    },
  );

  it.each(['createbuild.do', 'uploadlargefile.do', 'deletebuild.do'])('does once what was not done when the answer to %s was lost', async (operation) => {
    const platform = await startEmulatedPlatform({ ...SHOP, faults: [{ operation, kind: 'reset-before' }] });
    expect(await rehearse(platform)).toEqual({ done: ALL, failure: null, leftover: null });
    expect(platform.calls().filter((call) => call === operation)).toHaveLength(2);
    expect(live(platform)).toEqual(['dev']);
  });

  it('says that the sandbox may be left when it cannot be removed', async () => {
    const platform = await startEmulatedPlatform({ ...SHOP, faults: [{ operation: REMOVE, kind: 'status:403', count: 'all' }] });
    expect(await rehearse(platform)).toMatchObject({ failure: { step: 'delete sandbox' }, leftover: { name: 'AuthorizationError' } });
    expect(live(platform)).toEqual(['dev', SANDBOX]);
  });

  it('does not believe the answer to an upload that lists another file', async () => {
    const rename = (text: string): string => text.replaceAll('file_name="tiny.zip"', 'file_name="other.zip"');
    const platform = await startEmulatedPlatform(SHOP, (network) => tampering(tampering(network, 'uploadlargefile.do', rename), 'getfilelist.do', rename));
    expect(await rehearse(platform)).toMatchObject({
      done: ['create sandbox', 'create build'],
      failure: { step: 'upload file', error: { code: 'upload-not-listed', message: 'uploadlargefile.do was answered with a list that lacks "tiny.zip".' } },
      leftover: null,
    });
    expect(live(platform)).toEqual(['dev']);
  });

  it.each([
    ['is listed', (text: string) => text, null],
    ['is listed as not uploaded', (text: string) => text.replaceAll('file_status="Uploaded"', 'file_status="Upload Failed"'), 'upload file'],
  ])('reads the list after a lost answer to the upload: the file %s', async (_name, change, failed) => {
    const platform = await startEmulatedPlatform(SHOP, (network) => tampering(network, 'getfilelist.do', change));
    platform.emulator.faults.set({ operation: 'uploadlargefile.do', kind: 'reset-after', count: 'all' });
    const { failure, leftover } = await rehearse(platform);
    expect([failure?.step ?? null, leftover, live(platform)]).toEqual([failed, null, ['dev']]);
  });

  it("does not take a stranger's build for its own", async () => {
    const platform = await startEmulatedPlatform(SHOP, (network) => tampering(network, 'uploadlargefile.do', (text) => text.replace(/ build_id="\d+"/u, ' build_id="999"')));
    expect(await rehearse(platform)).toMatchObject({ failure: { step: 'upload file', error: { message: expect.stringMatching(/^uploadlargefile\.do was answered for build 999/) } }, leftover: null });
    expect(platform.calls()).not.toContain('deletebuild.do');
  });

  it('takes its time to clear up when it has failed in peace', async () => {
    const platform = await startEmulatedPlatform({ ...SHOP, faults: [{ operation: 'uploadlargefile.do', kind: 'status:403', count: 'all' }, { operation: REMOVE, kind: 'status:503:10', count: 3 }] });
    expect(await rehearse(platform)).toMatchObject({ failure: { step: 'upload file' }, leftover: null });
    expect(live(platform)).toEqual(['dev']);
  });

  it('is brief about it when it was cancelled, and says that the sandbox may be left', async () => {
    const cancel = new AbortController();
    let cancelledAtMs = 0;
    const platform = await startEmulatedPlatform({ ...SHOP, faults: [{ operation: REMOVE, kind: 'status:503:10', count: 3 }] }, (network) => ({
      async send(request, signal) {
        const response = await network.send(request, signal);
        if (request.operation.name !== 'createbuild.do') return response;
        cancelledAtMs = platform.clock.monotonicMs();
        cancel.abort('SIGINT');
        return response;
      },
      close: () => network.close(),
    }));
    expect(await rehearse(platform, cancel.signal)).toMatchObject({ failure: { error: { name: 'AbortedError' } }, leftover: { name: expect.any(String), context: { operation: REMOVE } } });
    expect(platform.clock.monotonicMs() - cancelledAtMs).toBeLessThanOrEqual(3500);
  });

  it.each([1, 2, 3, 4])('removes the sandbox also when it is cancelled, at change %i', async (change) => {
    const cancel = new AbortController();
    let changes = 0;
    const platform = await startEmulatedPlatform(SHOP, (network) => ({
      async send(request, signal) {
        const response = await network.send(request, signal);
        if (!request.operation.idempotent && (changes += 1) === change) cancel.abort('SIGINT');
        return response;
      },
      close: () => network.close(),
    }));
    expect(await rehearse(platform, cancel.signal)).toMatchObject({ failure: { error: { name: 'AbortedError' } }, leftover: null });
    expect(live(platform)).toEqual(['dev']);
  });
});
