/** What attributes are read from: an element of a document, or one that passes by in a stream. */
export interface ElementHead {
  readonly name: string;
  readonly attributes: { get(name: string): string | undefined };
}

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
