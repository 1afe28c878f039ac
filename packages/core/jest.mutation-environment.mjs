import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

import { TestEnvironment } from 'jest-environment-node';

/** Losses that the workflows cannot tell from others: for a mutant they are the same test once more. */
const SAME_AGAIN = /\bby (?:cut-body|html-200|empty-200|wrong-root|bad-xml|status:503:30|status:429:30|status:500)\b.* (?:twice|never|once)/u;

const REPORTS = new URL('reports/mutation/', import.meta.url);
/** `file` and `durationMs` of each test by its full name, from the run without a mutant. */
const TESTS = new URL(`${process.env['VERAPIPE_MUTATION_FOLDER'] ?? 'gates'}.tests.json`, REPORTS);
const NOT_SEEN = { file: null, durationMs: 0 };

/** A test that takes so many times what it takes without the mutant has noticed it; on a busy machine as well. */
const TIMES_LONGER = 20;
const LEAST_TIMEOUT_MS = 10_000;

/** The tests that noticed the mutants before this one, the last of them at the end: neighbours are noticed by the same. */
const noticedBefore = new Set();

/**
 * Spares mutants the time that tells nothing. Only the files that have tests of the mutant are loaded; tests that
 * noticed a mutant before come first, then the shortest; and once one has failed, the rest, which Jest would run to its
 * end, is skipped.
 */
export default class MutationEnvironment extends TestEnvironment {
  #isMutated = process.env['__STRYKER_ACTIVE_MUTANT__'] !== undefined;
  #tests = this.#isMutated && existsSync(TESTS) ? JSON.parse(readFileSync(TESTS, 'utf8')) : {};
  #failed = false;

  constructor(config, context) {
    super(config, context);
    this.global.isWanted = () => true;
  }

  handleTestEvent(event, state) {
    if (this.#isMutated) this.#spare(event, state);
    else this.#learn(event);
    if (event.name === 'test_start' && SAME_AGAIN.test(event.test.name)) event.test.mode = 'skip';
  }

  #learn({ name, test }) {
    if (name === 'test_done') this.#tests[fullName(test)] = { file: fileOf(test), durationMs: test.duration };
    if (name !== 'run_finish') return;
    mkdirSync(REPORTS, { recursive: true });
    writeFileSync(TESTS, JSON.stringify(this.#tests));
  }

  #spare({ name, test }, state) {
    if (name === 'setup') this.#wantFilesOf(state);
    if (name === 'run_start') this.#likeliestFirst(state.rootDescribeBlock);
    if (name === 'run_start') state.testTimeout = LEAST_TIMEOUT_MS;
    if (name === 'test_start' && this.#failed) test.mode = 'skip';
    if (name === 'test_start') test.timeout = Math.max(LEAST_TIMEOUT_MS, TIMES_LONGER * this.#of(test).durationMs);
    if (name === 'test_done' && test.errors.length > 0) this.#fail(fullName(test));
  }

  #of(test) {
    return this.#tests[fullName(test)] ?? NOT_SEEN;
  }

  /** Stryker names the tests of a mutant one by one; looked for at every place of a thousand names that takes seconds. */
  #wantFilesOf(state) {
    if (!state.testNamePattern) return;
    const pattern = new RegExp(`^(?:${state.testNamePattern.source})$`);
    state.testNamePattern = pattern;
    const wanted = Object.entries(this.#tests).flatMap(([name, { file }]) => (pattern.test(name) ? [file] : []));
    if (wanted.length > 0 && !wanted.includes(null)) this.global.isWanted = (file) => wanted.includes(file);
  }

  #fail(name) {
    this.#failed = true;
    noticedBefore.delete(name);
    noticedBefore.add(name);
  }

  #likeliestFirst(root) {
    const places = new Map([...noticedBefore].reverse().map((name, place) => [name, place]));
    const rank = (test) => ({ place: places.get(fullName(test)) ?? Infinity, durationMs: this.#of(test).durationMs });
    const sort = (block) => {
      const ranks = new Map(block.children.map((child) => [child, child.type === 'test' ? rank(child) : sort(child)]));
      block.children.sort((one, other) => compare(ranks.get(one), ranks.get(other)));
      const all = [...ranks.values()];
      return { place: Math.min(...all.map(({ place }) => place)), durationMs: all.reduce((sum, { durationMs }) => sum + durationMs, 0) };
    };
    sort(root);
  }
}

function compare(one, other) {
  return one.place === other.place ? one.durationMs - other.durationMs : one.place - other.place;
}

/** As Jest and Stryker name it: the describing blocks without the outermost, and the test. */
function fullName({ name, parent }) {
  const before = parent?.parent === undefined ? '' : `${fullName(parent)} `;
  return `${before}${name}`;
}

/** The file that defines the test, below the folder; null where its stack does not tell. */
function fileOf({ asyncError }) {
  return /\/src\/[^/]+\/([^:\s]+\.test\.ts)/u.exec(asyncError?.stack ?? '')?.[1] ?? null;
}
