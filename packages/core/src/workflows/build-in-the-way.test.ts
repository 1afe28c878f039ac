import { describe, expect, it } from '@jest/globals';
import type { ScenarioInput } from '@verapipe/emulator';

import { type EmulatedPlatform, startEmulatedPlatform } from '../../test/emulated-platform.js';
import { tampering } from '../../test/tampering-client.js';
import { createDeadline } from '../kernel/deadline.js';
import { type BuildInTheWay, findBuildInTheWay } from './build-in-the-way.js';

type Build = Omit<NonNullable<NonNullable<ScenarioInput['applications']>[number]['builds']>[number], 'name'>;

const XML_BUILD = 'getbuildinfo.do';
const APPLICATIONS = 'GET /appsec/v1/applications';

let platform: EmulatedPlatform;

const asItIs = (text: string): string => text;

async function start(build: Build | null, change = asItIs, changeProfile = asItIs): Promise<void> {
  const named = (name: string): (Build & { name: string })[] => (build === null ? [] : [{ ...build, name }]);
  platform = await startEmulatedPlatform({ applications: [{ name: 'Shop', builds: named('nightly'), sandboxes: [{ name: 'dev', builds: named('trial') }] }] }, (network) => tampering(tampering(network, XML_BUILD, change), APPLICATIONS, changeProfile));
}

function find(inSandbox = false, sandboxModifiedAt: string | null = null): Promise<BuildInTheWay | null> {
  const [shop] = platform.emulator.snapshot().applications;
  const deadline = createDeadline(platform.clock, 600_000);
  return findBuildInTheWay({ client: platform.client, deadline, call: { deadline } }, { applicationId: shop?.id ?? '', sandboxId: inSandbox ? (shop?.sandboxes[0]?.id ?? '') : null, sandboxModifiedAt });
}

describe('findBuildInTheWay', () => {
  it.each<[name: string, build: Build | null]>([
    ['there is no build', null],
    ['the newest has ended well', { status: 'Results Ready' }],
  ])('finds nothing where %s, and asks no further', async (_name, build) => {
    await start(build);
    await expect(find()).resolves.toBeNull();
    expect(platform.calls()).toEqual([XML_BUILD]);
  });

  it('says which, whose, how old and where', async () => {
    await start({ status: 'Scan In Process', submittedBy: 'ann', startedMinutesAgo: 90 });
    const found = await find();
    const build = platform.emulator.snapshot().applications[0]?.builds.find(({ sandboxId }) => sandboxId === null);
    expect(found).toMatchObject({ build: { id: build?.id }, phase: 'scanning', changedAt: '2026-01-14T22:30:00.000Z', advice: expect.stringMatching(/^It is running\..*--wait-turn.*--sandbox/) });
    expect(found?.link).toMatch(new RegExp(`#ViewReportsResultSummary:\\d+:\\d+:${build?.id}$`));
    expect(found?.sentence).toBe(
      `Scan "nightly" (build ${build?.id}, status "Scan In Process"), made by ann, last changed 90 minutes ago (2026-01-14T22:30:00.000Z), is in the way: a profile or sandbox takes one unfinished scan at a time. ${found?.link}`,
    );
  });

  it('says so of a sandbox without the age, which is told of the policy scans only', async () => {
    await start({ status: 'Pre-Scan Success', submittedBy: 'ann' });
    await expect(find(true)).resolves.toMatchObject({ phase: 'prescanned', changedAt: null, sentence: expect.stringContaining('made by ann, is in the way'), advice: expect.stringMatching(/^It does not run\..*--delete-incomplete/) });
    expect(platform.calls()).toEqual([XML_BUILD]);
  });

  it('tells the age of a sandbox that the caller has read, and asks no further', async () => {
    await start({ status: 'Pre-Scan Success', submittedBy: 'ann' });
    await expect(find(true, '2026-01-14T22:00:00.000Z')).resolves.toMatchObject({
      changedAt: null,
      sentence: expect.stringContaining('made by ann, in a sandbox that was last changed 2 hours ago (2026-01-14T22:00:00.000Z), is in the way'),
    });
    expect(platform.calls()).toEqual([XML_BUILD]);
  });

  it('does not know whose it is where the platform does not tell', async () => {
    await start({ status: 'Incomplete' }, (text) => text.replace(/ submitter="[^"]*"/u, ''));
    await expect(find(true)).resolves.toMatchObject({ sentence: expect.stringContaining('status "Incomplete"), made, is in the way') });
  });

  it.each<[name: string, change: (text: string) => string, changedAt: string | null]>([
    ['of the static scan, not of another kind', (text) => text.replace('"scans":[', '"scans":[{"scan_type":"DYNAMIC","modified_date":"2026-01-02T00:00:00.000Z"},'), '2026-01-14T23:30:00.000Z'],
    ['of no scan where none is static', (text) => text.replaceAll('"STATIC"', '"DYNAMIC"'), null],
    ['of no scan where the profile does not show', () => '{"page":{"number":0,"size":50,"total_elements":0,"total_pages":0}}', null],
  ])('takes the age %s', async (_name, change, changedAt) => {
    await start({ status: 'Incomplete', startedMinutesAgo: 30 }, asItIs, change);
    await expect(find()).resolves.toMatchObject({ changedAt });
  });

  it.each(['status:403', 'html-200', 'empty-200'])('does without the age that cannot be read: %s', async (kind) => {
    await start({ status: 'Incomplete', submittedBy: 'ann' });
    platform.emulator.faults.set({ operation: APPLICATIONS, kind, count: 'all' });
    await expect(find()).resolves.toMatchObject({ changedAt: null, sentence: expect.stringContaining('made by ann, is in the way') });
  });
});
