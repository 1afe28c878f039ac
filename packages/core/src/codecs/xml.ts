import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { decodeReferences } from './xml-references.js';
import { createXmlTextDecoder, XmlEncodingError } from './xml-text-decoder.js';
import { XML_LIMITS } from './xml-limits.js';

/** One element, references decoded. Every value is text: ids may look like numbers, and have leading zeros. */
export interface XmlElement {
  /** Without the namespace prefix. */
  readonly name: string;
  /** Of the default namespace declared on this very element; null when there is none. */
  readonly namespace: string | null;
  /** By their full names. A map, so that no name of an answer can touch a prototype. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** All text directly inside, joined. */
  readonly text: string;
}

/** Why bytes are no XML document that we read; the message completes "answered with …" and quotes nothing. */
export class XmlSyntaxError extends Error {
  readonly kind: 'empty' | 'html' | 'malformed' | 'unsupported' | 'too-large';

  constructor(kind: XmlSyntaxError['kind'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

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
 * The parser is lenient and sees no limits, so that is checked around it: encoding, characters, document types,
 * well-formedness, sizes, references.
 *
 * @throws XmlSyntaxError
 */
export function parseXml(bytes: Uint8Array): XmlElement {
  const text = decodeText(bytes);
  expectReadable(text);
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw malformed(valid.err.msg);
  let nodes: unknown;
  try {
    nodes = parser.parse(text);
  } catch (cause) {
    throw malformed(undefined, cause);
  }
  const [root, ...others] = elementsOf(nodes);
  if (root === undefined || others.length > 0) throw malformed();
  return root;
}

function decodeText(bytes: Uint8Array): string {
  const decoder = createXmlTextDecoder();
  try {
    return decoder.write(bytes) + decoder.end();
  } catch (cause) {
    if (cause instanceof XmlEncodingError) throw new XmlSyntaxError('unsupported', cause.message, { cause });
    throw cause;
  }
}

/** Characters that XML forbids, lone halves of pairs included. */
// eslint-disable-next-line no-control-regex -- these are the ones
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;
/** Document types, entities and other declarations; `<` begins neither text nor a value, so it is a tag. */
const DECLARATION = /<!(?!--|\[CDATA\[)/;
const INSTRUCTION = /(?!^)<\?|^<\?(?!xml\s)/;

function expectReadable(text: string): void {
  if (text.trim() === '') throw new XmlSyntaxError('empty', 'an empty body');
  if (/^\s*<(?:!doctype\s+)?html[\s>]/i.test(text)) throw new XmlSyntaxError('html', 'an HTML page');
  if (FORBIDDEN.test(text)) throw malformed('characters that XML forbids');
  if (DECLARATION.test(text)) throw new XmlSyntaxError('unsupported', 'a document type declaration, which is never read');
  if (INSTRUCTION.test(text)) throw new XmlSyntaxError('unsupported', 'processing instructions, which are never read');
  expectModestSize(text);
}

/** Counted before anything is built, in one pass. Every attribute has an equals sign, and every tag a bracket. */
function expectModestSize(text: string): void {
  let tags = 0;
  let attributes = 0;
  let attributesOfTag = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x3c) {
      tags += 1;
      attributesOfTag = 0;
    } else if (code === 0x3d) {
      attributes += 1;
      attributesOfTag += 1;
      // Values and text may have equals signs too, hence the generous factor.
      if (attributesOfTag > XML_LIMITS.attributes * 16) throw tooLarge('an element with too many attributes');
    }
  }
  if (tags > XML_LIMITS.tags * 2) throw tooLarge('too many elements');
  if (attributes > XML_LIMITS.totalAttributes) throw tooLarge('too many attributes');
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
    const raw = String(value);
    if (raw.includes('<')) throw malformed('an attribute value with a bracket');
    // Line ends in values are blanks unless they are written as references.
    attributes.set(name, decode(raw.replace(/[\t\n]/g, ' ')));
  }
  if (attributes.size > XML_LIMITS.attributes) throw tooLarge('an element with too many attributes');
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
    .map((node) => String(node[TEXT] ?? ''))
    .join('');
}

function decode(raw: string): string {
  const text = decodeReferences(raw);
  if (text === null) throw malformed('an unknown entity');
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

function malformed(_detail?: string, cause?: unknown): XmlSyntaxError {
  return new XmlSyntaxError('malformed', 'a cut or malformed document', cause === undefined ? undefined : { cause });
}

function tooLarge(what: string): XmlSyntaxError {
  return new XmlSyntaxError('too-large', what);
}
