import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeQuery, xmlOperation } from './xml-call.js';

describe('xmlOperation', () => {
  it('takes the name from the path', () => {
    expect(xmlOperation('/api/4.0/summaryreport.do', { idempotent: true, limitClass: 'xml-report' })).toEqual({
      name: 'summaryreport.do',
      path: '/api/4.0/summaryreport.do',
      idempotent: true,
      limitClass: 'xml-report',
    });
    expect(xmlOperation('/api/5.0/createapp.do', { idempotent: false }).limitClass).toBe('xml');
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
