import { describe, expect, it } from '@jest/globals';
import { decodeReferences, decodeTwice } from './xml-references.js';

describe('decodeReferences', () => {
  it.each([
    ['nothing to do', 'plain', 'plain'],
    ['hexadecimal', 'a&#x2F;&#x2f;b', 'a//b'],
    ['decimal', '&#47;', '/'],
    ['the five names', '&amp;&lt;&gt;&quot;&apos;', `&<>"'`],
    ['once only', '&amp;lt;', '&lt;'],
    ['beyond the first plane', '&#x1f600;', '😀'],
    ['blanks of lines', '&#9;&#10;&#13;', '\t\n\r'],
  ])('%s', (_name, text, expected) => {
    expect(decodeReferences(text)).toBe(expected);
  });

  it.each(['&', 'a & b', '&nbsp;', '&amp', '&#;', '&#x;', '&#xZZ;', '&#0;', '&#x1f;', '&#xdfff;', '&#xfffe;', '&#x110000;', '&#x123456789;', '&toString;', '& &amp;', '&amp; &', '&AMP;'])(
    '%j is malformed',
    (text) => {
      expect(decodeReferences(text)).toBeNull();
    },
  );
});

describe('decodeTwice', () => {
  it.each([
    ['jane&#x40;example.com', 'jane@example.com'],
    ['AT&T', 'AT&T'],
    ['jane', 'jane'],
  ])('%s is %s', (text, expected) => {
    expect(decodeTwice(text)).toBe(expected);
  });
});
