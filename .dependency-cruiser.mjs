/** Layers of packages/core/src; a file imports from its own folder or from a lower number. */
const CORE_LAYERS = [
  ['kernel'],
  ['domain'],
  ['gates', 'matching', 'validation', 'auth', 'codecs'],
  ['transport'],
  ['api'],
  ['waiters'],
  ['workflows'],
  ['plans'],
];

/** Which of our packages a package's shipped code may import, by package name. */
const MAY_IMPORT = {
  core: [],
  reports: ['core'],
  'artifact-lint': [],
  'ci-kit': ['core', 'reports', 'artifact-lint'],
  cli: ['core', 'reports', 'ci-kit'],
  // Its templates are made from the options; its jobs start the command line, and import nothing.
  gitlab: ['ci-kit'],
  // A library in Groovy: only its tests are ours to import.
  jenkins: [],
  // Its variables are the options; it runs the command line in its own process.
  bitbucket: ['core', 'ci-kit', 'cli'],
  'azure-devops': ['core', 'reports', 'ci-kit'],
  emulator: [],
  demo: ['cli', 'emulator'],
  bench: ['core', 'reports', 'cli', 'emulator'],
  published: [],
  trials: ['core', 'artifact-lint', 'ci-kit', 'cli', 'emulator'],
};

/** Tests, and the parts that only tests import. */
const TESTS = '(\\.test\\.ts$|^packages/[^/]+/test/)';
const IO_MODULES = '^(node:)?(fs|net|http|https|http2|tls|dns|dgram|child_process|worker_threads|cluster)(/|$)';

const coreLayerRules = CORE_LAYERS.flatMap((layer, number) =>
  layer.map((folder) => {
    const allowed = [folder, ...CORE_LAYERS.slice(0, number).flat()];
    return {
      name: `core-layers-${folder}`,
      comment: `core/${folder} is layer ${number}: it imports from its own folder or a lower layer (${allowed.join(', ')}).`,
      severity: 'error',
      from: { path: `^packages/core/src/${folder}/`, pathNot: TESTS },
      to: { path: '^packages/core/src/', pathNot: `^packages/core/src/(${allowed.join('|')})/` },
    };
  }),
);

const packageRules = Object.entries(MAY_IMPORT).map(([name, allowed]) => ({
  name: `packages-${name}`,
  comment: `packages/${name} may import ${allowed.length === 0 ? 'none of our packages' : allowed.join(', ')}.`,
  severity: 'error',
  from: { path: `^packages/${name}/src/`, pathNot: TESTS },
  to: { path: '^packages/', pathNot: `^packages/(${[name, ...allowed].join('|')})/` },
}));

export default {
  forbidden: [
    ...coreLayerRules,
    {
      name: 'core-folders',
      comment: 'A new folder of core gets its number in CORE_LAYERS first.',
      severity: 'error',
      from: {},
      to: { path: '^packages/core/src/[^/]+/', pathNot: `^packages/core/src/(${CORE_LAYERS.flat().join('|')})/` },
    },
    {
      name: 'core-index-is-for-others',
      comment: 'index.ts lists the public names; inside core import the file itself.',
      severity: 'error',
      from: { path: '^packages/core/src/', pathNot: TESTS },
      to: { path: '^packages/core/src/index\\.ts$' },
    },
    {
      name: 'pure-layers-do-no-io',
      comment: 'kernel, domain, gates, matching and validation compute; files and sockets belong to the layers above.',
      severity: 'error',
      from: { path: '^packages/core/src/(kernel|domain|gates|matching|validation)/', pathNot: TESTS },
      to: { path: IO_MODULES },
    },
    {
      name: 'reports-are-pure',
      comment: 'A report is text made from data: no input, no output.',
      severity: 'error',
      from: { path: '^packages/reports/src/', pathNot: TESTS },
      to: { path: IO_MODULES },
    },
    {
      name: 'lint-rules-are-pure',
      comment: 'A lint rule judges a survey that was made before; files and archives are read in survey and archive.',
      severity: 'error',
      from: { path: '^packages/artifact-lint/src/(rules|content)/', pathNot: TESTS },
      to: { path: [IO_MODULES, '^packages/artifact-lint/src/archive/(walk|file-reader|unpacked)'] },
    },
    {
      name: 'ci-kit-tasks-are-on-top',
      comment: 'tasks holds commands; what two of them share, or a command that scans, lies below: in run, or lower.',
      severity: 'error',
      from: { path: '^packages/ci-kit/src/', pathNot: ['^packages/ci-kit/src/(tasks/|index\\.ts$)', TESTS] },
      to: { path: '^packages/ci-kit/src/tasks/' },
    },
    {
      name: 'no-child-processes',
      comment:
        'What users run starts no other program: a child would inherit the environment, and with it the API key. The one exception is the command that a user names to take a new pair; its environment is made without the key.',
      severity: 'error',
      from: { path: '^packages/(core|artifact-lint|ci-kit|cli|azure-devops)/src/', pathNot: `${TESTS}|^packages/ci-kit/src/credentials/destinations/command-destination\\.ts$|^packages/azure-devops/src/pack/` },
      to: { path: '^(node:)?(child_process|cluster)$' },
    },
    {
      name: 'azure-task-stands-alone',
      comment: 'What packs the extension does not run on an agent.',
      severity: 'error',
      from: { path: '^packages/azure-devops/(src|tab)/', pathNot: `${TESTS}|^packages/azure-devops/src/(pack/|main-)` },
      to: { path: '^packages/azure-devops/src/(pack/|main-)' },
    },
    {
      name: 'gitlab-jobs-stand-alone',
      comment: "What runs in the image beside the command line brings nothing of ours along: options and rules are the command's.",
      severity: 'error',
      from: { path: '^packages/gitlab/src/(job/|main\\.ts$)', pathNot: TESTS },
      to: { path: '^packages/', pathNot: '^packages/gitlab/src/(job/|main\\.ts$)' },
    },
    ...packageRules,
    {
      name: 'every-package-has-a-place',
      comment: 'A new package says in MAY_IMPORT what it imports.',
      severity: 'error',
      from: { path: '^packages/([^/]+)/src/', pathNot: [`^packages/(${Object.keys(MAY_IMPORT).join('|')})/`, TESTS] },
      to: { path: '^packages/', pathNot: '^packages/$1/' },
    },
    {
      name: 'reports-take-types-only',
      comment: 'reports knows the shapes of core, not its code: `import type`.',
      severity: 'error',
      from: { path: '^packages/reports/src/', pathNot: TESTS },
      to: { path: '^packages/core/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'protocol-is-for-tests',
      comment: 'The wire facts judge both sides; shipped code that read them would agree with itself.',
      severity: 'error',
      from: { pathNot: TESTS },
      to: { path: '^packages/protocol/' },
    },
    {
      name: 'siblings-by-name',
      comment: 'Another package is reached by its name, never by a path.',
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^packages/', pathNot: '^packages/$1/', dependencyTypes: ['local'] },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one idea, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'shipped-code-imports-no-tests',
      severity: 'error',
      from: { pathNot: TESTS },
      to: { path: TESTS },
    },
    {
      name: 'resolvable',
      comment: 'An import that cannot be resolved escapes every other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // Examples are programs of others: what they import is installed where they are copied to.
    exclude: { path: '(^|/)(dist|coverage|examples|\\.test-results)/' },
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    preserveSymlinks: false,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@verapipe/source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.json', '.d.ts'],
    },
  },
};
