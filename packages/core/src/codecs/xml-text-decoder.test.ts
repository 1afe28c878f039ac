import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createXmlTextDecoder, XmlEncodingError } from './xml-text-decoder.js';

function decode(bytes: Uint8Array, ...sizes: readonly number[]): string {
  const decoder = createXmlTextDecoder();
  let text = '';
  let start = 0;
  for (const size of sizes) {
    text += decoder.write(bytes.subarray(start, start + size));
    start += size;
  }
  return text + decoder.write(bytes.subarray(start)) + decoder.end();
}

describe('createXmlTextDecoder', () => {
  it.each<[string, string, BufferEncoding]>([
    ['UTF-8 without declaration', '<a b="é€😀"/>', 'utf8'],
    ['UTF-8', '<?xml version="1.0" encoding="UTF-8"?><a b="é€😀"/>', 'utf8'],
    ['utf8', "<?xml version='1.0' encoding='utf8'?><a b='é'/>", 'utf8'],
    ['US-ASCII', '<?xml version="1.0" encoding="US-ASCII" standalone="yes"?><a/>', 'utf8'],
    ['ISO-8859-1', '<?xml version="1.0" encoding="ISO-8859-1"?><a b="é\u0080"/>', 'latin1'],
    ['latin1', '<?xml version="1.0" encoding = "latin1" ?><a b="é"/>', 'latin1'],
  ])('reads %s, however it comes in parts', (_name, text, encoding) => {
    const bytes = Buffer.from(text, encoding);
    fc.assert(
      fc.property(fc.array(fc.nat(20), { maxLength: 20 }), (sizes) => {
        expect(decode(bytes, ...sizes)).toBe(text);
      }),
    );
  });

  it('reads long documents in parts', () => {
    const text = `<a b="${'é'.repeat(1000)}"/>`;
    expect(decode(Buffer.from(text), 101, 150, 333)).toBe(text);
  });

  it('drops a byte-order mark', () => {
    expect(decode(Buffer.from('\ufeff<?xml version="1.0" encoding="utf-8"?><a/>'))).toBe('<?xml version="1.0" encoding="utf-8"?><a/>');
  });

  it('believes the first declaration only', () => {
    expect(decode(Buffer.from('<a b="encoding=\'x\'"/>'))).toBe('<a b="encoding=\'x\'"/>');
  });

  it.each([
    ['UTF-16', Buffer.from('\ufeff<a/>', 'utf16le')],
    ['UTF-16 the other way', Buffer.from('\ufeff<a/>', 'utf16le').swap16()],
    ['UTF-16 without mark', Buffer.from('<a/>', 'utf16le')],
    ['UTF-16 the other way without mark', Buffer.from('<a/>', 'utf16le').swap16()],
    ['an encoding that nobody uses', Buffer.from('<?xml version="1.0" encoding="KOI8-R"?><a/>')],
    ['a prototype', Buffer.from('<?xml version="1.0" encoding="constructor"?><a/>')],
    ['invalid bytes', Buffer.from([0x3c, 0xff, 0x3e])],
    ['half a character', Buffer.from([0x3c, 0xc3])],
  ])('refuses %s', (_name, bytes) => {
    expect(() => decode(bytes)).toThrow(XmlEncodingError);
  });
});
