import { refusalOf } from '../xml-error.js';
import { requiredChild } from '../xml-fields.js';
import type { XmlDocument } from '../xml-answer.js';

/**
 * The answer of a call that returns nothing: `<result>success</result>` below the call's own root, or in older
 * versions the list of what remains.
 */
export function successDocument(root: string, olderRoot?: string): XmlDocument<undefined> {
  return {
    roots: olderRoot === undefined ? [root] : [root, olderRoot],
    decode(element, operation) {
      if (element.name === olderRoot) return undefined;
      const result = requiredChild(element, 'result', operation).text.trim();
      if (result.toLowerCase() !== 'success') throw refusalOf(operation, result);
      return undefined;
    },
  };
}
