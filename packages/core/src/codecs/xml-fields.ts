import type { ProtocolError } from '../kernel/errors.js';
import { parseXmlDate } from './xml-dates.js';
import { unreadable } from './xml-error.js';
import type { ElementHead, XmlElement } from './xml-element.js';

/** An attribute that the platform leaves out, or leaves empty, when there is nothing to say. */
export function optionalText(element: ElementHead, name: string): string | null {
  const value = element.attributes.get(name);
  return value === undefined || value === '' ? null : value;
}

/** @throws ProtocolError when the attribute is missing or empty */
export function requiredText(element: ElementHead, name: string, operation: string): string {
  const value = optionalText(element, name);
  if (value === null) throw missing(operation, `attribute ${name} of <${element.name}>`);
  return value;
}

/**
 * An id: a whole number as text, because it may have leading zeros and more digits than a number can hold.
 *
 * @throws ProtocolError
 */
export function requiredId(element: ElementHead, name: string, operation: string): string {
  const value = requiredText(element, name, operation);
  if (!isId(value)) throw missing(operation, `number in ${name} of <${element.name}>`);
  return value;
}

/** @throws ProtocolError when it is there and no id */
export function optionalId(element: ElementHead, name: string, operation: string): string | null {
  return optionalText(element, name) === null ? null : requiredId(element, name, operation);
}

function isId(text: string): boolean {
  return /^-?\d{1,30}$/.test(text);
}

/** Null for anything but the two words. */
export function booleanOf(text: string | null): boolean | null {
  const word = text?.toLowerCase();
  if (word === 'true') return true;
  return word === 'false' ? false : null;
}

export function optionalBoolean(element: ElementHead, name: string): boolean | null {
  return booleanOf(optionalText(element, name));
}

/** ISO 8601 UTC; null when the attribute is missing or no date. */
export function optionalDate(element: ElementHead, name: string): string | null {
  return parseXmlDate(optionalText(element, name));
}

/** A count, or any other whole number from 0; null when the attribute is missing or none. */
export function optionalCount(element: ElementHead, name: string): number | null {
  const text = optionalText(element, name);
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** A list that the platform joins with commas. */
export function optionalList(element: ElementHead, name: string): readonly string[] {
  return splitList(optionalText(element, name));
}

/** Parts of a comma-joined text, without blanks around them and without empty ones. */
export function splitList(text: string | null): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Children of one name, in their order. */
export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** The first child of a name. @throws ProtocolError when there is none */
export function requiredChild(element: XmlElement, name: string, operation: string): XmlElement {
  const child = element.children.find((candidate) => candidate.name === name);
  if (child === undefined) throw missing(operation, `<${name}> in <${element.name}>`);
  return child;
}

function missing(operation: string, what: string): ProtocolError {
  return unreadable(operation, 'unexpected-document', `a document that has no ${what}`);
}
