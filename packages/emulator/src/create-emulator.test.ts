import { describe, expect, it } from '@jest/globals';
import { startInProcess } from '../test/in-process.js';
import { FaultError } from './faults/read-faults.js';

const scenario = {
  applications: [{ name: 'Web shop', builds: [{ name: 'v1', status: 'Scan In Process' as const }], sandboxes: [{ name: 'dev' }] }],
  accounts: [{}, { userName: 'second', apiId: `vera01ei-${'ab'.repeat(16)}` }],
};

describe('createEmulator', () => {
  it('issues credentials for every account; keys follow the prefix of a given id', () => {
    const { emulator } = startInProcess({ scenario });
    expect(emulator.apiId).toMatch(/^[0-9a-f]{32}$/);
    expect(emulator.apiKey).toMatch(/^[0-9a-f]{128}$/);
    expect(emulator.credentials).toEqual([
      expect.objectContaining({ userName: 'ci-pipeline-api', apiId: emulator.apiId, apiKey: emulator.apiKey }),
      expect.objectContaining({ userName: 'second', apiId: `vera01ei-${'ab'.repeat(16)}`, apiKey: expect.stringMatching(/^vera01es-[0-9a-f]{128}$/) }),
    ]);
  });

  it('refuses a scenario with a fault at an operation that does not exist', () => {
    const start = (): unknown => startInProcess({ scenario: { faults: [{ operation: 'createbild.do', kind: 'stall' }] } });
    expect(start).toThrow(FaultError);
    expect(start).toThrow('faults[0].operation: got "createbild.do"; wanted the name of an operation, or *. Did you mean "createbuild.do"?');
  });

  it('goes on from what another one saved, with the same credentials', async () => {
    const first = startInProcess({ scenario });
    first.emulator.interventions.deleteBuild('3000001');
    const second = startInProcess({ scenario, saved: JSON.parse(JSON.stringify(first.emulator.save())) as ReturnType<typeof first.emulator.save> });
    expect(second.emulator.credentials).toEqual(first.emulator.credentials);
    expect(second.emulator.snapshot()).toEqual(first.emulator.snapshot());
    expect((await second.ask('/api/5.0/getapplist.do')).text).toContain('Web shop');
  });

  it('says when something may have changed', async () => {
    let changes = 0;
    const { emulator, ask } = startInProcess({ scenario, onChange: () => (changes += 1) });
    const acts: readonly (() => unknown)[] = [
      () => ask('/api/5.0/getapplist.do', { authorization: null }),
      () => ask('/api/5.0/createapp.do', { form: 'app_name=x&business_criticality=High' }),
      () => emulator.interventions.cancelBuild('3000001'),
      () => emulator.advance(1),
      () => emulator.reset(),
    ];
    const after: number[] = [];
    for (const act of acts) {
      await act();
      after.push(changes);
    }
    expect(after).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('interventions', () => {
  it('cancel, delete and create builds as a person does', () => {
    const { emulator } = startInProcess({ scenario });
    const { interventions } = emulator;
    interventions.cancelBuild('3000001');
    interventions.cancelBuild('3000001');
    expect(emulator.snapshot().applications[0]?.builds[0]).toMatchObject({ status: 'Scan Cancelled' });
    interventions.deleteBuild('3000001');
    const applicationId = emulator.snapshot().applications[0]?.id ?? '';
    const sandboxId = emulator.snapshot().applications[0]?.sandboxes[0]?.id ?? '';
    const policyBuild = interventions.createBuild({ applicationId, name: 'by hand' });
    const sandboxBuild = interventions.createBuild({ applicationId, sandboxId, name: 'by hand in dev' });
    expect(emulator.snapshot().applications[0]?.builds).toMatchObject([
      { id: '3000001', deleted: true },
      { id: policyBuild, sandboxId: null, name: 'by hand', submittedBy: 'someone-in-the-web-interface' },
      { id: sandboxBuild, sandboxId },
    ]);
    interventions.deleteSandbox(sandboxId);
    interventions.renameApplication(applicationId, 'Old shop');
    expect(emulator.snapshot().applications[0]).toMatchObject({ name: 'Old shop', sandboxes: [{ deleted: true }] });
    interventions.deleteApplication(applicationId);
    expect(emulator.snapshot().applications[0]?.deleted).toBe(true);
  });

  it('make scans end badly', () => {
    const { emulator } = startInProcess({ scenario: { applications: [{ name: 'Shop', builds: [{ name: 'v1', status: 'Pre-Scan Submitted', endsInMinutes: 5 }] }] } });
    const { interventions } = emulator;
    interventions.failScan('3000001');
    interventions.stickPrescan('3000001');
    interventions.delayPolicy('3000001', 60);
    expect(() => interventions.deleteBuild('4')).toThrow('There is no build 4 on the emulated platform.');
  });
});
