import { XMLParser } from 'fast-xml-parser';
import type { XmlElement } from './xml-element.js';
import { XML_LIMITS } from './xml-limits.js';
import { decodeReferences } from './xml-references.js';
import { createXmlStream } from './xml-stream.js';
import { XmlSyntaxError } from './xml-syntax-error.js';
import { createXmlTextDecoder } from './xml-text-decoder.js';

const TEXT = '#text';
const CDATA = '#cdata';
const ATTRIBUTES = ':@';

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  textNodeName: TEXT,
  cdataPropName: CDATA,
  ignoreDeclaration: true,
  jPath: false,
  maxNestedTags: XML_LIMITS.depth,
  // Nothing is converted: no numbers, no trimming, and references are decoded here, exactly once.
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  strictReservedNames: true,
});

/**
 * Parses a whole document and returns its root.
 *
 * The parser that builds the elements is lenient and sees no limits, so a strict reader looks at the bytes first:
 * encoding, characters, document types, well-formedness, sizes, references.
 *
 * @throws XmlSyntaxError
 */
export function parseXml(bytes: Uint8Array): XmlElement {
  expectWellFormed(bytes);
  const decoder = createXmlTextDecoder();
  const [root] = elementsOf(build(decoder.write(bytes) + decoder.end()));
  if (root === undefined) throw malformed();
  return root;
}

function expectWellFormed(bytes: Uint8Array): void {
  let tags = 0;
  let attributes = 0;
  const stream = createXmlStream({
    open(element) {
      tags += 1;
      attributes += element.attributeCount;
      if (tags > XML_LIMITS.tags) throw new XmlSyntaxError('too-large', 'too many elements');
      if (attributes > XML_LIMITS.totalAttributes) throw new XmlSyntaxError('too-large', 'too many attributes');
    },
    close: () => undefined,
  });
  stream.write(bytes);
  stream.end();
}

function build(text: string): unknown {
  try {
    return parser.parse(text);
  } catch (cause) {
    throw malformed(cause);
  }
}

function elementsOf(nodes: unknown): XmlElement[] {
  return asList(nodes).flatMap((node) => {
    const element = elementOf(node);
    return element === null ? [] : [element];
  });
}

/** Null for text, which belongs to the element around it. */
function elementOf(node: Readonly<Record<string, unknown>>): XmlElement | null {
  const [qualifiedName, content] = Object.entries(node).find(([key]) => key !== ATTRIBUTES) ?? [TEXT, ''];
  if (qualifiedName === TEXT || qualifiedName === CDATA) return null;
  const attributes = attributesOf(node[ATTRIBUTES]);
  const { prefix, name } = splitName(qualifiedName);
  return {
    name,
    namespace: attributes.get(prefix === '' ? 'xmlns' : `xmlns:${prefix}`) ?? null,
    attributes,
    children: elementsOf(content),
    text: textOf(content),
  };
}

function attributesOf(node: unknown): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [name, value] of Object.entries(node ?? {})) {
    // Line ends in values are blanks unless they are written as references.
    attributes.set(name, decode(String(value).replace(/\r\n|[\t\r\n]/g, ' ')));
  }
  return attributes;
}

function textOf(content: unknown): string {
  return asList(content)
    .map((node) => {
      if (TEXT in node) return decode(String(node[TEXT]));
      return CDATA in node ? rawTextOf(node[CDATA]) : '';
    })
    .join('');
}

function rawTextOf(content: unknown): string {
  return asList(content)
    .map((node) => (TEXT in node ? String(node[TEXT]) : ''))
    .join('');
}

function decode(raw: string): string {
  const text = decodeReferences(raw);
  if (text === null) throw malformed();
  return text;
}

function asList(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? (value as Readonly<Record<string, unknown>>[]) : [];
}

function splitName(qualifiedName: string): { readonly prefix: string; readonly name: string } {
  const colon = qualifiedName.indexOf(':');
  return colon < 0
    ? { prefix: '', name: qualifiedName }
    : { prefix: qualifiedName.slice(0, colon), name: qualifiedName.slice(colon + 1) };
}

function malformed(cause?: unknown): XmlSyntaxError {
  return new XmlSyntaxError('malformed', 'a cut or malformed document', cause === undefined ? undefined : { cause });
}
