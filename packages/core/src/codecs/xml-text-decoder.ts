/** Turns the bytes of a document into text, piece by piece. */
export interface XmlTextDecoder {
  /** @throws XmlEncodingError */
  write(bytes: Uint8Array): string;
  /** What is left after the last byte. @throws XmlEncodingError */
  end(): string;
}

/** The bytes are not text of the declared encoding, or of one that the platform uses. */
export class XmlEncodingError extends Error {}

/** An XML declaration is shorter than this. */
const HEAD_BYTES = 200;

/** `Latin-1` decoders of the web platform decode windows-1252, hence the names of Node. */
const ENCODINGS: ReadonlyMap<string, 'utf8' | 'latin1'> = new Map([
  ['utf-8', 'utf8'],
  ['utf8', 'utf8'],
  ['us-ascii', 'utf8'],
  ['ascii', 'utf8'],
  ['iso-8859-1', 'latin1'],
  ['latin1', 'latin1'],
]);

/**
 * Decodes as the XML declaration says; UTF-8 without one. A byte-order mark of UTF-8 is dropped, invalid UTF-8 is an
 * error instead of a replacement character.
 */
export function createXmlTextDecoder(): XmlTextDecoder {
  let head = Buffer.alloc(0);
  let decode: XmlTextDecoder | null = null;

  function start(): string {
    const decoder = decoderFor(head);
    decode = decoder;
    return decoder.write(head);
  }

  return {
    write(bytes) {
      if (decode !== null) return decode.write(bytes);
      head = Buffer.concat([head, bytes]);
      return head.byteLength < HEAD_BYTES ? '' : start();
    },
    end() {
      const rest = decode === null ? start() : '';
      return rest + (decode?.end() ?? '');
    },
  };
}

function decoderFor(head: Buffer): XmlTextDecoder {
  const name = declaredEncoding(head);
  const encoding = ENCODINGS.get(name.toLowerCase());
  if (encoding === undefined) throw new XmlEncodingError('an encoding other than UTF-8 and ISO-8859-1');
  return encoding === 'latin1' ? latin1Decoder() : utf8Decoder();
}

function declaredEncoding(head: Buffer): string {
  const text = head.subarray(0, HEAD_BYTES).toString('latin1');
  // UTF-16 without a declaration that could be read: the NUL bytes give it away.
  if (/^(?:\xfe\xff|\xff\xfe|<\0|\0<)/.test(text)) return 'utf-16';
  const declaration = /^(?:\xef\xbb\xbf)?<\?xml\s[^>]*?\sencoding\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(text);
  return declaration?.[1] ?? declaration?.[2] ?? 'utf-8';
}

function latin1Decoder(): XmlTextDecoder {
  return {
    write: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'),
    end: () => '',
  };
}

function utf8Decoder(): XmlTextDecoder {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (bytes?: Uint8Array): string => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch (cause) {
      throw new XmlEncodingError('bytes that are not UTF-8', { cause });
    }
  };
  return { write: decode, end: () => decode() };
}
