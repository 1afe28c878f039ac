import { baseName } from '../archive/entry-name.js';
import { aboutEntries } from '../complaints.js';
import { filesOf, isScannable, isSpokenAbout } from '../entries.js';
import type { RuleDefinition } from '../rule.js';

const FOLDER = /(?:^|\/)(?:tests?|__tests__|specs?|src\/test|test-classes|testdata|e2e|cypress)\//iu;
const FILE = /(?:[.-](?:test|spec)\.[cm]?[jt]sx?|^test_\w+\.py|\w_test\.(?:py|go)|Tests?\.(?:class|java|cs)|[.-]tests?\.(?:jar|dll))$/u;
const LIBRARY = /^(?:junit|testng|mockito|assertj|hamcrest|xunit|nunit|moq|mstest|jest|mocha|pytest)[\w.-]*\.(?:jar|dll|whl)$/iu;

/** Tests hold passwords and broken input on purpose: findings in them cost time and mend nothing. */
export const TEST_CODE: RuleDefinition = {
  id: 'test-code',
  title: 'Tests',
  severity: 'warning',
  advice: 'Leave tests and their libraries out of what is scanned.',
  example: 'shop.zip with src/__tests__/cart.test.ts',
  check(survey) {
    const tests = filesOf(survey).filter((entry) => isScannable(entry) && !isSpokenAbout(entry) && isTest(entry.name));
    return aboutEntries(tests, 'Files for tests');
  },
};

function isTest(name: string): boolean {
  const base = baseName(name);
  return FOLDER.test(name) || FILE.test(base) || LIBRARY.test(base);
}
