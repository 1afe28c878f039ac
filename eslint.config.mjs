import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const TESTS = ['**/*.test.ts', '**/*.test.mjs', '**/test/**/*.ts'];

/** Forms of the language that the house does without; CONTRIBUTING.md says why. */
const AVOIDED_SYNTAX = [
  { selector: 'ExportDefaultDeclaration', message: 'Export by name: one name everywhere, and a rename finds every use.' },
  { selector: 'ExportAllDeclaration', message: 'List the names: an export is a decision.' },
];
const AVOIDED_SYNTAX_IN_CORE = [
  ...AVOIDED_SYNTAX,
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Take the time from the Clock that was handed in.',
  },
];
const EXIT_CODE = [
  { object: 'process', property: 'exit', message: 'Only main.ts ends the process.' },
  { object: 'process', property: 'exitCode', message: 'Only main.ts sets the exit code.' },
];
/** Clocks, dice and doors of the outside world: in core they belong to the files listed at OWNERS. */
const SEAMS = [
  ...['process', 'console'].map((name) => ({ name, message: 'Take what you need through your options.' })),
  ...['setTimeout', 'setInterval', 'setImmediate', 'performance'].map((name) => ({ name, message: 'Use the Clock.' })),
  { name: 'fetch', message: 'Use the HttpClient.' },
];
const SEAM_PROPERTIES = [
  { object: 'Date', property: 'now', message: 'Use the Clock.' },
  { object: 'Math', property: 'random', message: 'Use the RandomSource.' },
];
const OWNERS = ['clock.ts', 'random.ts'].map((file) => `packages/core/src/kernel/${file}`);
OWNERS.push('packages/core/src/transport/undici-http-client.ts');

/** Tests use real parts and injected clocks; see CONTRIBUTING.md, "Tests". */
const TEST_PROPERTIES = [
  ...['mock', 'unstable_mockModule', 'doMock'].map((property) => ({
    object: 'jest',
    property,
    message: 'No module mocks: pass a scripted part through the options.',
  })),
  ...['spyOn', 'useFakeTimers', 'setSystemTime'].map((property) => ({
    object: 'jest',
    property,
    message: 'No patched globals: pass a clock or a function through the options.',
  })),
  ...['it', 'test', 'describe'].map((object) => ({ object, property: 'only', message: 'Run one test by its name instead.' })),
];

export default defineConfig(
  globalIgnores(['**/dist/**', '**/coverage/**', '**/.test-results/**', '**/.stryker-tmp/**', '.tools/**', '.turbo/**']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', 'scripts/**/*.mjs'],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: 'error',
      'max-lines': ['warn', 350],
      'no-restricted-syntax': ['error', ...AVOIDED_SYNTAX],
      '@typescript-eslint/array-type': 'error',
      '@typescript-eslint/consistent-type-definitions': 'error',
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      '@typescript-eslint/prefer-readonly': 'error',
      // Async without await is how a synchronous part fits an asynchronous seam: what it throws becomes a rejection.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { requireDefaultForNonUnion: true }],
    },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    ignores: ['**/main.ts', '**/main-*.ts', ...TESTS],
    rules: { 'no-restricted-properties': ['error', ...EXIT_CODE] },
  },
  {
    files: ['packages/core/src/**/*.ts'],
    ignores: [...OWNERS, ...TESTS],
    rules: {
      'no-restricted-globals': ['error', ...SEAMS],
      'no-restricted-properties': ['error', ...EXIT_CODE, ...SEAM_PROPERTIES],
      'no-restricted-syntax': ['error', ...AVOIDED_SYNTAX_IN_CORE],
    },
  },
  {
    files: TESTS,
    rules: {
      'no-restricted-properties': ['error', ...TEST_PROPERTIES],
      // Jest's asymmetric matchers are typed `any`.
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  {
    files: ['scripts/**/*.mjs'],
    rules: {
      // The compiler checks names here (checkJs), and sees the JSDoc casts that these rules cannot see.
      'no-undef': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    // Configuration files are read by tools that want a default export; they are small and untyped.
    files: ['*.mjs', '.*.mjs', 'packages/*/*.mjs', 'packages/*/*.config.ts'],
    extends: [js.configs.recommended],
    languageOptions: { globals: { URL: 'readonly', console: 'readonly', process: 'readonly' } },
    rules: { 'no-restricted-syntax': 'off' },
  },
);
