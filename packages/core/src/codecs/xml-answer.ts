import type { ProtocolError } from '../kernel/errors.js';
import { refusalOf, unexpectedDocument, unreadable, type UnreadableReason } from './xml-error.js';
import { XmlSyntaxError } from './xml-syntax-error.js';
import type { XmlElement } from './xml-element.js';
import { parseXml } from './xml.js';

/** A kind of document, and how to read it. */
export interface XmlDocument<T> {
  /** Names that the root element may have. */
  readonly roots: readonly string[];
  /** @throws ProtocolError when something that is relied on is missing */
  decode(root: XmlElement, operation: string): T;
}

const CODES: Readonly<Record<XmlSyntaxError['kind'], UnreadableReason>> = {
  empty: 'empty-answer',
  html: 'html-answer',
  malformed: 'malformed-xml',
  unsupported: 'unsupported-xml',
  'too-large': 'answer-too-large',
};

/** The platform's schemas, whatever the version; older documents have none. */
const NAMESPACE = /^https?:\/\/(?:[\w-]+\.)*veracode\.(?:com|eu|us)\/schema\//;

/**
 * Reads one answer of the XML API. Success is a root of the expected name and nothing else: the platform reports
 * failures with status 200, and pages of gateways come with any status.
 *
 * @param operation - name of the call, for messages
 * @throws RefusedError, AuthorizationError when the answer is an `<error>`; ProtocolError for everything else
 */
export function decodeAnswer<T>(bytes: Uint8Array, operation: string, document: XmlDocument<T>): T {
  const root = parse(bytes, operation);
  if (root.name === 'error') throw refusalOf(operation, root.text);
  expectRoot(root, document.roots, operation);
  return document.decode(root, operation);
}

/** @throws ProtocolError `unexpected-document`, `html-answer` */
export function expectRoot(root: Pick<XmlElement, 'name' | 'namespace'>, wanted: readonly string[], operation: string): void {
  const isOurs = root.namespace === null || NAMESPACE.test(root.namespace);
  if (!wanted.includes(root.name) || !isOurs) throw unexpectedDocument(operation, root.name, wanted);
}

/** What stands for bytes that are no document. */
export function unreadableXml(operation: string, error: XmlSyntaxError): ProtocolError {
  return unreadable(operation, CODES[error.kind], error.message, error.cause);
}

function parse(bytes: Uint8Array, operation: string): XmlElement {
  try {
    return parseXml(bytes);
  } catch (error) {
    if (!(error instanceof XmlSyntaxError)) throw error;
    throw unreadableXml(operation, error);
  }
}
