import { describe, expect, it } from '@jest/globals';

import { type EmulatedPlatform, startEmulatedPlatform } from '../../test/emulated-platform.js';
import { findProfiles } from './find-profiles.js';

const [REST, XML] = ['GET /appsec/v1/applications', 'getapplist.do'];

function start(more: Parameters<typeof startEmulatedPlatform>[0] = {}): Promise<EmulatedPlatform> {
  return startEmulatedPlatform({ applications: [{ name: 'Shop' }, { name: 'Web Shop' }], ...more });
}

const profilesOf = (platform: EmulatedPlatform): readonly object[] => platform.emulator.snapshot().applications.map(({ id, name }) => ({ id, name }));

describe('findProfiles', () => {
  it('asks for the name', async () => {
    const platform = await start();
    const [shop] = profilesOf(platform);
    await expect(findProfiles(platform.client, 'Shop', {})).resolves.toEqual({ profiles: [shop], isWholeList: false });
    expect(platform.calls()).toEqual([REST]);
  });

  it.each(['status:403', 'expired-credentials'])('reads the whole list where the filter is closed to the account: %s', async (kind) => {
    const platform = await start();
    platform.emulator.faults.set({ operation: REST, kind, count: 'all' });
    await expect(findProfiles(platform.client, 'Shop', {})).resolves.toMatchObject({ profiles: profilesOf(platform), isWholeList: true });
    expect(platform.calls()).toEqual([REST, XML]);
  });

  it.each(['status:500', 'html-200', 'status:404'])('is told when the filter fails for another reason, and takes no list for it: %s', async (kind) => {
    const platform = await start();
    platform.emulator.faults.set({ operation: REST, kind, count: 'all' });
    await expect(findProfiles(platform.client, 'Shop', {})).rejects.toMatchObject({ context: { operation: REST } });
    expect(platform.calls()).not.toContain(XML);
  });

  it('is told when neither is open', async () => {
    const platform = await start();
    platform.emulator.faults.set({ operation: REST, kind: 'status:403', count: 'all' }, { operation: XML, kind: 'status:403', count: 'all' });
    await expect(findProfiles(platform.client, 'Shop', {})).rejects.toMatchObject({ name: 'AuthorizationError', context: { operation: XML } });
  });
});
