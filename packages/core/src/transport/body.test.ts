import { describe, expect, it } from '@jest/globals';
import { answer } from '../../test/scripted-send.js';
import { bytesBody, emptyBody, formBody, jsonBody, readBytes, readText } from './body.js';
import type { HttpResponse, RequestBody } from './http.js';

async function textOf(body: RequestBody): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body.open()) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  expect(bytes.byteLength).toBe(body.sizeBytes);
  return bytes.toString('utf8');
}

describe('request bodies', () => {
  it.each([
    ['a form', formBody({ app_id: '1', version: 'a b&c=d+é', sandbox_id: undefined }), 'app_id=1&version=a+b%26c%3Dd%2B%C3%A9', 'application/x-www-form-urlencoded; charset=UTF-8'],
    ['an empty form', formBody({}), '', 'application/x-www-form-urlencoded; charset=UTF-8'],
    ['JSON', jsonBody({ name: 'é' }), '{"name":"é"}', 'application/json'],
    ['bytes', bytesBody(Buffer.from('x'), 'text/plain'), 'x', 'text/plain'],
    ['nothing', emptyBody, '', 'application/x-www-form-urlencoded; charset=UTF-8'],
  ])('encodes %s, and again', async (_name, body, text, contentType) => {
    expect(body.contentType).toBe(contentType);
    await expect(textOf(body)).resolves.toBe(text);
    await expect(textOf(body)).resolves.toBe(text);
  });
});

describe('readText', () => {
  const bytes = (...values: number[]): HttpResponse => ({
    ...answer(200),
    body: (async function* () {
      // One byte at a time: a character may be cut anywhere.
      for (const value of values) yield Uint8Array.of(value);
    })(),
  });

  it('puts cut characters together and drops the byte-order mark', async () => {
    await expect(readText(bytes(0xef, 0xbb, 0xbf, 0xc3, 0xa9))).resolves.toBe('é');
  });

  it.each([
    ['another encoding', [0xe9]],
    ['a character cut off', [0xc3]],
    ['half of a pair', [0xed, 0xa0, 0x80]],
  ])('refuses %s', async (_name, values) => {
    await expect(readText(bytes(...values))).rejects.toMatchObject({ name: 'ProtocolError', code: 'not-utf8' });
  });
});

describe('readBytes', () => {
  it('reads exactly up to the limit', async () => {
    await expect(readBytes(answer(200, '12345'), 5)).resolves.toEqual(Buffer.from('12345'));
    await expect(readBytes(answer(200, '123456'), 5)).rejects.toMatchObject({ code: 'answer-too-large', outcome: 'unknown' });
  });
});
