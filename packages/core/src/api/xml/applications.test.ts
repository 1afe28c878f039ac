import { describe, expect, it } from '@jest/globals';
import { describeRequest, scriptedClient } from '../../../test/api-client.js';
import { xmlSample } from '../../../test/samples.js';
import { createApplication, deleteApplication, getApplication, listApplications, updateApplication } from './applications.js';

const BASE = 'POST https://analysiscenter.veracode.com/api/5.0';

describe('listApplications', () => {
  it('asks without parameters and reads every profile', async () => {
    const client = scriptedClient(xmlSample('applist.server'));
    const applications = await listApplications(client);
    expect(applications.map(({ name }) => name)).toEqual(['Web shop', 'Käse & "Wurst" <größer>', '1e3']);
    await expect(describeRequest(client.requests[0])).resolves.toEqual({ call: `${BASE}/getapplist.do` });
  });
});

describe('getApplication', () => {
  it('asks for one profile', async () => {
    const client = scriptedClient(xmlSample('appinfo.server'));
    await expect(getApplication(client, { applicationId: '81001' })).resolves.toMatchObject({ id: '81001', name: 'Web shop' });
    await expect(describeRequest(client.requests[0])).resolves.toEqual({ call: `${BASE}/getappinfo.do`, app_id: '81001' });
  });
});

describe('createApplication', () => {
  it('sends the fields that are given, lists joined by commas', async () => {
    const client = scriptedClient(xmlSample('appinfo.server'));
    const fields = { criticality: 'Very High', teams: ['Blue', 'Red'], tags: ['java', 'web'], policy: 'A & B', businessUnit: 'Ü', description: 'a\nb' } as const;
    await createApplication(client, { name: 'Web shop', fields });
    await expect(describeRequest(client.requests[0])).resolves.toEqual({
      call: `${BASE}/createapp.do`,
      app_name: 'Web shop',
      business_criticality: 'Very High',
      teams: 'Blue,Red',
      tags: 'java,web',
      policy: 'A & B',
      business_unit: 'Ü',
      description: 'a\nb',
    });
  });

  it('leaves out what is not given', async () => {
    const client = scriptedClient(xmlSample('appinfo-minimal.server'));
    await createApplication(client, { name: 'Small', fields: { criticality: 'Low' } });
    await expect(describeRequest(client.requests[0])).resolves.toEqual({
      call: `${BASE}/createapp.do`,
      app_name: 'Small',
      business_criticality: 'Low',
    });
  });
});

describe('updateApplication', () => {
  it('sends id, name and the fields to change', async () => {
    const client = scriptedClient(xmlSample('appinfo.server'));
    await updateApplication(client, { applicationId: '81001', name: 'Web shop', fields: { description: '' } });
    await expect(describeRequest(client.requests[0])).resolves.toEqual({
      call: `${BASE}/updateapp.do`,
      app_id: '81001',
      app_name: 'Web shop',
      description: '',
    });
  });
});

describe('deleteApplication', () => {
  it.each(['deleteapp.server', 'applist.server'])('takes %s for success', async (sample) => {
    const client = scriptedClient(xmlSample(sample));
    await expect(deleteApplication(client, { applicationId: '81001' })).resolves.toBeUndefined();
    await expect(describeRequest(client.requests[0])).resolves.toEqual({ call: `${BASE}/deleteapp.do`, app_id: '81001' });
  });
});
