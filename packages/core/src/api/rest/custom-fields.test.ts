import { describe, expect, it } from '@jest/globals';

import { scriptedClient } from '../../../test/api-client.js';
import { startEmulatedPlatform } from '../../../test/emulated-platform.js';
import { restSample } from '../../../test/samples.js';
import type { CustomFieldName } from '../../domain/application-profile.js';
import type { VeracodeClient } from '../veracode-client.js';
import { createApplicationProfile } from './applications.js';
import { listCustomFieldNames } from './custom-fields.js';

async function namesOf(client: VeracodeClient): Promise<readonly CustomFieldName[]> {
  const fields: CustomFieldName[] = [];
  for await (const field of listCustomFieldNames(client)) fields.push(field);
  return fields;
}

describe('listCustomFieldNames', () => {
  it('reads the fields that a profile can have', async () => {
    const customFields = ['Cost centre', ...Array.from({ length: 9 }, (_, index) => `Custom ${index + 2}`)];
    const platform = await startEmulatedPlatform({ customFields });
    const fields = await namesOf(platform.client);
    expect(fields).toEqual(customFields.map((name, index) => ({ name, sortOrder: index + 1 })));
    expect(platform.calls()).toEqual(['GET /appsec/v1/custom_fields']);
    const [first] = fields;
    const made = await createApplicationProfile(platform.client, { name: 'Shop', criticality: 'Low', customFields: [{ name: first?.name ?? '', value: '4711' }] });
    expect(made.customFields).toContainEqual({ name: 'Cost centre', value: '4711' });
  });

  it('is closed to whoever may only submit', async () => {
    const { client } = await startEmulatedPlatform({ accounts: [{ roles: ['submitterapi'] }] });
    await expect(namesOf(client)).rejects.toMatchObject({ name: 'AuthorizationError' });
  });

  it('reads what says no more than the names, and none at all', async () => {
    await expect(namesOf(scriptedClient(restSample('custom-fields')))).resolves.toEqual([{ name: 'Custom 1', sortOrder: 1 }, { name: 'Cost centre', sortOrder: null }]);
    await expect(namesOf(scriptedClient('{"page":{"number":0,"size":500,"total_elements":0,"total_pages":0}}'))).resolves.toEqual([]);
  });

  const page = (total: number, ...fields: readonly object[]): string =>
    JSON.stringify({ _embedded: { app_custom_field_names: fields }, page: { number: 0, size: 500, total_elements: total, total_pages: 1 } });
  it.each<[name: string, body: string, code: string]>([
    ['fewer than it says', page(2, { name: 'a' }), 'count-mismatch'],
    ['one of them twice', page(2, { name: 'a' }, { name: 'a' }), 'count-mismatch'],
    ['one without a name', page(1, { sort_order: 1 }), 'unexpected-shape'],
    ['a list that is none', '{"_embedded":{"app_custom_field_names":{}},"page":{"number":0,"size":500,"total_elements":1,"total_pages":1}}', 'unexpected-shape'],
    ['a login page', '<html></html>', 'not-json'],
  ])('refuses %s', async (_name, body, code) => {
    await expect(namesOf(scriptedClient(body, body))).rejects.toMatchObject({ name: 'ProtocolError', code });
  });
});
