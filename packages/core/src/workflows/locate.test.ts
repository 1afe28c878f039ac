import { describe, expect, it } from '@jest/globals';

import { type EmulatedPlatform, startEmulatedPlatform } from '../../test/emulated-platform.js';
import { tampering } from '../../test/tampering-client.js';
import { createDeadline } from '../kernel/deadline.js';
import { createSandboxOnce } from './create-sandbox-once.js';
import { locateApplication, locatePolicy, locateSandbox } from './locate.js';
import type { CallingRun } from './run.js';

describe('locatePolicy', () => {
  it('finds a policy by its exact name', async () => {
    const platform = await startEmulatedPlatform({ policies: [{ name: 'Strict', forbiddenSeverity: 3 }, { name: 'Strict for all', forbiddenSeverity: 4 }] });
    await expect(locatePolicy(platform.client, 'Strict')).resolves.toMatchObject({ name: 'Strict' });
    expect(platform.emulator.journal().map(({ parameters }) => parameters['name'])).toEqual(['Strict']);
  });

  it.each(['strict', 'Strikt'])('takes no near one for %s, and shows it', async (name) => {
    const platform = await startEmulatedPlatform({ policies: [{ name: 'Strict', forbiddenSeverity: 3 }] });
    const failure = await locatePolicy(platform.client, name).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      name: 'NotFoundError',
      code: 'name-not-found',
      message: expect.stringMatching(new RegExp(`policy "${name}".*"Strict"`)),
      advice: expect.stringContaining('exact name'),
    });
  });
});

describe('a name that two sandboxes have in another case', () => {
  it('is the name of none of them, and the exact one is', async () => {
    const renamed = (text: string): string => text.replaceAll('"Dxv"', '"DEV"');
    const platform = await startEmulatedPlatform({ applications: [{ name: 'Shop', sandboxes: [{ name: 'Dev' }, { name: 'Dxv' }] }] }, (network) =>
      tampering(network, 'GET /appsec/v1/applications/{guid}/sandboxes', renamed),
    );
    const { found: application } = await locateApplication(platform.client, 'Shop');
    await expect(locateSandbox(platform.client, { application, name: 'dev' })).rejects.toMatchObject({
      name: 'ConflictError',
      code: 'ambiguous-name',
      message: expect.stringMatching(/^The name "dev" fits more than one sandbox: "Dev" .*"DEV"/),
    });
    await expect(locateSandbox(platform.client, { application, name: 'DEV' })).resolves.toMatchObject({ exact: true, found: { name: 'DEV' } });
    await expect(createSandboxOnce(callingOf(platform), { application, name: 'dev' })).rejects.toMatchObject({ code: 'ambiguous-name', message: expect.stringContaining('one sandbox') });
  });
});

function callingOf({ client, clock }: EmulatedPlatform): CallingRun {
  const deadline = createDeadline(clock, 600_000);
  return { client, deadline, call: { deadline } };
}
