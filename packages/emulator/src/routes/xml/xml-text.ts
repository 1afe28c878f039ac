/** How documents are written; both mean the same to an XML parser. */
export type XmlStyle = 'references' | 'plain';

/** An element to be written. Attributes that are undefined are left out. */
export interface XmlElement {
  readonly name: string;
  readonly attributes?: XmlAttributes;
  readonly text?: string;
  readonly children?: readonly XmlElement[];
}
export type XmlAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** What XML 1.0 cannot carry, not even as a reference. */
const unspeakable = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
const harmless = /[^A-Za-z0-9 .,_-]/gu;
const special = /[&<>"\t\r\n]|[\u{100}-\u{10ffff}]/gu;

/** Text or an attribute's value. Style `plain` keeps to Latin-1, which every declared encoding can carry. */
export function escapeXml(text: string, style: XmlStyle): string {
  const speakable = text.replace(unspeakable, '\ufffd');
  return style === 'references' ? speakable.replace(harmless, hexReference) : speakable.replace(special, plainReference);
}

function hexReference(character: string): string {
  return `&#x${(character.codePointAt(0) ?? 0).toString(16)};`;
}

function plainReference(character: string): string {
  switch (character) {
    case '&':
      return '&amp;';
    case '<':
      return '&lt;';
    case '>':
      return '&gt;';
    case '"':
      return '&quot;';
    default:
      return hexReference(character);
  }
}

const indent = '   ';

/** The text of an element with everything below it, and a line break. */
export function renderElement(element: XmlElement, style: XmlStyle, depth = 0): string {
  const { name, attributes = {}, text, children = [] } = element;
  if (text !== undefined) {
    return `${indent.repeat(depth)}<${name}${renderAttributes(attributes, style)}>${escapeXml(text, style)}</${name}>\n`;
  }
  if (children.length === 0) {
    return `${indent.repeat(depth)}<${name}${renderAttributes(attributes, style)}/>\n`;
  }
  const inner = children.map((child) => renderElement(child, style, depth + 1)).join('');
  return `${openTag({ name, attributes }, style, depth)}${inner}${closeTag(name, depth)}`;
}

/** A start tag on its own line, for documents that are written in parts. */
export function openTag({ name, attributes = {} }: XmlElement, style: XmlStyle, depth: number): string {
  return `${indent.repeat(depth)}<${name}${renderAttributes(attributes, style)}>\n`;
}

export function closeTag(name: string, depth: number): string {
  return `${indent.repeat(depth)}</${name}>\n`;
}

/** The declaration and the empty line that the service puts behind it. */
export function declaration(encoding: 'UTF-8' | 'ISO-8859-1'): string {
  return `<?xml version="1.0" encoding="${encoding}"?>\n\n`;
}

function renderAttributes(attributes: XmlAttributes, style: XmlStyle): string {
  return Object.entries(attributes)
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${escapeXml(String(value), style)}"`]))
    .join('');
}
