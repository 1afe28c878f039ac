import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { ROOT } from '../bootstrap/paths.mjs';

const CRUISER = join(ROOT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
const PACKAGES = { core: '@verapipe/core', reports: '@verapipe/reports', 'artifact-lint': '@verapipe/artifact-lint', 'ci-kit': '@verapipe/ci-kit', cli: 'verapipe', emulator: '@verapipe/emulator', gitlab: '@verapipe/gitlab', bitbucket: '@verapipe/bitbucket', 'azure-devops': '@verapipe/azure-devops' };


/** Imports that the house wants to stay possible. */
const ALLOWED = [
  { name: 'core: a lower layer', file: 'core/src/workflows/lower.ts', text: "export { clock } from '../kernel/clock.js';" },
  { name: 'core: a file system above the pure layers', file: 'core/src/auth/io.ts', text: "export { readFile } from 'node:fs/promises';" },
  { name: 'reports: types of core', file: 'reports/src/types.ts', text: "export type { name } from '@verapipe/core';" },
  { name: 'ci-kit: core and reports', file: 'ci-kit/src/both.ts', text: "export { name } from '@verapipe/core';\nexport { name as b } from '@verapipe/reports';" },
  { name: 'ci-kit: the artifact lint, when it is wanted', file: 'ci-kit/src/lint.ts', text: "export const lint = () => import('@verapipe/artifact-lint');" },
  { name: 'ci-kit: a task that uses the sequence', file: 'ci-kit/src/tasks/sweep.ts', text: "export { sequence } from '../run/sequence.js';" },
  { name: 'cli: ci-kit', file: 'cli/src/kit.ts', text: "export { name } from '@verapipe/ci-kit';" },
  { name: 'gitlab: the options of ci-kit, for templates', file: 'gitlab/src/template/options.ts', text: "export { name } from '@verapipe/ci-kit';" },
  { name: 'bitbucket: the command line in its own process', file: 'bitbucket/src/run.ts', text: "export { name } from 'verapipe';\nexport { name as b } from '@verapipe/ci-kit';" },
  { name: 'azure-devops: ci-kit, in the task', file: 'azure-devops/src/run.ts', text: "export { name } from '@verapipe/ci-kit';\nexport { name as b } from '@verapipe/reports';" },
  { name: 'azure-devops: a program, to pack', file: 'azure-devops/src/pack/tfx.ts', text: "export { execFile } from 'node:child_process';" },
  { name: 'a test: the emulator and the wire facts', file: 'core/src/domain/a.test.ts', text: "export { name } from '@verapipe/emulator';\nexport { default as hosts } from '@verapipe/protocol/hosts.json' with { type: 'json' };" },
];

/** One wrong import for each rule, at least. */
const REFUSED = [
  { rule: 'core-layers-domain', file: 'core/src/domain/up.ts', text: "export { run } from '../workflows/run.js';" },
  { rule: 'core-layers-kernel', file: 'core/src/kernel/up.ts', text: "export type { Scan } from '../domain/scan.js';" },
  { rule: 'core-layers-workflows', file: 'core/src/workflows/planned.ts', text: "export { plan } from '../plans/plan.js';" },
  { rule: 'core-layers-gates', file: 'core/src/gates/lazy.ts', text: "export const lazy = import('../workflows/run.js');" },
  { rule: 'core-layers-codecs', file: 'core/src/codecs/sideways.ts', text: "export { readFile } from '../auth/io.js';" },
  { rule: 'core-layers-matching', file: 'core/src/matching/sideways.ts', text: "export { decode } from '../gates/lazy.js';" },
  { rule: 'pure-layers-do-no-io', file: 'core/src/matching/disk.ts', text: "export { readdir } from 'node:fs/promises';" },
  { rule: 'core-folders', file: 'core/src/workflows/helped.ts', text: "export { helper } from '../helpers/helper.js';" },
  { rule: 'core-index-is-for-others', file: 'core/src/workflows/round.ts', text: "export { name } from '../index.js';" },
  { rule: 'pure-layers-do-no-io', file: 'core/src/validation/disk.ts', text: "export { readFile } from 'node:fs/promises';" },
  { rule: 'pure-layers-do-no-io', file: 'core/src/gates/net.ts', text: "export { request } from 'http';" },
  { rule: 'reports-are-pure', file: 'reports/src/disk.ts', text: "export { writeFile } from 'node:fs/promises';" },
  { rule: 'ci-kit-tasks-are-on-top', file: 'ci-kit/src/run/up.ts', text: "export { sequence } from '../tasks/sweep.js';" },
  { rule: 'no-child-processes', file: 'ci-kit/src/git.ts', text: "export { execFile } from 'node:child_process';" },
  { rule: 'packages-core', file: 'core/src/api/reports.ts', text: "export { name } from '@verapipe/reports';" },
  { rule: 'packages-reports', file: 'reports/src/kit.ts', text: "export { name } from '@verapipe/ci-kit';" },
  { rule: 'packages-artifact-lint', file: 'artifact-lint/src/core.ts', text: "export type { name } from '@verapipe/core';" },
  { rule: 'lint-rules-are-pure', file: 'artifact-lint/src/rules/disk.ts', text: "export { open } from 'node:fs/promises';" },
  { rule: 'packages-ci-kit', file: 'ci-kit/src/cli.ts', text: "export { name } from 'verapipe';" },
  { rule: 'packages-cli', file: 'cli/src/emulated.ts', text: "export { name } from '@verapipe/emulator';" },
  { rule: 'packages-gitlab', file: 'gitlab/src/template/core.ts', text: "export { name } from '@verapipe/core';" },
  { rule: 'packages-azure-devops', file: 'azure-devops/src/cli.ts', text: "export { name } from 'verapipe';" },
  { rule: 'no-child-processes', file: 'azure-devops/src/git.ts', text: "export { execFile } from 'node:child_process';" },
  { rule: 'azure-task-stands-alone', file: 'azure-devops/src/packed.ts', text: "export { execFile } from './pack/tfx.js';" },
  { rule: 'gitlab-jobs-stand-alone', file: 'gitlab/src/job/options.ts', text: "export { name } from '@verapipe/ci-kit';" },
  { rule: 'packages-bitbucket', file: 'bitbucket/src/reports.ts', text: "export { name } from '@verapipe/reports';" },
  { rule: 'packages-emulator', file: 'emulator/src/core.ts', text: "export type { name } from '@verapipe/core';" },
  { rule: 'every-package-has-a-place', file: 'newcomer/src/core.ts', text: "export { name } from '@verapipe/core';" },
  { rule: 'reports-take-types-only', file: 'reports/src/values.ts', text: "export { name } from '@verapipe/core';" },
  { rule: 'protocol-is-for-tests', file: 'emulator/src/facts.ts', text: "export { default as hosts } from '@verapipe/protocol/hosts.json' with { type: 'json' };" },
  { rule: 'siblings-by-name', file: 'ci-kit/src/path.ts', text: "export { name } from '../../core/src/index.js';" },
  { rule: 'no-cycles', file: 'cli/src/circle-end.ts', text: "export { own as name } from './circle.js';" },
  { rule: 'shipped-code-imports-no-tests', file: 'cli/src/tested.ts', text: "export { fixture } from '../test/fixture.js';" },
  { rule: 'resolvable', file: 'cli/src/lost.ts', text: "export { lost } from './absent.js';" },
];

const SURROUNDINGS = {
  'protocol/package.json': JSON.stringify({ name: '@verapipe/protocol', exports: { './*': './*' } }),
  'protocol/hosts.json': '{}',
  'core/src/domain/scan.ts': 'export interface Scan { readonly id: string }',
  'core/src/kernel/clock.ts': 'export const clock = 1;',
  'core/src/workflows/run.ts': 'export const run = 1;',
  'core/src/plans/plan.ts': 'export const plan = 1;',
  'core/src/helpers/helper.ts': 'export const helper = 1;',
  'ci-kit/src/run/sequence.ts': 'export const sequence = 1;',
  'cli/src/circle.ts': "export { name } from './circle-end.js';\nexport const own = 1;",
  'cli/test/fixture.ts': 'export const fixture = 1;',
};

/** @typedef {{ rule: string, from: string }} Violation */

/** @type {string} */
let tree;
/** @type {readonly Violation[]} */
let violations;

beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), 'verapipe-layers-'));
  for (const file of ['.dependency-cruiser.mjs', 'tsconfig.base.json']) await copyFile(join(ROOT, file), join(tree, file));
  for (const [folder, name] of Object.entries(PACKAGES)) {
    await addFile(`${folder}/src/index.ts`, `export const name = '${name}';`);
    const manifest = { name, type: 'module', exports: { '.': { '@verapipe/source': './src/index.ts' } } };
    await addFile(`${folder}/package.json`, JSON.stringify(manifest));
    await link(name, folder);
  }
  await link('@verapipe/protocol', 'protocol');
  for (const [file, text] of Object.entries(SURROUNDINGS)) await addFile(file, text);
  for (const { file, text } of [...ALLOWED, ...REFUSED]) await addFile(file, text);
  violations = await cruise();
});

afterAll(() => rm(tree, { recursive: true }));

/** @param {string} path @param {string} text */
async function addFile(path, text) {
  const file = join(tree, 'packages', path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${text}\n`);
}

/** Every package sees every other, so that only the rules stand in the way. @param {string} name @param {string} folder */
async function link(name, folder) {
  const place = join(tree, 'node_modules', name);
  await mkdir(dirname(place), { recursive: true });
  await symlink(join(tree, 'packages', folder), place, 'junction');
}

/** @returns {Promise<readonly Violation[]>} */
async function cruise() {
  const args = [CRUISER, 'packages', '--config', '.dependency-cruiser.mjs', '--output-type', 'json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: tree, maxBuffer: 1 << 26 });
  /** @type {{ summary: { violations: readonly { rule: { name: string }, from: string }[] } }} */
  const { summary } = JSON.parse(stdout);
  return summary.violations.map(({ rule, from }) => ({ rule: rule.name, from }));
}

describe('the layers', () => {
  it.each(ALLOWED)('allow $name', ({ file }) => {
    expect(violations.filter(({ from }) => from === `packages/${file}`)).toEqual([]);
  });

  it.each(REFUSED)('$rule refuses $file', ({ rule, file }) => {
    expect(violations).toContainEqual({ rule, from: `packages/${file}` });
  });

  it('has a wrong import for every rule', async () => {
    /** @type {{ default: { forbidden: readonly { name: string }[] } }} */
    const { default: config } = await import(pathToFileURL(join(ROOT, '.dependency-cruiser.mjs')).href);
    const rules = config.forbidden.map(({ name }) => name.replace(/^(core-layers|packages)-.*/, '$1'));
    const proven = REFUSED.map(({ rule }) => rule.replace(/^(core-layers|packages)-.*/, '$1'));
    expect([...new Set(proven)].sort()).toEqual([...new Set(rules)].sort());
  });
});
