import { SaxesParser } from 'saxes';
import type { ElementHead } from './xml-element.js';
import { XML_LIMITS } from './xml-limits.js';
import { XmlSyntaxError } from './xml-syntax-error.js';
import { createXmlTextDecoder, XmlEncodingError } from './xml-text-decoder.js';

/** An element that passes by. */
export interface StreamedElement extends ElementHead {
  /** Of the default namespace declared on this very element; null when there is none. */
  readonly namespace: string | null;
  readonly attributeCount: number;
}

/** Hears a document as it is read. What it throws ends the reading. */
export interface XmlStreamHandler {
  open(element: StreamedElement): void;
  close(name: string): void;
}

/** Reads a document part by part, in constant memory; useless after it has thrown. */
export interface XmlStream {
  /** @throws XmlSyntaxError, and what the handler throws */
  write(bytes: Uint8Array): void;
  /** After the last byte. @throws XmlSyntaxError when the document is not whole, and what the handler throws */
  end(): void;
  /** From now on hears text between tags; nobody else pays for it. */
  hearText(listener: (text: string) => void): void;
}

/** What tells a page from a document. */
const HEAD_LENGTH = 200;

/**
 * A strict, well-formedness checking reader of documents: no document types, no processing
 * instructions, no entities but the five predefined ones, bounded depth and bounded pieces.
 */
export function createXmlStream(handler: XmlStreamHandler): XmlStream {
  const decoder = createXmlTextDecoder();
  const parser = new SaxesParser({ xmlns: false, position: false });
  let head = '';
  let depth = 0;
  let attributes = 0;
  let sinceTag = 0;

  parser.on('error', (cause) => {
    if (head.trim() === '') throw new XmlSyntaxError('empty', 'an empty body');
    if (/^\s*<(?:!doctype\s+)?html[\s>]/i.test(head)) throw new XmlSyntaxError('html', 'an HTML page');
    throw new XmlSyntaxError('malformed', 'a cut or malformed document', { cause });
  });
  parser.on('doctype', (type) => {
    if (/^\s*html\b/i.test(type)) throw new XmlSyntaxError('html', 'an HTML page');
    throw new XmlSyntaxError('unsupported', 'a document type declaration, which is never read');
  });
  parser.on('processinginstruction', () => {
    throw new XmlSyntaxError('unsupported', 'processing instructions, which are never read');
  });
  parser.on('attribute', () => {
    attributes += 1;
    if (attributes > XML_LIMITS.attributes) throw new XmlSyntaxError('too-large', 'an element with too many attributes');
  });
  parser.on('opentag', (tag) => {
    depth += 1;
    if (depth > XML_LIMITS.depth) throw new XmlSyntaxError('too-large', 'too many elements inside each other');
    sinceTag = 0;
    const attributeCount = attributes;
    attributes = 0;
    handler.open({ ...headOf(tag.name, tag.attributes), attributeCount });
  });
  parser.on('closetag', (tag) => {
    depth -= 1;
    sinceTag = 0;
    handler.close(localName(tag.name));
  });

  function feed(text: string): void {
    if (head.length < HEAD_LENGTH) head += text.slice(0, HEAD_LENGTH);
    // Counted from the last tag of an earlier part on, so a piece is found one part after it grew too long.
    sinceTag += text.length;
    parser.write(text);
    if (sinceTag > XML_LIMITS.pieceLength) throw new XmlSyntaxError('too-large', 'a text or a tag that is too long');
  }

  return {
    write: (bytes) => feed(decoded(() => decoder.write(bytes))),
    end() {
      feed(decoded(() => decoder.end()));
      parser.close();
    },
    hearText(listener) {
      parser.on('text', listener);
      parser.on('cdata', listener);
    },
  };
}

function decoded(decode: () => string): string {
  try {
    return decode();
  } catch (cause) {
    if (cause instanceof XmlEncodingError) throw new XmlSyntaxError('unsupported', cause.message, { cause });
    throw cause;
  }
}

/** `record` has no prototype, so that no name of a document can reach one. */
function headOf(
  qualifiedName: string,
  record: Readonly<Record<string, string | undefined>>,
): Omit<StreamedElement, 'attributeCount'> {
  const name = localName(qualifiedName);
  const prefix = qualifiedName.slice(0, -name.length);
  return {
    name,
    namespace: record[prefix === '' ? 'xmlns' : `xmlns:${prefix.slice(0, -1)}`] ?? null,
    attributes: { get: (attribute) => record[attribute] },
  };
}

function localName(qualifiedName: string): string {
  return qualifiedName.slice(qualifiedName.indexOf(':') + 1);
}
