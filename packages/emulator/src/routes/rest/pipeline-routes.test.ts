import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { startInProcess, type InProcess, type Reply } from '../../../test/in-process.js';
import { bodyOf } from '../../../test/rehearsal.js';
import type { RoleName } from '../../scenarios/account-schema.js';
import type { ScenarioInput } from '../../scenarios/scenario.js';

const root = '/pipeline_scan/v1';
const mebibyte = 1024 * 1024;

interface Scan {
  readonly scan_id: string;
  readonly scan_status: string;
  readonly binary_segments_expected: number;
  readonly binary_segments_uploaded: number;
  readonly scan_duration: number | null;
  readonly results_size: number | null;
  readonly created: string;
  readonly _links: Readonly<Record<string, { readonly href: string }>>;
}

interface Results {
  readonly message: string;
  readonly modules: readonly string[];
  readonly modules_count: number;
  readonly findings: readonly ResultFinding[];
  readonly selected_modules: readonly string[];
}

interface ResultFinding {
  readonly issue_id: number;
  readonly cwe_id: string;
  readonly severity: number;
  readonly flaw_match?: object;
  readonly stack_dumps?: { readonly stack_dump: readonly { readonly Frame?: readonly { readonly Comment: unknown; readonly SourceFile: string; readonly SourceLine: string }[] }[] };
  readonly files: { readonly source_file: { readonly file: string; readonly line: number } };
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function send({ ask }: InProcess, method: string, target: string, body: object): Promise<Reply> {
  return ask(root + target, { method, body: bodyOf(JSON.stringify(body)), headers: { 'content-type': 'application/json' } });
}

async function create(started: InProcess, bytes: Buffer, more: object = {}): Promise<Scan> {
  const order = { binary_name: 'app.war', binary_size: bytes.byteLength, binary_hash: sha256(bytes), ...more };
  const reply = await send(started, 'POST', '/scans', order);
  expect(reply.status).toBe(200);
  return JSON.parse(reply.text) as Scan;
}

function putSegment({ ask }: InProcess, href: string, bytes: Buffer, field = 'file'): Promise<Reply> {
  const head = `--b\r\nContent-Disposition: form-data; name="${field}"; filename="s"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--b--\r\n')]);
  return ask(root + href, { method: 'PUT', headers: { 'content-type': 'multipart/form-data; boundary=b' }, body: oneChunk(body) });
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

async function details({ ask }: InProcess, id: string): Promise<Scan> {
  return JSON.parse((await ask(`${root}/scans/${id}`)).text) as Scan;
}

/** Uploads, starts, and lets the scan pass. */
async function scanThrough(started: InProcess, more: object = {}, seconds = 90): Promise<string> {
  const bytes = Buffer.from('content');
  const { scan_id: id } = await create(started, bytes, more);
  await putSegment(started, `/scans/${id}/segments/0`, bytes);
  expect((await send(started, 'PUT', `/scans/${id}`, { scan_status: 'STARTED' })).status).toBe(200);
  started.emulator.advance(seconds * 1000);
  return id;
}

async function results({ ask }: InProcess, id: string): Promise<Results> {
  const reply = await ask(`${root}/scans/${id}/findings`);
  expect(reply.status).toBe(200);
  return JSON.parse(reply.text) as Results;
}

function refusalOf(reply: Reply): unknown {
  const { code, message, _links: links } = JSON.parse(reply.text) as { code: string; message: string; _links: { help: { href: string } } };
  expect([typeof links.help.href, reply.refusal]).toEqual(['string', message]);
  return `${reply.status} ${code}: ${message.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{64}/g, '…')}`;
}

describe('a pipeline scan', () => {
  it('goes from segment to segment along relative links, then starts and ends on the emulated clock', async () => {
    const started = startInProcess({});
    const bytes = Buffer.alloc(6 * mebibyte, 'a');
    const scan = await create(started, bytes, { project_name: 'Shop', scan_timeout: 30 });
    expect(scan).toMatchObject({ scan_status: 'UPLOADING', binary_segments_expected: 3, binary_segments_uploaded: 0, results_size: null });
    expect(scan.created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/);
    expect(scan._links['self']).toEqual({ href: '/scans' });
    let links = scan._links;
    for (let at = 0; links['upload'] !== undefined; at += 2 * mebibyte) {
      const piece = bytes.subarray(at, at + 2 * mebibyte);
      const answer = JSON.parse((await putSegment(started, links['upload'].href, piece)).text) as Scan & { segment_hash: string };
      expect(answer).toMatchObject({ segment_size: 2 * mebibyte, segment_hash: sha256(piece) });
      links = answer._links;
    }
    expect(links['start']).toEqual({ href: `/scans/${scan.scan_id}` });
    expect(JSON.parse((await send(started, 'PUT', `/scans/${scan.scan_id}`, { scan_status: 'STARTED' })).text)).toMatchObject({ scan_status: 'STARTED' });
    const early = await started.ask(`${root}/scans/${scan.scan_id}/findings`);
    expect([early.status, JSON.parse(early.text)]).toEqual([202, expect.objectContaining({ scan_status: 'STARTED' })]);
    started.emulator.advance(90_000);
    const ended = await details(started, scan.scan_id);
    expect(ended).toMatchObject({ scan_status: 'SUCCESS', scan_duration: 90, binary_segments_uploaded: 3 });
    expect(ended._links['findings']).toEqual({ href: `/scans/${scan.scan_id}/findings` });
    const { message, modules, findings } = await results(started, scan.scan_id);
    expect([message, modules, findings.length]).toEqual([`Scan successful. Results size: ${ended.results_size} bytes`, ['app.war', 'JS files within app.war'], 6]);
    const [view] = started.emulator.snapshot().pipelineScans;
    expect(view?.events.map(({ kind }) => kind)).toEqual(['created', 'segment-uploaded', 'segment-uploaded', 'segment-uploaded', 'started']);
    expect(view).toMatchObject({ status: 'SUCCESS', timesStarted: 1, request: { projectName: 'Shop', scanTimeoutMinutes: 30 } });
    expect(new Set(started.emulator.journal().map(({ operation }) => operation)).size).toBe(5);
  });

  it.each<[string, ScenarioInput['pipelineScans'], object, [number, string][]]>([
    ['a failure', [{ outcome: 'failure', scanSeconds: 10 }], {}, [[9, 'STARTED'], [10, 'FAILURE']]],
    ['somebody ends it', [{ outcome: 'cancelled', scanSeconds: 10 }], {}, [[9, 'STARTED'], [10, 'CANCELLED']]],
    ["the caller's limit", [{ outcome: 'never-ends' }], { scan_timeout: 10 }, [[599, 'STARTED'], [600, 'USER_TIMEOUT']]],
    ["the platform's limit", [{ scanSeconds: 4000 }], { scan_timeout: 0 }, [[3599, 'STARTED'], [3600, 'TIMEOUT']]],
    ['by project', [{ project: 'other', outcome: 'failure' }, { file: '*.war', scanSeconds: 5 }], { project_name: 'Shop' }, [[5, 'SUCCESS']]],
  ])('ends as the scenario says: %s', async (_, pipelineScans, more, wanted) => {
    const started = startInProcess({ scenario: { pipelineScans } });
    const id = await scanThrough(started, more, 0);
    let passed = 0;
    for (const [second, status] of wanted) {
      started.emulator.advance((second - passed) * 1000);
      passed = second;
      expect([second, (await details(started, id)).scan_status]).toEqual([second, status]);
    }
  });

  it('has findings some time after its success, and is PENDING before its first segment', async () => {
    const started = startInProcess({ scenario: { pipelineScans: [{ findingsSeconds: 20, pendingSeconds: 5 }] } });
    const { scan_id: pending } = await create(started, Buffer.from('x'));
    expect((await details(started, pending)).scan_status).toBe('PENDING');
    const id = await scanThrough(started);
    expect((await details(started, pending)).scan_status).toBe('UPLOADING');
    expect((await started.ask(`${root}/scans/${id}/findings`)).status).toBe(202);
    started.emulator.advance(20_000);
    expect((await results(started, id)).findings).toHaveLength(6);
  });

  it('is cancelled once, and stays over', async () => {
    const started = startInProcess({});
    const id = await scanThrough(started, {}, 10);
    for (let turn = 0; turn < 2; turn += 1) {
      expect(JSON.parse((await send(started, 'PUT', `/scans/${id}`, { scan_status: 'CANCELLED' })).text)).toMatchObject({ scan_status: 'CANCELLED' });
    }
    started.emulator.advance(100_000);
    expect(started.emulator.snapshot().pipelineScans[0]).toMatchObject({ status: 'CANCELLED', timesStarted: 1 });
    expect(started.emulator.snapshot().pipelineScans[0]?.events.filter(({ kind }) => kind === 'cancelled')).toHaveLength(1);
  });

  it('outlives its emulator', async () => {
    const first = startInProcess({});
    const id = await scanThrough(first);
    const second = startInProcess({ saved: first.emulator.save(), clock: first.emulator.clock });
    expect((await details(second, id)).scan_status).toBe('SUCCESS');
    second.emulator.reset();
    expect(second.emulator.snapshot().pipelineScans).toEqual([]);
  });
});

describe('what is refused', () => {
  const bytes = Buffer.alloc(6 * mebibyte, 'b');
  const piece = bytes.subarray(0, 2 * mebibyte);

  it.each<[string, (started: InProcess, id: string) => Promise<Reply>, string]>([
    ['a segment out of turn', (s, id) => putSegment(s, `/scans/${id}/segments/1`, piece), '400 BAD_REQUEST: The next segment of scan … is 0, not 1.'],
    ['a segment beyond the last', (s, id) => putSegment(s, `/scans/${id}/segments/3`, piece), '400 BAD_REQUEST: Scan … has the segments 0 to 2.'],
    ['a segment without number', (s, id) => putSegment(s, `/scans/${id}/segments/-1`, piece), '400 BAD_REQUEST: A segment is named by its number, from 0.'],
    ['a segment of a wrong size', (s, id) => putSegment(s, `/scans/${id}/segments/0`, piece.subarray(1)), '400 BAD_REQUEST: Segment 0 of scan … must have 2097152 bytes; it has 2097151.'],
    ['another part', (s, id) => putSegment(s, `/scans/${id}/segments/0`, piece, 'data'), '400 BAD_REQUEST: The form must hold exactly one file, in the part "file".'],
    ['a body that is no form', (s, id) => s.ask(`${root}/scans/${id}/segments/0`, { method: 'PUT', body: bodyOf('x') }), '400 BAD_REQUEST: The body must be of the type multipart/form-data.'],
    ['a start too early', (s, id) => send(s, 'PUT', `/scans/${id}`, { scan_status: 'STARTED' }), '400 BAD_REQUEST: Scan … cannot be started: 0 of 3 segments are there.'],
    ['another scan', (s) => s.ask(`${root}/scans/nothing`), '404 NOT_FOUND: There is no scan nothing.'],
    ['findings of another scan', (s) => s.ask(`${root}/scans/nothing/findings`), '404 NOT_FOUND: There is no scan nothing.'],
  ])('%s', async (_, act, wanted) => {
    const started = startInProcess({});
    const { scan_id: id } = await create(started, bytes);
    expect(refusalOf(await act(started, id))).toBe(wanted);
    expect(started.emulator.snapshot().pipelineScans[0]?.events).toHaveLength(1);
  });

  it.each([
    ['no name', { binary_name: '' }],
    ['no size', { binary_size: 0 }],
    ['a hash that is none', { binary_hash: 'abc' }],
    ['an unknown stage', { dev_stage: 'PRODUCTION' }],
    ['more than an hour', { scan_timeout: 61 }],
  ])('an order with %s', async (_, more) => {
    const started = startInProcess({});
    const order = { binary_name: 'a.war', binary_size: 1, binary_hash: 'a'.repeat(64), ...more };
    expect(refusalOf(await send(started, 'POST', '/scans', order))).toMatch(/^400 BAD_REQUEST: /);
    expect(started.emulator.snapshot().pipelineScans).toEqual([]);
  });

  it('other bytes than those that were announced', async () => {
    const started = startInProcess({});
    const { scan_id: id } = await create(started, Buffer.from('content'));
    await putSegment(started, `/scans/${id}/segments/0`, Buffer.from('CONTENT'));
    expect(refusalOf(await send(started, 'PUT', `/scans/${id}`, { scan_status: 'STARTED' }))).toMatch(/^400 BAD_REQUEST: Scan … was announced with the hash …; the segments make …\.$/);
    expect(started.emulator.snapshot().pipelineScans[0]).toMatchObject({ status: 'UPLOADING', timesStarted: 0 });
  });

  it('a second start, and a segment after it', async () => {
    const started = startInProcess({});
    const id = await scanThrough(started, {}, 0);
    expect(refusalOf(await send(started, 'PUT', `/scans/${id}`, { scan_status: 'STARTED' }))).toBe('400 BAD_REQUEST: Scan … cannot be started: it is STARTED.');
    expect(refusalOf(await putSegment(started, `/scans/${id}/segments/0`, Buffer.from('content')))).toBe('400 BAD_REQUEST: Scan … takes no segments: it is STARTED.');
  });

  it('a seventh start within a minute', async () => {
    const started = startInProcess({});
    const ids: string[] = [];
    for (let turn = 0; turn < 6; turn += 1) {
      ids.push(await scanThrough(started, {}, 5));
    }
    const bytesOfScan = Buffer.from('content');
    const { scan_id: id } = await create(started, bytesOfScan);
    await putSegment(started, `/scans/${id}/segments/0`, bytesOfScan);
    const reply = await send(started, 'PUT', `/scans/${id}`, { scan_status: 'STARTED' });
    expect([reply.status, reply.headers['retry-after']]).toEqual([429, '30']);
    started.emulator.advance(30_000);
    expect((await send(started, 'PUT', `/scans/${id}`, { scan_status: 'STARTED' })).status).toBe(200);
  });

  it.each<[RoleName, number]>([
    ['uploadapi', 200],
    ['submitterapi', 200],
    ['resultsapi', 403],
  ])('the role %s gets %i', async (role, status) => {
    const started = startInProcess({ scenario: { accounts: [{ roles: [role] }] } });
    expect((await started.ask(`${root}/`)).status).toBe(status);
    expect((await send(started, 'POST', '/scans', { binary_name: 'a', binary_size: 1, binary_hash: 'a'.repeat(64) })).status).toBe(status);
  });
});

describe('results', () => {
  const findings = [
    { cwe: 89, file: 'src/main/java/com/example/A.java', line: 3, function: 'void a(int)' },
    { cwe: 79, file: 'web/b.js', line: 7 },
    { cwe: 89, file: 'src/main/java/com/example/A.java', line: 9, function: 'void a(int)' },
    { cwe: 78, file: 'tool.py', line: 1 },
  ];

  it('number their findings anew for each group of modules, repeat flaw hashes, and miss them for some languages', async () => {
    const started = startInProcess({ scenario: { pipelineScans: [{ findings }] } });
    const id = await scanThrough(started);
    const found = (await results(started, id)).findings;
    expect(found.map(({ issue_id, cwe_id, files }) => [issue_id, cwe_id, files.source_file.file.split('/').at(-1)])).toEqual([
      [1000, '89', 'A.java'],
      [1001, '89', 'A.java'],
      [1000, '78', 'tool.py'],
      [1001, '79', 'b.js'],
    ]);
    expect(found[0]?.flaw_match).toEqual(found[1]?.flaw_match);
    expect(found.map(({ flaw_match: match }) => match === undefined)).toEqual([false, false, true, false]);
    expect(found.every(({ stack_dumps: dumps }) => dumps === undefined)).toBe(true);
  });

  it('have stack dumps when asked for: with frames, or one empty one', async () => {
    const started = startInProcess({ scenario: { pipelineScans: [{ findings, modules: ['{file}'] }] } });
    const found = (await results(started, await scanThrough(started, { emit_stack_dump: true }))).findings;
    const frames = found.map(({ stack_dumps: dumps }) => dumps?.stack_dump[0]?.Frame?.map(({ Comment }) => Comment));
    expect(frames).toEqual([['Start taint trace', {}], ['Start taint trace', {}], undefined, ['Start taint trace', {}]]);
    expect(found[2]?.stack_dumps).toEqual({ stack_dump: [{}] });
    // The first frame is the place of the finding, and counts its lines from 0.
    const places = found.map(({ stack_dumps: dumps }) => dumps?.stack_dump[0]?.Frame?.[0]).map((frame) => [frame?.SourceFile, Number(frame?.SourceLine) + 1]);
    expect(places.filter((_, index) => index !== 2)).toEqual(found.filter((_, index) => index !== 2).map(({ files: { source_file: { file, line } } }) => [file, line]));
  });

  it('list modules, also repeated ones, and only those that were asked for', async () => {
    const scenario: ScenarioInput = { pipelineScans: [{ modules: ['{file}', 'JS files within {file}', 'JS files within {file}'], findings: { generate: 40 } }] };
    const started = startInProcess({ scenario });
    const all = await results(started, await scanThrough(started));
    expect([all.modules, all.modules_count, all.findings.length]).toEqual([['app.war', 'JS files within app.war', 'JS files within app.war'], 3, 40]);
    const one = await results(started, await scanThrough(started, { include_modules: 'app.war, other' }));
    expect([one.modules, one.selected_modules]).toEqual([['app.war'], ['app.war', 'other']]);
    const none = await results(started, await scanThrough(started, { include_modules: 'other' }));
    expect([none.modules, none.modules_count, none.findings, none.message]).toEqual([[], 0, [], 'Scan successful. Results size: 42 bytes']);
  });
});
