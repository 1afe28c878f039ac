import { expectRoot, unreadableXml } from './xml-answer.js';
import { refusalOf } from './xml-error.js';
import type { ElementHead } from './xml-element.js';
import { createXmlStream, type StreamedElement } from './xml-stream.js';
import { XmlSyntaxError } from './xml-syntax-error.js';

/** An answer that is read part by part. */
export interface AnswerStream {
  write(bytes: Uint8Array): void;
  /** After the last byte. */
  end(): void;
}

/** Hears the elements of an answer, its root included. */
export interface AnswerHandler {
  /** @param parent - name of the element around it; empty for the root */
  open(element: ElementHead, parent: string): void;
  close(name: string): void;
}

/** Which call was answered, and with what it should have been. */
export interface ExpectedAnswer {
  readonly operation: string;
  readonly root: string;
}

/** More of a refusal is not kept. */
const MAX_REFUSAL_LENGTH = 1000;

/**
 * Reads one large answer of the XML API as it comes. The rules are those of `decodeAnswer`: success is a whole,
 * well-formed document with the expected root, and nothing else.
 *
 * Throws RefusedError and AuthorizationError for an `<error>`, ProtocolError for everything else.
 */
export function createAnswerStream({ operation, root }: ExpectedAnswer, handler: AnswerHandler): AnswerStream {
  const path: string[] = [];
  let refusal: string | null = null;

  function openRoot(element: StreamedElement): void {
    if (element.name !== 'error') {
      expectRoot(element, [root], operation);
      return;
    }
    refusal = '';
    stream.hearText((text) => {
      if (refusal !== null && refusal.length < MAX_REFUSAL_LENGTH) refusal += text.slice(0, MAX_REFUSAL_LENGTH);
    });
  }

  const stream = createXmlStream({
    open(element) {
      const parent = path.at(-1);
      if (parent === undefined) openRoot(element);
      path.push(element.name);
      if (refusal === null) handler.open(element, parent ?? '');
    },
    close(name) {
      path.pop();
      if (refusal === null) handler.close(name);
    },
  });

  function guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      throw error instanceof XmlSyntaxError ? unreadableXml(operation, error) : error;
    }
  }

  return {
    write: (bytes) => guarded(() => stream.write(bytes)),
    end() {
      guarded(() => stream.end());
      if (refusal !== null) throw refusalOf(operation, refusal);
    },
  };
}
