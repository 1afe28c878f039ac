import { type AnswerStream, createAnswerStream } from './answer-stream.js';

/**
 * Watches a report while it is written to disk, and refuses everything that is not a whole report: an `<error>`, a
 * page, a cut or malformed document, one with a document type, one of another kind.
 *
 * @param operation - name of the call, for messages
 * @param root - name of the report's root element
 */
export function createReportCheck(operation: string, root: string): AnswerStream {
  return createAnswerStream({ operation, root }, { open: () => undefined, close: () => undefined });
}
