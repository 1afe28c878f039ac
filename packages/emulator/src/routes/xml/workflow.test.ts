import { describe, expect, it } from '@jest/globals';
import { attribute, bodyOf, rehearse, type Rehearsal } from '../../../test/rehearsal.js';

async function profile(rehearsal: Rehearsal): Promise<string> {
  const created = await rehearsal.call('createapp.do', { app_name: 'Shop', business_criticality: 'Low' });
  return attribute(created.text, 'application', 'app_id') ?? '';
}

describe('upload and scan', () => {
  it('goes from a new profile to published results, driven by nothing but the clock', async () => {
    const rehearsal = rehearse();
    const app_id = await profile(rehearsal);
    const build = await rehearsal.call('createbuild.do', { app_id, version: 'v1' });
    const build_id = attribute(build.text, 'build', 'build_id') ?? '';
    const status = async (): Promise<string | undefined> => {
      const info = await rehearsal.call('getbuildinfo.do', { app_id, build_id });
      return attribute(info.text, 'analysis_unit', 'status');
    };
    expect(await status()).toBe('Incomplete');
    const upload = await rehearsal.call('uploadlargefile.do', { app_id, filename: 'shop.war' }, { body: bodyOf('hello world') });
    expect(attribute(upload.text, 'file', 'file_status')).toBe('Uploaded');
    expect(attribute(upload.text, 'file', 'file_md5')).toBe('5eb63bbbe01eeed093cb22bb8f5acdc3');
    await rehearsal.call('beginprescan.do', { app_id, auto_scan: 'True' });
    const seen: (string | undefined)[] = [];
    for (const seconds of [0, 239, 1, 59, 1, 1199, 1]) {
      rehearsal.passSeconds(seconds);
      seen.push(await status());
    }
    expect(seen).toEqual([
      'Pre-Scan Submitted',
      'Pre-Scan Submitted',
      'Submitted to Engine',
      'Submitted to Engine',
      'Scan In Process',
      'Scan In Process',
      'Results Ready',
    ]);
    const [application] = rehearsal.snapshot().applications;
    expect(application?.builds).toMatchObject([
      {
        id: build_id,
        name: 'v1',
        status: 'Results Ready',
        policyComplianceStatus: 'Pass',
        files: [{ name: 'shop.war', sizeBytes: 11, status: 'Uploaded' }],
        scannedModules: ['shop.war'],
        prescansBegun: 1,
        scansBegun: 1,
        deleted: false,
      },
    ]);
  });
});
