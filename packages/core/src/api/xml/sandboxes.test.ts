import { describe, expect, it } from '@jest/globals';
import { describeRequest, scriptedClient } from '../../../test/api-client.js';
import { xmlSample } from '../../../test/samples.js';
import { listPolicyNames } from './policies.js';
import { createSandbox, deleteSandbox, listSandboxes, promoteSandbox, updateSandbox } from './sandboxes.js';
import { listTeamNames } from './teams.js';

const BASE = 'POST https://analysiscenter.veracode.com/api';

describe('sandboxes', () => {
  it('are listed', async () => {
    const client = scriptedClient(xmlSample('sandboxlist.server'));
    const sandboxes = await listSandboxes(client, { applicationId: '81001' });
    expect(sandboxes.map(({ name }) => name)).toEqual(['feature-x', 'Feature-X expired']);
    await expect(describeRequest(client.requests[0])).resolves.toEqual({ call: `${BASE}/5.0/getsandboxlist.do`, app_id: '81001' });
  });

  it.each([
    [{}, {}],
    [{ autoRecreate: true }, { auto_recreate: 'true' }],
  ])('are created with %j', async (input, parameters) => {
    const client = scriptedClient(xmlSample('sandboxinfo.server'));
    await expect(createSandbox(client, { applicationId: '81001', name: 'nightly', ...input })).resolves.toMatchObject({ id: '92003' });
    await expect(describeRequest(client.requests[0])).resolves.toEqual({
      call: `${BASE}/5.0/createsandbox.do`,
      app_id: '81001',
      sandbox_name: 'nightly',
      ...parameters,
    });
  });

  it.each([
    [{ name: 'other' }, { sandbox_name: 'other' }],
    [{ autoRecreate: false }, { auto_recreate: 'false' }],
  ])('are changed with %j', async (input, parameters) => {
    const client = scriptedClient(xmlSample('sandboxinfo.plain'));
    await updateSandbox(client, { sandboxId: '92003', ...input });
    await expect(describeRequest(client.requests[0])).resolves.toEqual({
      call: `${BASE}/5.0/updatesandbox.do`,
      sandbox_id: '92003',
      ...parameters,
    });
  });

  it('are deleted', async () => {
    const client = scriptedClient(xmlSample('deletesandboxresult.server'));
    await expect(deleteSandbox(client, { sandboxId: '92001' })).resolves.toBeUndefined();
    await expect(describeRequest(client.requests[0])).resolves.toEqual({ call: `${BASE}/5.0/deletesandbox.do`, sandbox_id: '92001' });
  });

  it.each([
    [{}, {}],
    [{ deleteOnPromote: true }, { delete_on_promote: 'true' }],
  ])('are promoted with %j, although the answer names none', async (input, parameters) => {
    const client = scriptedClient(xmlSample('sandboxinfo-promoted.server'));
    await expect(promoteSandbox(client, { buildId: '5000003', ...input })).resolves.toBeUndefined();
    await expect(describeRequest(client.requests[0])).resolves.toEqual({
      call: `${BASE}/5.0/promotesandbox.do`,
      build_id: '5000003',
      ...parameters,
    });
  });

  it('are not promoted by a document without a sandbox', async () => {
    const text = '<sandboxinfo xmlns="https://analysiscenter.veracode.com/schema/4.0/sandboxinfo"/>';
    await expect(promoteSandbox(scriptedClient(text), { buildId: '1' })).rejects.toMatchObject({ name: 'ProtocolError' });
  });
});

describe('names of the account', () => {
  it('policies', async () => {
    const client = scriptedClient(xmlSample('policylist.server'));
    await expect(listPolicyNames(client)).resolves.toEqual(['House rules', 'PCI & DSS', 'Recommended Very High']);
    await expect(describeRequest(client.requests[0])).resolves.toEqual({ call: `${BASE}/5.0/getpolicylist.do` });
  });

  it('teams', async () => {
    const client = scriptedClient(xmlSample('teamlist.server'));
    await expect(listTeamNames(client)).resolves.toEqual(['Blue', 'Red & Green']);
    await expect(describeRequest(client.requests[0])).resolves.toEqual({ call: `${BASE}/3.0/getteamlist.do` });
  });
});
