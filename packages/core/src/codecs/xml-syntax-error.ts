/** Why bytes are no XML document that we read; the message completes "answered with …" and quotes nothing. */
export class XmlSyntaxError extends Error {
  readonly kind: 'empty' | 'html' | 'malformed' | 'unsupported' | 'too-large';

  constructor(kind: XmlSyntaxError['kind'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
