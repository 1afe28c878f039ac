import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainTextOf } from './display-text.js';

describe('plainTextOf', () => {
  it.each([
    ['paragraphs', '<span>One.</span> <span>Two.</span><span>Three.</span>', 'One.\n\nTwo.\n\nThree.'],
    ['links', 'See <a href="https://cwe.example/89">CWE</a> and <a target="_blank" href=\'https://x.example\'>X</a>.', 'See CWE (https://cwe.example/89) and X (https://x.example).'],
    ['a link that leads nowhere', '<a>CWE</a>', 'CWE'],
    ['entities', '&lt;b&gt; &amp;amp; &quot;x&quot; &#39;y&#39; &#x41; &apos;', '<b> &amp; "x" \'y\' A \''],
    ['entities that are none', '&nothing; &#0; &#xd800; &#x110000; &', '&nothing; &#0; &#xd800; &#x110000; &'],
    ['angle brackets that are text', 'A List<String> where a < b and c > d', 'A List<String> where a < b and c > d'],
    ['other tags', '<p>One<br/>two <code class="x">three</code></p>', 'Onetwo three'],
    ['no HTML', 'Plain.', 'Plain.'],
    ['nothing', '', ''],
  ])('makes text of %s', (_name, html, text) => {
    expect(plainTextOf(html)).toBe(text);
  });

  it.each([
    ['<a href="', 450_000],
    ['<span ', 299_999],
    ['&#', 100_000],
    ['< ', 99_999],
    ['</span>', 0],
  ])('gets through a long row of %s', (piece, length) => {
    expect(plainTextOf(piece.repeat(50_000))).toHaveLength(length);
  });

  it('leaves text without brackets and ampersands alone', () => {
    fc.assert(fc.property(fc.string().map((text) => text.replace(/[<>&]/g, '').trim()), (text) => plainTextOf(text) === text));
  });
});
