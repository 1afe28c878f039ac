import { describe, expect, it } from '@jest/globals';
import { bodyText, scriptedClient } from '../../../test/api-client.js';
import { restSample } from '../../../test/samples.js';
import { findProfileByLegacyId, setRepositoryUrl } from './applications.js';

const GUID = '0b6c1f0e-1111-4222-8333-444455556666';

function linesOf({ requests }: ReturnType<typeof scriptedClient>): readonly string[] {
  return requests.map(({ method, url }) => `${method} ${url.href}`);
}

describe('findProfileByLegacyId', () => {
  it('reads the profile with its scans', async () => {
    const client = scriptedClient(restSample('applications-by-legacy-id'));
    await expect(findProfileByLegacyId(client, { applicationId: '81001' })).resolves.toEqual({
      guid: GUID,
      applicationId: '81001',
      name: 'Web shop',
      criticality: 'Very High',
      policies: [
        { guid: '0b6c1f0e-1111-4222-8333-000000000003', name: 'House rules', isDefault: false, evaluation: 'did-not-pass', evaluationText: 'DID_NOT_PASS' },
      ],
      teams: [{ guid: '0b6c1f0e-1111-4222-8333-000000000011', name: 'Blue' }],
      businessUnit: { guid: '0b6c1f0e-1111-4222-8333-000000000009', name: 'Retail' },
      businessOwners: [{ name: 'Dana', email: 'dana@example.com' }],
      tags: ['java', 'web'],
      description: null,
      customFields: [{ name: 'Custom 1', value: 'x' }],
      archerName: null,
      repositoryUrl: 'https://git.example/web/shop',
      createdAt: '2026-01-05T09:00:00.000Z',
      modifiedAt: '2026-03-01T23:59:59.000Z',
      lastScanCompletedAt: null,
      policyCheckedAt: null,
      scans: [
        { type: 'STATIC', status: 'PUBLISHED', modifiedAt: '2026-03-02T13:14:59.000Z' },
        { type: 'DYNAMIC', status: 'PUBLISHED', modifiedAt: '2026-02-21T08:00:00.000Z' },
      ],
    });
    expect(linesOf(client)).toEqual(['GET https://api.veracode.com/appsec/v1/applications?legacy_id=81001&size=50']);
  });

  it.each([
    ['a profile that was never scanned', 'applications-never-scanned', { guid: GUID, scans: [], repositoryUrl: null }],
    ['the right one of several', 'applications-several', { guid: GUID }],
  ])('finds %s', async (_name, sample, expected) => {
    await expect(findProfileByLegacyId(scriptedClient(restSample(sample)), { applicationId: '81001' })).resolves.toMatchObject(expected);
  });

  it('is null when the list is missing, as it is without hits', async () => {
    await expect(findProfileByLegacyId(scriptedClient(restSample('applications-none')), { applicationId: '81001' })).resolves.toBeNull();
  });

  const entry = (change: object): string => JSON.stringify({ _embedded: { applications: [{ id: 81001, guid: GUID, scans: [], profile: { name: 'x' }, ...change }] } });
  it.each([
    ['other profiles only', restSample('applications-several'), '99'],
    ['a login page', '<html></html>', '81001'],
    ['a list', '[]', '81001'],
    ['a list that is none', '{"_embedded":{"applications":{}}}', '81001'],
    ['embedded text', '{"_embedded":"x"}', '81001'],
    ['an entry that is none', '{"_embedded":{"applications":[null]}}', '81001'],
    ['an id as text', entry({ id: '81001' }), '81001'],
    ['an id beyond numbers', entry({ id: 2 ** 60 }), '81001'],
    ['no guid', entry({ guid: '' }), '81001'],
    ['no profile', entry({ profile: null }), '81001'],
    ['a date that is none', entry({ scans: [{ scan_type: 'STATIC', modified_date: 'soon' }] }), '81001'],
    ['a scan without type', entry({ scans: [{}] }), '81001'],
  ])('refuses %s', async (_name, body, applicationId) => {
    await expect(findProfileByLegacyId(scriptedClient(body), { applicationId })).rejects.toMatchObject({ name: 'ProtocolError' });
  });

  it('reads a scan without a status or a date', async () => {
    const profile = await findProfileByLegacyId(scriptedClient(entry({ scans: [{ scan_type: 'MANUAL' }] })), { applicationId: '81001' });
    expect(profile?.scans).toEqual([{ type: 'MANUAL', status: '', modifiedAt: null }]);
  });
});

describe('setRepositoryUrl', () => {
  it('writes the whole profile back, with one field changed', async () => {
    const client = scriptedClient(restSample('applications-by-legacy-id'), restSample('application'));
    await setRepositoryUrl(client, { applicationId: '81001', repositoryUrl: 'https://git.example/new' });
    expect(linesOf(client)).toEqual([
      'GET https://api.veracode.com/appsec/v1/applications?legacy_id=81001&size=50',
      `PUT https://api.veracode.com/appsec/v1/applications/${GUID}`,
    ]);
    const listed = JSON.parse(restSample('applications-by-legacy-id')) as { _embedded: { applications: [{ profile: object }] } };
    const [, put] = client.requests;
    expect(put?.body?.contentType).toBe('application/json');
    expect(JSON.parse(put === undefined ? '' : await bodyText(put))).toEqual({
      profile: { ...listed._embedded.applications[0].profile, git_repo_url: 'https://git.example/new' },
    });
  });

  it('sends nothing when it is already that one', async () => {
    const client = scriptedClient(restSample('applications-by-legacy-id'));
    await setRepositoryUrl(client, { applicationId: '81001', repositoryUrl: 'https://git.example/web/shop' });
    expect(client.requests).toHaveLength(1);
  });

  it('says so when the profile is gone', async () => {
    const failure = setRepositoryUrl(scriptedClient(restSample('applications-none')), { applicationId: '81001', repositoryUrl: 'x' });
    await expect(failure).rejects.toMatchObject({ name: 'NotFoundError', code: 'application-not-found' });
  });

  it('does not trust an answer about another profile', async () => {
    const other = JSON.stringify({ ...(JSON.parse(restSample('application')) as object), guid: 'other' });
    const failure = setRepositoryUrl(scriptedClient(restSample('applications-never-scanned'), other), { applicationId: '81001', repositoryUrl: 'x' });
    await expect(failure).rejects.toMatchObject({ name: 'ProtocolError', outcome: 'unknown' });
  });
});
