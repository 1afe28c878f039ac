import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { answer } from '../../test/scripted-send.js';
import { NetworkError, ProtocolError } from '../kernel/errors.js';
import { writeBodyToFile } from './body-to-file.js';
import type { HttpResponse } from './http.js';
import { localErrorOf } from './local-error.js';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verapipe-out-'));
  path = join(folder, 'report.xml');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

function cutAfter(text: string, error: Error): HttpResponse {
  return {
    ...answer(200),
    body: (async function* () {
      yield Buffer.from(text);
      throw error;
    })(),
  };
}

describe('writeBodyToFile', () => {
  it('writes the body, replacing what was there, and tells size and checksum', async () => {
    await writeFile(path, 'older');
    await expect(writeBodyToFile(answer(200, '<report/>'), path)).resolves.toEqual({
      path,
      sizeBytes: 9,
      sha256: createHash('sha256').update('<report/>').digest('hex'),
    });
    await expect(readFile(path, 'utf8')).resolves.toBe('<report/>');
    await expect(readdir(folder)).resolves.toEqual(['report.xml']);
  });

  it('shows every byte to the observer, then the end', async () => {
    const seen: string[] = [];
    const observer = { write: (chunk: Uint8Array) => seen.push(Buffer.from(chunk).toString()), end: () => seen.push('end') };
    await writeBodyToFile(answer(200, 'abc'), path, { observer });
    expect(seen).toEqual(['abc', 'end']);
  });

  const lost = new NetworkError('', { code: 'connection-lost', outcome: 'unknown' });
  const wrong = new ProtocolError('', { code: 'wrong-root' });
  const refuse = (): never => {
    throw wrong;
  };
  it.each([
    ['the body is cut', cutAfter('<rep', lost), {}, lost],
    ['the observer refuses a part', answer(200, 'x'), { observer: { write: refuse, end: () => undefined } }, wrong],
    ['the observer refuses the whole', answer(200, 'x'), { observer: { write: () => undefined, end: refuse } }, wrong],
    ['it is too large', answer(200, '123456'), { maxBytes: 5 }, expect.objectContaining({ code: 'answer-too-large' })],
  ])('leaves the older file and nothing else when %s', async (_name, response, options, expected) => {
    await writeFile(path, 'older');
    await expect(writeBodyToFile(response, path, options)).rejects.toEqual(expected);
    await expect(readFile(path, 'utf8')).resolves.toBe('older');
    await expect(readdir(folder)).resolves.toEqual(['report.xml']);
  });

  it('is a local error when the folder does not exist, or a folder is in the way', async () => {
    await expect(writeBodyToFile(answer(200, 'x'), join(folder, 'absent', 'r.xml'))).rejects.toMatchObject({
      name: 'LocalError',
      code: 'not-writable',
      message: expect.stringContaining('ENOENT'),
    });
    await mkdir(path);
    await expect(writeBodyToFile(answer(200, 'x'), path)).rejects.toMatchObject({ name: 'LocalError', code: 'not-writable' });
    await expect(readdir(folder)).resolves.toEqual(['report.xml']);
  });
});

describe('localErrorOf', () => {
  it.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EACCES', 'not-writable'],
  ])('%s is %s', (code, expected) => {
    const error = localErrorOf(Object.assign(new Error(code), { code }), { path: 'r.xml', doing: 'written', code: 'not-writable' });
    expect(error).toMatchObject({ name: 'LocalError', code: expected, message: expect.stringContaining(code) });
  });
});
