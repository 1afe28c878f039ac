import { describe, expect, it } from '@jest/globals';
import { describeRequest, scriptedClient } from '../../../test/api-client.js';
import { xmlSample } from '../../../test/samples.js';
import { beginPrescan, getPrescanResults } from './prescans.js';
import { beginScan } from './scans.js';

const BASE = 'POST https://analysiscenter.veracode.com/api/5.0';
const POLICY = { applicationId: '81001', sandboxId: null };

describe('beginPrescan', () => {
  it.each([
    [{ autoScan: false }, { auto_scan: 'false' }],
    [
      { autoScan: true, scanAllNonfatalTopLevelModules: true, includeNewModules: false },
      { auto_scan: 'true', scan_all_nonfatal_top_level_modules: 'true', include_new_modules: 'false' },
    ],
  ])('always says whether to scan by itself: %j', async (choices, parameters) => {
    const client = scriptedClient(xmlSample('buildinfo-prescan-submitted.server'));
    await expect(beginPrescan(client, { ...POLICY, ...choices })).resolves.toMatchObject({ status: 'prescan-submitted' });
    await expect(describeRequest(client.requests[0])).resolves.toEqual({
      call: `${BASE}/beginprescan.do`,
      app_id: '81001',
      ...parameters,
    });
  });

  it('is refused when another change was faster', async () => {
    await expect(beginPrescan(scriptedClient(xmlSample('error-transaction.server')), { ...POLICY, autoScan: true })).rejects.toMatchObject({
      name: 'RefusedError',
      platformText: expect.stringContaining('has been updated by another transaction'),
    });
  });
});

describe('getPrescanResults', () => {
  it('asks for one build', async () => {
    const client = scriptedClient(xmlSample('prescanresults.server'));
    const { modules } = await getPrescanResults(client, { ...POLICY, sandboxId: '92001', buildId: '5000002' });
    expect(modules).toHaveLength(4);
    await expect(describeRequest(client.requests[0])).resolves.toEqual({
      call: `${BASE}/getprescanresults.do`,
      app_id: '81001',
      sandbox_id: '92001',
      build_id: '5000002',
    });
  });
});

describe('beginScan', () => {
  it.each([
    ['all-top-level', { scan_all_top_level_modules: 'true' }],
    ['selected', { scan_selected_modules: 'true' }],
    ['previously-selected', { scan_previously_selected_modules: 'true' }],
    [{ ids: ['6600001', '6600002'] }, { modules: '6600001,6600002' }],
  ] as const)('sends exactly one selector for %j', async (modules, parameters) => {
    const client = scriptedClient(xmlSample('buildinfo-scanning.server'));
    await expect(beginScan(client, { ...POLICY, modules })).resolves.toMatchObject({ status: 'scan-in-process' });
    await expect(describeRequest(client.requests[0])).resolves.toEqual({
      call: `${BASE}/beginscan.do`,
      app_id: '81001',
      ...parameters,
    });
  });
});
