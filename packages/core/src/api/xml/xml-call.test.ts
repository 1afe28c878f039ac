import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { scriptedClient } from '../../../test/api-client.js';
import { answer } from '../../../test/scripted-send.js';
import { APPLIST } from '../../codecs/documents/applications.js';
import { callXml, encodeQuery, xmlOperation } from './xml-call.js';

describe('xmlOperation', () => {
  it('takes the name from the path', () => {
    expect(xmlOperation('/api/4.0/summaryreport.do', { idempotent: true, reads: true, limitClass: 'xml-report' })).toEqual({
      name: 'summaryreport.do',
      path: '/api/4.0/summaryreport.do',
      idempotent: true,
      reads: true,
      limitClass: 'xml-report',
    });
    expect(xmlOperation('/api/5.0/createapp.do', { idempotent: false, reads: false }).limitClass).toBe('xml');
  });
});

describe('encodeQuery', () => {
  it.each([
    ['blanks', { a: 'b c' }, 'a=b%20c'],
    ['what URL classes rewrite', { a: "'[]~%7E+" }, 'a=%27%5B%5D~%257E%2B'],
    ['separators', { a: '&=?#/' }, 'a=%26%3D%3F%23%2F'],
    ['names beyond ASCII', { a: 'é€😀' }, 'a=%C3%A9%E2%82%AC%F0%9F%98%80'],
    ['what is not given', { a: undefined, b: '' }, 'b='],
    ['nothing', {}, ''],
  ])('encodes %s', (_name, parameters, expected) => {
    expect(encodeQuery(parameters)).toBe(expected);
  });

  it('comes back as it was, and is not rewritten by a URL', () => {
    const text = fc.string({ unit: fc.oneof(fc.string({ minLength: 1, maxLength: 1 }), fc.constantFrom('é', '€', '😀', "'", '+', '%', '"')) });
    fc.assert(
      fc.property(fc.record({ app_id: text, filename: text }), (parameters) => {
        const query = encodeQuery(parameters);
        const url = new URL(`https://host.example/api/5.0/uploadlargefile.do?${query}`);
        expect(url.search).toBe(`?${query}`);
        expect(Object.fromEntries(url.searchParams)).toEqual(parameters);
      }),
    );
  });
});

describe('callXml', () => {
  const operation = xmlOperation('/api/5.0/getapplist.do', { idempotent: true, reads: true });

  it('stops reading an answer of 100 MB long before its end', async () => {
    let parts = 0;
    async function* flood(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('<applist ');
      for (; parts < 100; parts += 1) yield Buffer.from(`a${parts}="${'x'.repeat(1024 * 1024)}" `);
    }
    const client = scriptedClient({ ...answer(200), body: flood() });
    await expect(callXml(client, { operation, parameters: {}, document: APPLIST, call: {} })).rejects.toMatchObject({
      name: 'ProtocolError',
      code: 'answer-too-large',
    });
    expect(parts).toBeLessThanOrEqual(33);
  });

  it('passes on what ends the call', async () => {
    const client = scriptedClient('<applist/>');
    const signal = new AbortController().signal;
    await callXml(client, { operation, parameters: {}, document: APPLIST, call: { signal, attempts: 1 } });
    expect(client.requests[0]).toMatchObject({ operation, call: { signal, attempts: 1 }, attemptTimeoutMs: 120_000 });
  });
});
