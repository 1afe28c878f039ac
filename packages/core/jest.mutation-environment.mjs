import { TestEnvironment } from 'jest-environment-node';

/** Losses that the workflows cannot tell from others: for a mutant they are the same test once more. */
const SAME_AGAIN = /\bby (?:cut-body|html-200|empty-200|wrong-root|bad-xml|status:503:30|status:429:30|status:500)\b.* (?:twice|never|once)/u;

/**
 * Spares mutants the time that tells nothing: once a test has failed, the rest of the file, which Jest would run to its
 * end, is skipped.
 */
export default class MutationEnvironment extends TestEnvironment {
  #failed = false;

  handleTestEvent({ name, test }) {
    if (name === 'test_done' && test.errors.length > 0) this.#failed = true;
    if (name === 'test_start' && (this.#failed || SAME_AGAIN.test(test.name))) test.mode = 'skip';
  }
}
