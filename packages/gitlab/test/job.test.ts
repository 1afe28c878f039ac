import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type Env, readComponentSettings, SetupError } from '../src/job/component-settings.js';
import { keepTargetBaseline } from '../src/job/keep-target-baseline.js';
import { logOptions } from '../src/job/log-level.js';
import { createPrefixedLog } from '../src/job/log-prefix.js';
import { planJob } from '../src/job/plan-job.js';
import { planScanJob } from '../src/job/scan-job.js';
import { targetArtifact } from '../src/job/target-baseline.js';

const TWO: Env = { COMPONENT_COMMAND: 'scan', COMPONENT_MODE: 'two-jobs', COMPONENT_REPORT_DIR: 'veracode', COMPONENT_MATRIX: '[]', COMPONENT_USE_MATRIX: 'false' };
const API: Env = { CI_API_V4_URL: 'https://gitlab.example.org/api/v4', CI_PROJECT_ID: '42', CI_JOB_TOKEN: 'made-up', CI_JOB_NAME: 'veracode_sast: [a b]', CI_DEFAULT_BRANCH: 'main' };

function plan(env: Env, baseline: string | null = null): ReturnType<typeof planScanJob> {
  return planScanJob(readComponentSettings(env), env, baseline);
}

describe('the scan job', () => {
  it('reports only, and leaves the floor of the organisation to the job that decides', () => {
    const { args, changes } = plan(TWO);
    expect(args).toEqual(expect.arrayContaining(['scan', '--output-dir', 'veracode', 'gitlab-sast=veracode/gl-sast-report.json', '--report-only']));
    expect(changes).toEqual({ VERAPIPE_ORG_POLICY: null });
  });

  it('judges where it is alone', () => {
    const { args, changes } = plan({ ...TWO, COMPONENT_MODE: 'single-job' });
    expect(args).not.toContain('--report-only');
    expect(changes).toEqual({});
    expect(() => plan({ ...TWO, COMPONENT_MODE: 'single-job', VERAPIPE_BASELINE_SCAN: 'policy', VERAPIPE_POLICY: 'House rules' })).not.toThrow();
  });

  it.each<[name: string, env: Env, wanted: boolean]>([
    ['a platform scan', {}, true],
    ['a pipeline scan, which looks at none', { COMPONENT_COMMAND: 'pipeline-scan' }, false],
    ['one where they are disabled', { DEPENDENCY_SCANNING_DISABLED: 'true' }, false],
  ])('reports components of %s: %p', (_name, env, wanted) => {
    const { args } = plan({ ...TWO, ...env });
    expect(args.some((arg) => arg.startsWith('gitlab-dependency-scanning='))).toBe(wanted);
    expect(args.some((arg) => arg.startsWith('cyclonedx-vex='))).toBe(wanted);
  });

  it.each<[env: Env, sandbox: string | undefined]>([
    [{ CI_COMMIT_BRANCH: 'feature/x' }, 'feature/x'],
    [{ CI_COMMIT_BRANCH: 'main' }, undefined],
    [{ CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: 'fix $1' }, 'fix $1'],
    [{ CI_COMMIT_TAG: 'v1' }, undefined],
    [{ CI_COMMIT_BRANCH: 'feature/x', COMPONENT_SANDBOX_FROM_BRANCH: 'false' }, undefined],
  ])('takes the sandbox from the branch: %j', (env, sandbox) => {
    const { changes } = plan({ ...TWO, COMPONENT_SANDBOX_FROM_BRANCH: 'true', CI_DEFAULT_BRANCH: 'main', ...env });
    expect(changes['VERAPIPE_SANDBOX']).toBe(sandbox);
  });

  it('compares with the target branch, or with nothing', () => {
    const env = { ...TWO, COMPONENT_TARGET_BASELINE: 'true' };
    expect(plan(env, 'b.json').changes).toMatchObject({ VERAPIPE_BASELINE: 'b.json', VERAPIPE_NEW_ONLY: 'true' });
    expect(plan(env).changes).toMatchObject({ VERAPIPE_BASELINE: null, VERAPIPE_NEW_ONLY: null });
  });

  it.each<[name: string, env: Env, message: string]>([
    ['a matrix that nobody uses', { COMPONENT_MATRIX: '[{"A":["b"]}]' }, 'without use-matrix'],
    ['legs without a matrix', { COMPONENT_USE_MATRIX: 'true' }, 'CI_NODE_INDEX'],
    ['no command', { COMPONENT_COMMAND: '' }, 'wanted scan or pipeline-scan'],
    ['another mode', { COMPONENT_MODE: 'one' }, 'wanted two-jobs or single-job'],
    ['no folder', { COMPONENT_REPORT_DIR: ' ' }, 'COMPONENT_REPORT_DIR is empty'],
    ['an earlier scan that the gate could not ask for', { VERAPIPE_BASELINE_SCAN: 'policy' }, 'baseline-scan needs mode: single-job'],
    ['a policy that the gate could not judge', { COMPONENT_COMMAND: 'pipeline-scan', VERAPIPE_POLICY: 'House rules' }, 'needs mode: single-job'],
  ])('is refused: %s', (_name, env, message) => {
    expect(() => plan({ ...TWO, ...env })).toThrow(SetupError);
    expect(() => plan({ ...TWO, ...env })).toThrow(message);
  });

  it('gives each leg of a matrix a folder of results', () => {
    expect(plan({ ...TWO, COMPONENT_USE_MATRIX: 'true', COMPONENT_MATRIX: '[{"A":["b"]}]', CI_NODE_INDEX: '2' }).args).toEqual(expect.arrayContaining([join('veracode', 'leg-2'), 'gitlab-sast=veracode/gl-sast-report.json']));
  });
});

describe('SECURE_LOG_LEVEL', () => {
  it.each([
    ['debug', ['--debug']],
    ['DEBUG', ['--debug']],
    ['info', []],
    [undefined, []],
    ['warn', ['--quiet']],
    ['error', ['--quiet']],
    ['fatal', ['--quiet']],
    ['loud', []],
  ])('%p: %j', (level, options) => {
    expect(logOptions({ SECURE_LOG_LEVEL: level })).toEqual(options);
  });

  it('marks each line of the log once, however it comes', () => {
    let written = '';
    const log = createPrefixedLog((text) => (written += text));
    for (const part of ['00:01  Upl', 'oading\n00:02  Warning: x\n\nError: no', '\n', 'Skipped: y\nhalf']) log.write(part);
    log.end();
    log.end();
    expect(written).toBe('[INFO] 00:01  Uploading\n[WARN] 00:02  Warning: x\n\n[ERRO] Error: no\n[WARN] Skipped: y\n[INFO] half\n');
  });
});

describe('the artifact of the target branch', () => {
  it('is asked for by branch, path and job, each spelled for an address', () => {
    expect(targetArtifact({ resultsDir: 'a b/leg-1' }, { ...API, CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'release/1' })).toEqual({
      url: 'https://gitlab.example.org/api/v4/projects/42/jobs/artifacts/release%2F1/raw/a%20b/leg-1/verapipe-results.json?job=veracode_sast%3A%20%5Ba%20b%5D',
      token: 'made-up',
      ref: 'release/1',
    });
  });

  it.each<[name: string, env: Env, reason: string]>([
    ['outside of GitLab', { ...API, CI_JOB_TOKEN: '' }, 'does not know how to ask GitLab'],
    ['on the branch itself', { ...API, CI_COMMIT_BRANCH: 'main' }, 'this is the branch main itself'],
    ['without a branch', { ...API, CI_DEFAULT_BRANCH: '' }, 'knows no target branch'],
  ])('is not asked for %s', (_name, env, reason) => {
    expect(targetArtifact({ resultsDir: 'veracode' }, env)).toEqual({ reason: expect.stringContaining(reason) });
  });
});

describe('the baseline of the target branch', () => {
  const TOKEN = 'glcbt-64_made-up-token';
  const USABLE = JSON.stringify({ findings: [], counts: {}, proof: {} });
  let folder: string;
  let servers: Server[] = [];
  let said: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'verapipe-baseline-'));
    said = [];
  });
  afterEach(async () => {
    for (const server of servers) server.close();
    servers = [];
    await rm(folder, { recursive: true });
  });

  async function serve(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  function keep(api: string, env: Env = {}): Promise<boolean> {
    const all = { ...TWO, ...API, COMPONENT_TARGET_BASELINE: 'true', CI_JOB_TOKEN: TOKEN, CI_API_V4_URL: `${api}/api/v4`, ...env };
    return keepTargetBaseline(readComponentSettings(all), all, { file: join(folder, 'kept', 'b.json'), say: (line) => said.push(line) });
  }

  it('is kept as it was served', async () => {
    const api = await serve((request, response) => response.end(request.headers['job-token'] === TOKEN ? USABLE : ''));
    expect(await keep(api)).toBe(true);
    expect(await readFile(join(folder, 'kept', 'b.json'), 'utf8')).toBe(USABLE);
    expect(said.join('\n')).not.toContain(TOKEN);
  });

  it('may lie in another store, which gets no token', async () => {
    const seen: unknown[] = [];
    const store = await serve(({ headers }, response) => {
      seen.push(headers['job-token']);
      response.end(USABLE);
    });
    const api = await serve((_request, response) => response.writeHead(302, { location: `${store}/bucket?signature=s3cret` }).end());
    expect(await keep(api)).toBe(true);
    expect(seen).toEqual([undefined]);
    expect(said.join('\n')).not.toContain('s3cret');
  });

  it.each<[name: string, listener: RequestListener, told: string]>([
    ['there is none yet', (_request, response) => response.writeHead(404).end('{"message":"404 Not Found"}'), 'has no successful job of this name with results yet (404)'],
    ['the token may not', (_request, response) => response.writeHead(403).end(), 'GitLab answered 403'],
    ['GitLab fails', (_request, response) => response.writeHead(500).end(), 'GitLab answered 500'],
    ['it is a page to sign in', (_request, response) => response.end('<html>'), 'are not those of a judged scan'],
    ['it is of a run that failed', (_request, response) => response.end(JSON.stringify({ findings: [], counts: null, proof: null })), 'are not those of a judged scan'],
    ['the line breaks', (request) => request.socket.destroy(), 'GitLab could not be read: ECONNRESET'],
    ['it leads round in circles', (_request, response) => response.writeHead(302, { location: '/again' }).end(), 'it redirects without an end'],
  ])('is none, and makes nothing red, when %s', async (_name, listener, told) => {
    const api = await serve(listener);
    await mkdir(join(folder, 'kept'));
    await writeFile(join(folder, 'kept', 'b.json'), 'of an earlier run');
    expect(await keep(api)).toBe(false);
    expect(said).toEqual([expect.stringMatching(/^WARNING: no baseline of the target branch: .+ Every finding counts\.$/u)]);
    expect(said[0]).toContain(told);
    expect(said[0]).not.toContain(TOKEN);
    await expect(readFile(join(folder, 'kept', 'b.json'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is not asked for where nobody wants it', async () => {
    expect(await keep('http://127.0.0.1:9', { COMPONENT_TARGET_BASELINE: 'false' })).toBe(false);
    expect(said).toEqual([]);
  });
});

describe('the gate job', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'verapipe-gate-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const gate = (env: Env): ReturnType<typeof planJob> => planJob('gate', { ...TWO, COMPONENT_REPORT_DIR: folder, ...env }, () => undefined);

  it('judges what the scan job left', async () => {
    expect(await gate({})).toEqual({ args: ['gate', '--from', folder], changes: {} });
  });

  it('compares with what the scan job compared with', async () => {
    await writeFile(join(folder, 'target-baseline.json'), '{}');
    expect((await gate({ COMPONENT_TARGET_BASELINE: 'true' })).changes).toEqual({ VERAPIPE_BASELINE: join(folder, 'target-baseline.json'), VERAPIPE_NEW_ONLY: 'true' });
    expect((await gate({})).changes).toEqual({});
  });

  it('is the only one of its name', async () => {
    await expect(planJob('gates', TWO, () => undefined)).rejects.toThrow('"gates" is no job of the component');
  });
});
