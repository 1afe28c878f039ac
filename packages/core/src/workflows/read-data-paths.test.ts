import { describe, expect, it } from '@jest/globals';
import type { ScenarioInput } from '@verapipe/emulator';

import { type EmulatedPlatform, startEmulatedPlatform } from '../../test/emulated-platform.js';
import { answer } from '../../test/scripted-send.js';
import { createDeadline } from '../kernel/deadline.js';
import { locateByIds } from './locate.js';
import { readDataPaths } from './read-data-paths.js';

const CALL = 'GET /appsec/v2/applications/{guid}/findings/{issue}/static_flaw_info';
const SHOP: ScenarioInput = {
  applications: [{ name: 'Shop', builds: [{ name: 'v1' }], sandboxes: [{ name: 'feature', builds: [{ name: 'f1' }] }] }],
  scans: [{ findings: { generate: 6 } }],
};

let platform: EmulatedPlatform;

async function start(scenario: ScenarioInput = SHOP): Promise<{ applicationGuid: string; sandboxGuid: null }> {
  platform = await startEmulatedPlatform(scenario);
  return { applicationGuid: platform.emulator.snapshot().applications[0]?.guid ?? '', sandboxGuid: null };
}

function callsMade(): number {
  return platform.calls().filter((name) => name === CALL).length;
}

describe('readDataPaths', () => {
  it('reads one finding after the other, one call each', async () => {
    const place = await start();
    const { paths, failure, buildIds } = await readDataPaths(platform.client, { ...place, findingIds: ['1', '4'] });
    expect([[...paths.keys()], failure, callsMade()]).toEqual([['1', '4'], null, 2]);
    expect(buildIds).toEqual([platform.emulator.snapshot().applications[0]?.builds[0]?.id]);
    for (const [path] of paths.values()) expect(path?.steps).toHaveLength(2);
  });

  it('asks nobody when there is nothing to ask', async () => {
    const place = await start();
    await expect(readDataPaths(platform.client, { ...place, findingIds: [] })).resolves.toMatchObject({ failure: null, buildIds: [] });
    expect(callsMade()).toBe(0);
  });

  it('leaves out a finding that is not there, and goes on', async () => {
    const place = await start();
    const { paths, failure } = await readDataPaths(platform.client, { ...place, findingIds: ['98', '99', '97', '96', '2'] });
    expect([[...paths.keys()], failure?.code, callsMade()]).toEqual([['2'], 'bad-request', 5]);
  });

  it('repeats what failed for a moment', async () => {
    const place = await start();
    platform.emulator.faults.set({ operation: CALL, kind: 'status:503', count: 2 });
    const { paths, failure } = await readDataPaths(platform.client, { ...place, findingIds: ['1', '2'] });
    expect([paths.size, failure]).toEqual([2, null]);
  });

  it('stops asking a platform that does not answer', async () => {
    const place = await start();
    platform.emulator.faults.set({ operation: CALL, kind: 'status:500', count: 'all' });
    const asked = ['1', '2', '3', '4', '5', '6'];
    const { paths, failure } = await readDataPaths(platform.client, { ...place, findingIds: asked });
    expect([paths.size, failure?.name]).toEqual([0, 'ServiceError']);
    const attempts = failure?.context.attempts ?? 0;
    expect(callsMade()).toBe(3 * attempts);
  });

  it.each<[name: string, asked: readonly string[], read: readonly string[]]>([
    ['it answers now and then', ['2', '3', '1', '5', '6', '4'], ['1', '4']],
    ['it refuses now and then', ['2', '3', '99', '5', '6', '4'], ['4']],
    ['it has not answered three times in a row', ['1', '2', '3', '5', '4'], ['1']],
  ])('goes on or not: %s', async (_name, asked, read) => {
    const silent = new Set(['2', '3', '5', '6']);
    platform = await startEmulatedPlatform(SHOP, (network) => ({
      send: (request, signal) => {
        const [, issue = ''] = /\/findings\/(\d+)\/static_flaw_info/u.exec(request.url.pathname) ?? [];
        return silent.has(issue) ? Promise.resolve(answer(500)) : network.send(request, signal);
      },
      close: () => network.close(),
    }));
    const place = { applicationGuid: platform.emulator.snapshot().applications[0]?.guid ?? '', sandboxGuid: null };
    const { paths, failure, buildIds } = await readDataPaths(platform.client, { ...place, findingIds: asked });
    expect([...paths.keys()]).toEqual(read);
    // The first one; a refusal comes after it.
    expect(failure).toMatchObject({ name: 'ServiceError', context: { status: 500 } });
    expect(buildIds).toHaveLength(1);
  });

  it.each(['status:401', 'expired-credentials', 'status:403'])('stops where no other finding would fare better: %s', async (kind) => {
    const place = await start();
    platform.emulator.faults.set({ operation: CALL, kind });
    const { paths, failure } = await readDataPaths(platform.client, { ...place, findingIds: ['1', '2'] });
    expect([paths.size, failure?.name.startsWith('Auth'), callsMade()]).toEqual([0, true, 1]);
  });

  it.each([
    ['the account may not', { applicationGuid: '00000000-0000-4000-8000-000000000000' }, undefined, 'AuthorizationError', 1],
    ['the time is over', {}, 0, 'DeadlineError', 0],
  ])('asks for none of the others where %s', async (_name, more, timeoutMs, name, calls) => {
    const place = { ...(await start()), ...more };
    const call = timeoutMs === undefined ? {} : { deadline: createDeadline(platform.clock, timeoutMs) };
    const { paths, failure } = await readDataPaths(platform.client, { ...place, findingIds: ['1', '2', '3'] }, call);
    expect([paths.size, failure?.name, callsMade()]).toEqual([0, name, calls]);
  });

  it('ends with the run', async () => {
    const place = await start();
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(readDataPaths(platform.client, { ...place, findingIds: ['1'] }, { signal })).rejects.toMatchObject({ name: 'AbortedError' });
  });
});

describe('locateByIds', () => {
  it('finds application profile and sandbox', async () => {
    await start();
    const [shop] = platform.emulator.snapshot().applications;
    const [feature] = shop?.sandboxes ?? [];
    const application = { id: shop?.id ?? '', name: 'Shop' };
    await expect(locateByIds(platform.client, { application, sandbox: null })).resolves.toEqual({ applicationGuid: shop?.guid, sandboxGuid: null });
    await expect(locateByIds(platform.client, { application, sandbox: { id: feature?.id ?? '', name: 'feature' } })).resolves.toEqual({ applicationGuid: shop?.guid, sandboxGuid: feature?.guid });
  });

  it('finds a profile that has another name by now, in one call', async () => {
    await start({ applications: [{ name: 'Shop' }, { name: 'Shop 2' }] });
    const [shop] = platform.emulator.snapshot().applications;
    const application = { id: shop?.id ?? '', name: 'Store' };
    await expect(locateByIds(platform.client, { application, sandbox: null })).resolves.toEqual({ applicationGuid: shop?.guid, sandboxGuid: null });
    expect(platform.emulator.journal().map(({ operation, parameters }) => [operation, parameters['legacy_id']])).toEqual([['GET /appsec/v1/applications', shop?.id]]);
  });

  it.each([
    ['profile', { application: { id: '1', name: 'Shop' }, sandbox: null }],
    ['sandbox', { application: null, sandbox: { id: '1', name: 'feature' } }],
  ])('refuses another %s of the same name', async (what, { application, sandbox }) => {
    await start();
    const shop = { id: platform.emulator.snapshot().applications[0]?.id ?? '', name: 'Shop' };
    await expect(locateByIds(platform.client, { application: application ?? shop, sandbox })).rejects.toMatchObject({
      name: 'NotFoundError',
      code: 'name-not-found',
      message: expect.stringMatching(what === 'profile' ? /application profile "Shop" \(1\)/ : /sandbox "feature" \(1\)/),
      advice: expect.stringMatching(/deleted/),
    });
  });
});
