import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { ScanState } from '@verapipe/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { createStateFile, readStateFile } from './state-file.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verapipe-state-'));
});

afterEach(() => rm(folder, { recursive: true }));

const STATE: ScanState = {
  schemaVersion: 1,
  platformUrl: 'https://analysiscenter.veracode.com',
  scanName: 'gitlab web/shop 48211 scan',
  modules: { selection: 'all-non-fatal', include: [], exclude: [] },
  step: 'upload',
  progress: 'done',
  application: { id: '101', name: 'Web shop', created: false },
  sandbox: null,
  build: { id: '17501', name: 'gitlab web/shop 48211 scan', created: true },
  artifacts: [{ path: '/w/shop.jar', name: 'shop.jar', sizeBytes: 3, sha256: 'a'.repeat(64), md5: 'b'.repeat(32), fileId: '9' }],
  updatedAt: '2026-11-24T09:41:00.000Z',
};

describe('a state file', () => {
  it('holds the last state, alone in its folder, for people to read', async () => {
    const path = join(folder, '.verapipe', 'scan.json');
    const file = createStateFile(path);
    expect(file.last()).toBeNull();
    await file.save({ ...STATE, progress: 'began' });
    await file.save(STATE);
    expect(file.last()).toEqual(STATE);
    expect(await readStateFile(path)).toEqual(STATE);
    expect(await readdir(dirname(path))).toEqual(['scan.json']);
    expect(await readFile(path, 'utf8')).toMatch(/^\{\n {2}"schemaVersion": 1,\n[^]*\n\}\n$/u);
  });

  it('is null where there is none', async () => {
    expect(await readStateFile(join(folder, 'scan.json'))).toBeNull();
  });

  it('that cannot be written ends the run before the platform is changed', async () => {
    await mkdir(join(folder, 'scan.json'));
    const file = createStateFile(join(folder, 'scan.json'));
    await expect(file.save(STATE)).rejects.toMatchObject({ name: 'LocalError', code: 'not-writable' });
    expect([file.last(), file.holdsLast()]).toEqual([STATE, false]);
  });

  it('that is a folder is a fault of the input', async () => {
    await expect(readStateFile(folder)).rejects.toMatchObject({ name: 'ValidationError', issues: [{ path: 'state' }] });
  });
});
