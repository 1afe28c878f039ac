import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';
import type { ScenarioInput } from '@verapipe/emulator';

import { type EmulatedPlatform, startEmulatedPlatform } from '../../test/emulated-platform.js';
import { tampering } from '../../test/tampering-client.js';
import { readDetailedReport } from '../codecs/detailed-report-stream.js';
import { createDeadline } from '../kernel/deadline.js';
import type { HttpClient } from '../transport/http.js';
import { type EarlierReport, findEarlierReport, type OwnBuild } from './find-earlier-report.js';

const LIST = 'getbuildlist.do';
const REPORT = 'detailedreport.do';
const SANDBOXES = 'getsandboxlist.do';

const SHOP: ScenarioInput = {
  applications: [
    {
      name: 'Shop',
      builds: [{ name: 'v1' }, { name: 'v2' }, { name: 'v2 (attempt 2)' }, { name: 'v3' }, { name: 'v3 Promoted' }],
      sandboxes: [{ name: 'main', builds: [{ name: 'm1' }, { name: 'm2', status: 'Scan In Process' }] }, { name: 'empty' }, { name: 'stuck', builds: Array.from({ length: 7 }, (_, index) => ({ name: `s${index}` })) }],
    },
    { name: 'New' },
  ],
  scans: [{ findings: [], components: [] }],
};

let platform: EmulatedPlatform;

async function start(between?: (network: HttpClient) => HttpClient): Promise<void> {
  platform = await startEmulatedPlatform(SHOP, between);
}

function application(name = 'Shop'): { readonly id: string; readonly name: string } {
  return { id: platform.emulator.snapshot().applications.find((found) => found.name === name)?.id ?? '', name };
}

function idOf(build: string): string {
  return platform.emulator.snapshot().applications[0]?.builds.find(({ name }) => name === build)?.id ?? '';
}

/** @param own - name of the build that is compared, and of its other attempts */
function ownBuild(own: string, attempts: readonly string[] = []): OwnBuild {
  return { buildId: idOf(own), sandbox: null, isSameWork: (name) => attempts.includes(name) };
}

function find(sandbox: string | null, own: OwnBuild | null, of = application()): Promise<EarlierReport> {
  const deadline = createDeadline(platform.clock, 3_600_000);
  return findEarlierReport({ client: platform.client, deadline, call: { deadline } }, { application: of, sandbox, own, file: join(platform.folder, 'earlier.xml') });
}

describe('findEarlierReport', () => {
  it.each<[name: string, sandbox: string | null, own: readonly [name: string, ...attempts: string[]] | null, build: string, calls: readonly string[]]>([
    ['the newest policy scan, where nothing is its own', null, null, 'v3 Promoted', [LIST, REPORT]],
    ['the one before its own, not its own and not its promoted copy', null, ['v3'], 'v2 (attempt 2)', [LIST, REPORT]],
    ['none of its own attempts', null, ['v2 (attempt 2)', 'v2', 'v2 (attempt 2)'], 'v1', [LIST, REPORT]],
    ['the newest published one of a sandbox', 'main', null, 'm1', [SANDBOXES, LIST, REPORT, REPORT]],
    ['the one of a sandbox in another case', 'MAIN', null, 'm1', [SANDBOXES, LIST, REPORT, REPORT]],
  ])('finds %s', async (_name, sandbox, own, build, calls) => {
    await start();
    const found = await find(sandbox, own === null ? null : ownBuild(own[0], own.slice(1)));
    expect(found).toMatchObject({ kind: 'found', build: { id: idOf(build), name: build }, sandbox: sandbox === null ? null : { name: 'main' } });
    expect(platform.calls()).toEqual(calls);
    await expect(readDetailedReport(join(platform.folder, 'earlier.xml'))).resolves.toMatchObject({ buildId: idOf(build), scanName: build });
  });

  it('does not ask for the sandbox that its own build lies in', async () => {
    await start();
    const sandbox = platform.emulator.snapshot().applications[0]?.sandboxes.find(({ name }) => name === 'main');
    const own: OwnBuild = { ...ownBuild('m2'), sandbox: { id: sandbox?.id ?? '', name: 'main' } };
    await expect(find('main', own)).resolves.toMatchObject({ kind: 'found', build: { name: 'm1' } });
    expect(platform.calls()).toEqual([LIST, REPORT]);
  });

  it.each<[name: string, sandbox: string | null, own: string | null, of: string, reason: string, calls: readonly string[]]>([
    ['an application without scans', null, null, 'New', 'There is no scan among the policy scans of "New".', [LIST]],
    ['the first scan of all', null, 'v1', 'Shop', 'There is no earlier scan among the policy scans of "Shop".', [LIST]],
    ['a sandbox whose scans are all younger', 'main', 'v1', 'Shop', 'There is no earlier scan in sandbox "main" of "Shop".', [SANDBOXES, LIST]],
    ['a sandbox without scans', 'empty', null, 'Shop', 'There is no scan in sandbox "empty" of "Shop".', [SANDBOXES, LIST]],
    ['a sandbox where nothing is published', 'stuck', null, 'Shop', 'Of 7 scans in sandbox "stuck" of "Shop", none of the newest 5 has published results.', [SANDBOXES, LIST, ...Array.from({ length: 5 }, () => REPORT)]],
    ['a sandbox that is not there', 'mian', null, 'Shop', 'There is no sandbox "mian" in application profile "Shop" that this account can see. Near: "main".', [SANDBOXES]],
  ])('finds nothing in %s, and says why', async (_name, sandbox, own, of, reason, calls) => {
    await start((network) => tampering(network, REPORT, (text) => (/version="s\d"/u.test(text) ? '<error>No report available.</error>' : text)));
    expect(await find(sandbox, own === null ? null : ownBuild(own), application(of))).toEqual({ kind: 'none', reason });
    expect(platform.calls()).toEqual(calls);
    expect(existsSync(join(platform.folder, 'earlier.xml'))).toBe(false);
  });

  it('goes by ids, whatever the order of the list', async () => {
    let list = '';
    await start((network) =>
      tampering(network, LIST, (text) => {
        const builds = [...text.matchAll(/<build [^>]*\/>/gu)].map(([entry]) => entry);
        list = text.replace(/<build [^]*(?=<\/buildlist>)/u, builds.toReversed().join(''));
        return list;
      }),
    );
    await expect(find(null, ownBuild('v3'))).resolves.toMatchObject({ build: { name: 'v2 (attempt 2)' } });
    expect([...list.matchAll(/version="(v[^"&]+)/gu)].map(([, name]) => name?.trim())).toEqual(['v3 Promoted', 'v3', 'v2', 'v2', 'v1']);
  });

  it('passes over a scan that was deleted since the list was read', async () => {
    await start((network) => tampering(network, REPORT, (text) => (text.includes('version="v2"') ? '<error>A valid app could not be found for build_id=1.</error>' : text)));
    await expect(find(null, ownBuild('v2 (attempt 2)'))).resolves.toMatchObject({ build: { name: 'v1' } });
  });

  it.each<[name: string, change: (text: string) => string]>([
    ['another build', (text) => text.replace(/ build_id="\d+"/u, ' build_id="999"')],
    ['another application', (text) => text.replace(/ app_id="\d+"/u, ' app_id="999"')],
  ])('does not take the report of %s', async (_name, change) => {
    await start((network) => tampering(network, REPORT, change));
    await expect(find(null, null)).rejects.toMatchObject({
      name: 'ProtocolError',
      code: 'another-report',
      message: expect.stringMatching(new RegExp(`^The platform was asked for the detailed report of build ${idOf('v3 Promoted')}, and sent another one \\(build \\d+ of application \\d+\\)`)),
      advice: expect.stringContaining('open a case'),
      context: { operation: REPORT },
    });
  });

  it('does not take a refusal for another reason for a scan without results', async () => {
    await start((network) => tampering(network, REPORT, () => '<error>Access to reports is restricted.</error>'));
    await expect(find(null, null)).rejects.toMatchObject({ name: 'RefusedError', platformText: 'Access to reports is restricted.' });
    expect(platform.calls()).toEqual([LIST, REPORT]);
  });

  it.each(['status:503', 'html-200', 'cut-body', 'bad-xml'])('fails rather than compares with an older one when the platform does: %s', async (kind) => {
    await start();
    platform.emulator.faults.set({ operation: REPORT, kind, count: 'all' });
    await expect(find(null, null)).rejects.toMatchObject({ name: expect.stringMatching(/^(?:ServiceError|ProtocolError|NetworkError)$/u) });
    await expect(readFile(join(platform.folder, 'earlier.xml'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
