import { describe, expect, it } from '@jest/globals';
import { describeRequest, scriptedClient } from '../../../test/api-client.js';
import { xmlSample } from '../../../test/samples.js';
import { createBuild, deleteLatestBuild, getBuildInfo, listBuilds, updateBuild } from './builds.js';

const BASE = 'POST https://analysiscenter.veracode.com/api/5.0';
const POLICY = { applicationId: '81001', sandboxId: null };
const SANDBOX = { applicationId: '81001', sandboxId: '92001' };

describe('listBuilds', () => {
  it.each([
    [POLICY, { app_id: '81001' }],
    [SANDBOX, { app_id: '81001', sandbox_id: '92001' }],
  ])('asks for the builds of %j', async (context, parameters) => {
    const client = scriptedClient(xmlSample('buildlist.server'));
    const builds = await listBuilds(client, context);
    expect(builds.map(({ id }) => id)).toEqual(['5000001', '5000002']);
    await expect(describeRequest(client.requests[0])).resolves.toEqual({ call: `${BASE}/getbuildlist.do`, ...parameters });
  });
});

describe('getBuildInfo', () => {
  it('asks for the newest build', async () => {
    const client = scriptedClient(xmlSample('buildinfo-incomplete.server'));
    await expect(getBuildInfo(client, POLICY)).resolves.toMatchObject({ id: '5000002', status: 'incomplete' });
    await expect(describeRequest(client.requests[0])).resolves.toEqual({ call: `${BASE}/getbuildinfo.do`, app_id: '81001' });
  });

  it('asks for one build', async () => {
    const client = scriptedClient(xmlSample('buildinfo-sandbox.server'));
    await expect(getBuildInfo(client, { ...SANDBOX, buildId: '5000003' })).resolves.toMatchObject({ sandboxId: '92001' });
    await expect(describeRequest(client.requests[0])).resolves.toMatchObject({ build_id: '5000003', sandbox_id: '92001' });
  });

  it.each(['error-no-build.server', 'error-no-build-in-sandbox.plain'])('is null after %s', async (sample) => {
    await expect(getBuildInfo(scriptedClient(xmlSample(sample)), POLICY)).resolves.toBeNull();
  });

  it.each([
    ['error-access-denied.server', 'AuthorizationError'],
    ['error-empty.server', 'RefusedError'],
    ['error-no-report.server', 'RefusedError'],
    ['buildlist.server', 'ProtocolError'],
    ['buildinfo-no-build.server', 'ProtocolError'],
  ])('fails after %s with %s', async (sample, name) => {
    await expect(getBuildInfo(scriptedClient(xmlSample(sample)), POLICY)).rejects.toMatchObject({
      name,
      context: { operation: 'getbuildinfo.do' },
    });
  });
});

describe('createBuild', () => {
  it('sends the name as version', async () => {
    const client = scriptedClient(xmlSample('buildinfo-incomplete.server'));
    await createBuild(client, { ...SANDBOX, name: 'main #42 (retry) 100%' });
    await expect(describeRequest(client.requests[0])).resolves.toEqual({
      call: `${BASE}/createbuild.do`,
      app_id: '81001',
      sandbox_id: '92001',
      version: 'main #42 (retry) 100%',
    });
  });

  it.each(['error-build-in-the-way.server', 'error-name-used.plain'])('is refused by %s', async (sample) => {
    const failure = createBuild(scriptedClient(xmlSample(sample)), { ...POLICY, name: 'x' });
    await expect(failure).rejects.toMatchObject({ name: 'RefusedError', outcome: 'final' });
  });
});

describe('updateBuild', () => {
  it('names the build', async () => {
    const client = scriptedClient(xmlSample('buildinfo-incomplete.server'));
    await updateBuild(client, { ...POLICY, buildId: '5000002', name: 'other' });
    await expect(describeRequest(client.requests[0])).resolves.toEqual({
      call: `${BASE}/updatebuild.do`,
      app_id: '81001',
      build_id: '5000002',
      version: 'other',
    });
  });
});

describe('deleteLatestBuild', () => {
  it.each(['deletebuildresult.server', 'buildlist-empty.server'])('takes %s for success', async (sample) => {
    const client = scriptedClient(xmlSample(sample));
    await expect(deleteLatestBuild(client, SANDBOX)).resolves.toBeUndefined();
    await expect(describeRequest(client.requests[0])).resolves.toEqual({
      call: `${BASE}/deletebuild.do`,
      app_id: '81001',
      sandbox_id: '92001',
    });
  });

  it('does not take another result for success', async () => {
    await expect(deleteLatestBuild(scriptedClient(xmlSample('deletebuildresult-failed.server')), POLICY)).rejects.toMatchObject({
      name: 'RefusedError',
      platformText: 'failure: the build is locked',
    });
  });
});
