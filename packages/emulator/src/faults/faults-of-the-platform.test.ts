import { describe, expect, it } from '@jest/globals';
import { startInProcess, type InProcess } from '../../test/in-process.js';
import { attribute, bodyOf } from '../../test/rehearsal.js';
import type { BuildView } from '../platform/snapshot.js';
import type { ScenarioInput } from '../scenarios/scenario.js';

interface Platform extends InProcess {
  post(call: string, form?: Record<string, string>): Promise<string>;
  upload(): Promise<string>;
  build(index?: number): BuildView | undefined;
  status(): Promise<string | undefined>;
}

const instant = { prescanSeconds: 0, queueSeconds: 0, scanSeconds: 0 };

function startPlatform(scenario: ScenarioInput = {}): Platform {
  const parts = startInProcess({ scenario: { applications: [{ name: 'Web shop' }], ...scenario } });
  const { emulator, ask } = parts;
  const appId = emulator.snapshot().applications[0]?.id ?? '';
  const post = async (call: string, form: Record<string, string> = {}): Promise<string> =>
    (await ask(`/api/5.0/${call}`, { form: new URLSearchParams({ app_id: appId, ...form }).toString() })).text;
  return {
    ...parts,
    post,
    async upload() {
      const request = { method: 'POST', body: bodyOf('12345'), headers: { 'content-length': '5' } };
      return (await ask(`/api/5.0/uploadlargefile.do?app_id=${appId}&filename=a.jar`, request)).text;
    },
    build: (index = 0) => emulator.snapshot().applications[0]?.builds[index],
    status: async () => attribute(await post('getbuildinfo.do'), 'analysis_unit', 'status'),
  };
}

async function begin(platform: Platform): Promise<void> {
  await platform.post('createbuild.do', { version: 'v1' });
  await platform.upload();
  await platform.post('beginprescan.do', { auto_scan: 'true' });
}

describe.each([
  ['in real durations', {}],
  ['with scans that take no time', { scans: [instant] }],
])('faults of the platform, %s', (_, scenario) => {
  it.each([
    ['stuck-prescan', 'Pre-Scan Submitted'],
    ['scan-failed', 'Scan Errors'],
  ])('%s', async (kind, wanted) => {
    const platform = startPlatform(scenario);
    platform.emulator.faults.set({ operation: 'beginprescan.do', kind });
    await begin(platform);
    platform.emulator.advance(10 * 3_600_000);
    expect(await platform.status()).toBe(wanted);
  });

  it('policy-calculating, for a while', async () => {
    const platform = startPlatform(scenario);
    platform.emulator.faults.set({ operation: 'beginprescan.do', kind: 'policy-calculating:90' });
    await begin(platform);
    platform.emulator.advance(1500 * 1000);
    const readyMs = platform.build()?.publishedAtMs ?? 0;
    platform.emulator.advance(readyMs - platform.emulator.clock.emulatedMs());
    expect(platform.build()).toMatchObject({ status: 'Results Ready', policyComplianceStatus: 'Calculating...' });
    platform.emulator.advance(90_000);
    expect(platform.build()?.policyComplianceStatus).not.toBe('Calculating...');
  });
});

describe('faults of the platform', () => {
  it('stale-read: the next reads show the state before', async () => {
    const platform = startPlatform();
    platform.emulator.faults.set({ operation: 'createbuild.do', kind: 'stale-read:2' });
    await platform.post('createbuild.do', { version: 'v1' });
    const seen = [await platform.post('getbuildlist.do'), await platform.post('getbuildlist.do'), await platform.post('getbuildlist.do')];
    expect(seen.map((text) => text.includes('<build '))).toEqual([false, false, true]);
    expect(platform.build()?.name).toBe('v1');
  });

  it('deleted-build: the call finds the build gone', async () => {
    const platform = startPlatform();
    platform.emulator.faults.set({ operation: 'beginprescan.do', kind: 'deleted-build' });
    await platform.post('createbuild.do', { version: 'v1' });
    await platform.upload();
    expect(await platform.post('beginprescan.do', { auto_scan: 'true' })).toContain('<error>Could not find a build');
    expect(platform.build()).toMatchObject({ deleted: true, deletedBy: 'someone-in-the-web-interface' });
  });

  it('cancelled-in-ui: the call sees the end of it', async () => {
    const platform = startPlatform();
    platform.emulator.faults.set({ operation: 'getbuildinfo.do', kind: 'cancelled-in-ui', nth: 2 });
    await begin(platform);
    expect([await platform.status(), await platform.status()]).toEqual(['Pre-Scan Submitted', 'Pre-Scan Cancelled']);
  });

  it('duplicate-name: also for applications and sandboxes', async () => {
    const platform = startPlatform();
    platform.emulator.faults.set({ operation: '*', kind: 'duplicate-name', count: 'all' });
    const created = await platform.ask('/api/5.0/createapp.do', { form: 'app_name=x&business_criticality=High' });
    expect(created.text).toContain('<error>The application name');
    expect(await platform.post('createsandbox.do', { sandbox_name: 'x' })).toContain('<error>A sandbox with the name');
    expect(platform.emulator.snapshot().applications).toHaveLength(1);
    expect(platform.emulator.snapshot().applications[0]?.sandboxes).toEqual([]);
  });

  it('do nothing to a build when the call that met them was refused', async () => {
    const platform = startPlatform({ applications: [{ name: 'Web shop', builds: [{ name: 'old' }] }] });
    platform.emulator.faults.set({ operation: 'beginscan.do', kind: 'scan-failed' });
    expect(await platform.post('beginscan.do', { scan_all_top_level_modules: 'true' })).toContain('<error>');
    expect(platform.build()?.status).toBe('Results Ready');
  });
});
