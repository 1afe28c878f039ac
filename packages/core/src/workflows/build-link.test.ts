import { expect, it } from '@jest/globals';

import { buildLink } from './build-link.js';

const client = { hosts: { xmlBaseUrl: 'https://analysiscenter.veracode.eu', restBaseUrl: 'https://api.veracode.eu' } };

it.each([
  ['the results of a build', '10001', 'https://analysiscenter.veracode.eu/auth/index.jsp#ViewReportsResultSummary:10001:200001:3000001'],
  ['the start page where the account is not known', null, 'https://analysiscenter.veracode.eu/auth/index.jsp'],
])('leads to %s', (_name, accountId, link) => {
  expect(buildLink(client, { accountId, applicationId: '200001', id: '3000001' })).toBe(link);
});
