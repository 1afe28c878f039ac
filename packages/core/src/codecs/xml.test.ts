import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { XML_LIMITS } from './xml-limits.js';
import { createXmlStream } from './xml-stream.js';
import type { XmlElement } from './xml-element.js';
import { parseXml } from './xml.js';

function parse(text: string): XmlElement {
  return parseXml(Buffer.from(text));
}

/** Characters that XML can carry, with those that have a meaning in it more often. */
const character = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('<', '>', '&', '"', "'", ' ', ';', '#', 'x', '&amp;', '&#x41;', ']]>', '-->') },
  { weight: 3, arbitrary: fc.string({ minLength: 1, maxLength: 1 }) },
  { weight: 1, arbitrary: fc.constantFrom('é', '€', '😀', '\ud7ff', '\ue000', '\ufffd', '\u{10ffff}') },
);
const text = fc.string({ unit: character, maxLength: 40 });
const textWithBreaks = fc.string({ unit: fc.oneof(character, fc.constantFrom('\t', '\n', '\r', '\r\n')), maxLength: 40 });

function reference(code: string): string {
  return `&#x${(code.codePointAt(0) ?? 0).toString(16)};`;
}
const PLAIN: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** The three ways of the platform: everything as reference, only what must be, decimal references. */
const WAYS: readonly (readonly [string, (value: string) => string])[] = [
  ['server', (value) => value.replace(/[^A-Za-z0-9 .,_-]/gu, reference)],
  ['plain', (value) => value.replace(/[&<>"]/g, (found) => PLAIN[found] ?? '').replace(/[\t\n\r]/g, reference)],
  ['decimal', (value) => value.replace(/[^a-z]/gu, (found) => `&#${found.codePointAt(0) ?? 0};`)],
];

describe('parseXml', () => {
  it.each(WAYS)('gives every text back, written as %s', (_name, write) => {
    fc.assert(
      fc.property(textWithBreaks, textWithBreaks, (value, content) => {
        const root = parse(`<?xml version="1.0" encoding="UTF-8"?>\n\n<a b="${write(value)}">${write(content)}</a>\n`);
        expect({ value: root.attributes.get('b'), content: root.text }).toEqual({ value, content });
      }),
    );
  });

  it('gives text of Latin-1 back', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.integer({ min: 0xa0, max: 0xff }).map((code) => String.fromCharCode(code)) }), (value) => {
        const bytes = Buffer.from(`<?xml version='1.0' encoding='ISO-8859-1'?>\n<a b="${value}"/>`, 'latin1');
        expect(parseXml(bytes).attributes.get('b')).toBe(value);
      }),
    );
  });

  it.each([
    ['a reference once', '<a b="&amp;#x40;"/>', '&#x40;'],
    ['line ends as blanks', '<a b="1\n2\r\n3\r4\t5"/>', '1 2 3 4 5'],
    ['line ends as references', '<a b="&#13;&#10;&#x9;"/>', '\r\n\t'],
    ['what looks like a number', '<a b="007"/>', '007'],
    ['blanks at the ends', '<a b=" x "/>', ' x '],
    ['nothing', '<a b=""/>', ''],
    ['the other quotes', `<a b='"'/>`, '"'],
    ['brackets that close', '<a b="x>y"/>', 'x>y'],
    ['equals signs', `<a b="${'='.repeat(10_000)}"/>`, '='.repeat(10_000)],
  ])('reads %s', (_name, document, expected) => {
    expect(parse(document).attributes.get('b')).toBe(expected);
  });

  it('joins text, references and character data, and leaves comments out', () => {
    expect(parse('<a>x&lt;<!-- <b> --><b>not this</b><![CDATA[<&amp;>]]>y<![CDATA[]]></a>').text).toBe('x<<&amp;>y');
  });

  it('keeps the order of children, prefixes aside', () => {
    const root = parse('<p:a xmlns:p="u" xmlns="v"><b i="1"/><p:c/>\n<b i="2"/></p:a>');
    expect(root).toMatchObject({ name: 'a', namespace: 'u' });
    expect(root.children.map(({ name, attributes }) => [name, attributes.get('i')])).toEqual([['b', '1'], ['c', undefined], ['b', '2']]);
  });

  it.each([
    ['elements', `<a>${'<b/>'.repeat(XML_LIMITS.tags)}</a>`],
    ['attributes', `<a>${`<b ${Array.from({ length: 200 }, (_, index) => `a${index}=""`).join(' ')}/>`.repeat(7501)}</a>`],
  ])('refuses too many %s', (_name, document) => {
    expect(() => parse(document)).toThrow(expect.objectContaining({ kind: 'too-large' }));
  });
});

interface Heard {
  readonly name: string;
  readonly attribute: string | undefined;
  readonly text: string;
  readonly children: Heard[];
}

/** What a document is, heard in parts of any size. */
function hear(bytes: Uint8Array, partSizes: readonly number[]): Heard | undefined {
  const path: Heard[] = [{ name: '', attribute: undefined, text: '', children: [] }];
  const stream = createXmlStream({
    open(element) {
      const heard: Heard = { name: element.name, attribute: element.attributes.get('b'), text: '', children: [] };
      path.at(-1)?.children.push(heard);
      path.push(heard);
    },
    close: () => path.pop(),
  });
  stream.hearText((part) => {
    const inner = path.at(-1);
    if (inner !== undefined) (inner as { text: string }).text += part;
  });
  let start = 0;
  for (const size of partSizes) {
    stream.write(bytes.subarray(start, start + size));
    start += size;
  }
  stream.write(bytes.subarray(start));
  stream.end();
  return path[0]?.children[0];
}

function seen(element: XmlElement): Heard {
  return { name: element.name, attribute: element.attributes.get('b'), text: element.text, children: element.children.map(seen) };
}

describe('createXmlStream', () => {
  const write = WAYS[1]?.[1] ?? String;
  const tree = fc.memo((depth) =>
    fc
      .record({
        name: fc.constantFrom('a', 'flaw', 'x-y', 'p:z'),
        value: text,
        content: text,
        children: depth === 1 ? fc.constant([]) : fc.array(tree(depth - 1), { maxLength: 3 }),
      })
      .map(({ name, value, content, children }) => `<${name} b="${write(value)}">${write(content)}${children.join('<!-- - -->')}</${name}>`),
  ) as (depth?: number) => fc.Arbitrary<string>;

  it('hears what parseXml sees, however the bytes come in parts', () => {
    fc.assert(
      fc.property(tree(4), fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 30 }), (document, sizes) => {
        const bytes = Buffer.from(`<?xml version="1.0"?>${document}`);
        expect(hear(bytes, sizes)).toEqual(seen(parseXml(bytes)));
      }),
    );
  });

  it.each([
    ['a value', '<a b="'],
    ['a tag', '<a '],
    ['a comment', '<a><!--'],
    ['character data', '<a><![CDATA['],
    ['a document type', '<!DOCTYPE a ['],
  ])('ends when %s goes on for ever', (_name, beginning) => {
    const stream = createXmlStream({ open: () => undefined, close: () => undefined });
    stream.hearText(() => undefined);
    const part = Buffer.alloc(1024 * 1024, ' ');
    let written = 0;
    const flood = (): void => {
      stream.write(Buffer.from(beginning.padEnd(200)));
      for (; written < 100; written += 1) stream.write(part);
    };
    expect(flood).toThrow(expect.objectContaining({ kind: 'too-large' }));
    expect(written).toBeLessThanOrEqual(17);
  });

  it('ends when attributes go on for ever', () => {
    const stream = createXmlStream({ open: () => undefined, close: () => undefined });
    const flood = (): void => {
      stream.write(Buffer.from('<a '.padEnd(200)));
      for (let index = 0; index < 1_000_000; index += 1) stream.write(Buffer.from(`a${index}="x" `));
    };
    expect(flood).toThrow(expect.objectContaining({ kind: 'too-large' }));
  });

  it('lets what a handler throws through', () => {
    const mine = new Error('mine');
    const stream = createXmlStream({
      open: () => {
        throw mine;
      },
      close: () => undefined,
    });
    expect(() => stream.write(Buffer.from('<a>'.padEnd(300)))).toThrow(mine);
  });
});
