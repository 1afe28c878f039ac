import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { describeErrorText } from './error-text.js';

describe('describeErrorText', () => {
  it.each([
    ['the gateway', '{"http_code":401,"http_status":"Unauthorized","message":"1f0b-22"}', '1f0b-22, Unauthorized'],
    ['Identity', '{"errors":["user_name: must not be empty","email: bad"],"status":400}', 'user_name: must not be empty; email: bad'],
    ['applications', '{"_embedded":{"api_errors":[{"id":"1","code":"NOT_FOUND","title":"No such thing","status":"404"}]}}', 'No such thing, NOT_FOUND'],
    ['collections', '{"id":"1","code":"BAD_REQUEST","title":"Bad","detail":null,"status":"400"}', 'Bad, BAD_REQUEST'],
    ['OAuth', '{"error":"invalid","error_description":"token ended"}', 'invalid, token ended'],
    ['Dynamic Analysis', '{"_embedded":{"errors":[{"code":"NAME_ERROR","id":"1","meta":{}}]}}', 'NAME_ERROR'],
    ['an unknown entry', '{"errors":[17,{"message":"m"}]}', 'm'],
    ['the XML APIs', '<?xml version="1.0"?><error>Access denied.</error>', 'Access denied.'],
    ['a page', '<html><head><title> Maintenance\n window </title></head></html>', 'an HTML page titled "Maintenance window"'],
    ['a page without title', '<HTML><body>hello</body></HTML>', 'an HTML page'],
    ['something with control characters', '{"message":"a\\u001b[31m\\r\\nb"}', 'a [31m b'],
    ['the XML APIs, with attributes', '<error code="7" id="x">Access denied.</error>', 'Access denied.'],
    ['a page whose title has attributes', '<html><title lang="en"> Sorry </title></html>', 'an HTML page titled "Sorry"'],
    ['the XML APIs, with blanks around', '<error>\n  Access\tdenied.  </error>', 'Access denied.'],
    ['one that is as long as a message may be', JSON.stringify({ message: 'x'.repeat(300) }), 'x'.repeat(300)],
    ['one that is longer', JSON.stringify({ message: 'x'.repeat(301) }), `${'x'.repeat(300)}…`],
    ['an echo of our signature', '{"message":"bad VERACODE-HMAC-SHA-256 id=1,ts=2,nonce=3,sig=00112233445566778899"}', 'bad VERACODE-HMAC-SHA-256 [redacted]'],
    ['nothing', '', null],
    ['an empty object', '{}', null],
    ['a JSON text', '"hello"', null],
    ['plain text', 'upstream connect error', null],
  ])('reads the words of %s', (_name, text, expected) => {
    expect(describeErrorText(text)).toBe(expected);
  });

  it('is short and on one line, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (message) => {
        const line = describeErrorText(JSON.stringify({ message })) ?? '';
        expect(line.length).toBeLessThanOrEqual(301);
        expect(line).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});
