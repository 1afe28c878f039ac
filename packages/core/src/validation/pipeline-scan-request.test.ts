import { describe, expect, it } from '@jest/globals';
import type { ArtifactCandidate } from './artifacts.js';
import { parsePipelineScanRequest, type RawPipelineScanRequest } from './pipeline-scan-request.js';

const FILE: ArtifactCandidate = { path: 'a/shop.war', name: 'shop.war', sizeBytes: 10, fingerprint: { modifiedMs: 1, inode: '2' }, problem: null };
const RAW: RawPipelineScanRequest = {
  artifacts: [FILE],
  projectName: 'Shop',
  projectUrl: 'https://git.example/shop',
  projectRef: 'main',
  commitHash: null,
  stage: 'DEVELOPMENT',
  includeModules: ['*.war'],
  timeoutMinutes: 60,
  pipelinePollIntervalSeconds: null,
};
const REMOTE = { restBaseUrl: 'https://api.veracode.eu' };
const LOCAL = { restBaseUrl: 'http://127.0.0.1:4000' };

describe('parsePipelineScanRequest', () => {
  it('makes a request', () => {
    expect(parsePipelineScanRequest(RAW, REMOTE)).toEqual({
      artifact: { path: 'a/shop.war', name: 'shop.war', sizeBytes: 10, fingerprint: { modifiedMs: 1, inode: '2' } },
      project: { name: 'Shop', url: 'https://git.example/shop', ref: 'main' },
      commitHash: null,
      stage: 'DEVELOPMENT',
      includeModules: ['*.war'],
      stackDumps: false,
      timeoutMs: 3_600_000,
      pipelinePollIntervalMs: 30_000,
    });
  });

  it.each([
    [REMOTE, 10, 10_000],
    [REMOTE, 3600, 3_600_000],
    [LOCAL, null, 1000],
    [LOCAL, 1, 1000],
  ])('at %j takes %p seconds for an interval of %i ms', (hosts, pipelinePollIntervalSeconds, ms) => {
    expect(parsePipelineScanRequest({ ...RAW, pipelinePollIntervalSeconds }, hosts).pipelinePollIntervalMs).toBe(ms);
  });

  it.each<[string, Partial<RawPipelineScanRequest>, string]>([
    ['no file', { artifacts: [] }, 'file: got nothing; wanted at least one file to scan'],
    ['two files', { artifacts: [FILE, { ...FILE, name: 'b.war' }] }, 'file: got 2 files; wanted one file: a pipeline scan takes no more'],
    ['an empty file', { artifacts: [{ ...FILE, sizeBytes: 0 }] }, 'file[0]: got "a/shop.war": an empty file; wanted a file with something to scan in it'],
    ['a long name', { projectName: 'x'.repeat(513) }, 'projectName: got 513 characters; wanted at most 512'],
    ['a line end in a branch', { projectRef: 'a\nb' }, 'projectRef: got "a\\nb"; wanted a text without control characters'],
    ['a hash with a bell', { commitHash: '\u0007' }, 'commitHash: got "\\u0007"; wanted a text without control characters'],
    ['half a URL', { projectUrl: '/shop' }, 'projectUrl: got "/shop"; wanted an absolute URL'],
    ['two modules in one', { includeModules: ['a,b'] }, 'includeModules: got "a,b"; wanted one name without a comma for each option'],
    ['an empty module', { includeModules: [' '] }, 'includeModules: got " "; wanted one name without a comma for each option'],
    ['another stage', { stage: 'Development' as 'DEVELOPMENT' }, 'stage: got "Development"; wanted DEVELOPMENT, TESTING, RELEASE'],
    ['no time', { timeoutMinutes: 0 }, 'timeout: got 0 minutes; wanted more than 0, at most 60 minutes: no pipeline scan lasts longer'],
    ['too much time', { timeoutMinutes: 61 }, 'timeout: got 61 minutes; wanted more than 0, at most 60 minutes: no pipeline scan lasts longer'],
    ['no number', { timeoutMinutes: Number.NaN }, 'timeout: got NaN minutes; wanted more than 0, at most 60 minutes: no pipeline scan lasts longer'],
    ['fast polls', { pipelinePollIntervalSeconds: 9 }, 'pipelinePollInterval: got 9 s; wanted from 10 s to 3600 s'],
    ['polls in an hour', { pipelinePollIntervalSeconds: 3601 }, 'pipelinePollInterval: got 3601 s; wanted from 10 s to 3600 s'],
  ])('refuses %s', (_name, change, message) => {
    expect(() => parsePipelineScanRequest({ ...RAW, ...change }, REMOTE)).toThrow(expect.objectContaining({ name: 'ValidationError', message }));
  });

  it('names all faults at once', () => {
    expect(() => parsePipelineScanRequest({ ...RAW, artifacts: [], timeoutMinutes: 90, pipelinePollIntervalSeconds: 1 }, REMOTE)).toThrow(/file: [^]*timeout: [^]*pipelinePollInterval: /);
  });
});
