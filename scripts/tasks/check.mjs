import { run as rules } from './rules.mjs';
import { run as test } from './test.mjs';

/**
 * Everything that is fast: types, lint, layers, build, tests. Goes on after a failure, to name them all.
 *
 * @type {import('../bootstrap/run-task.mjs').Task['run']}
 */
export async function run(toolbox, args) {
  const broken = await rules(toolbox, args);
  const failed = await test(toolbox, args);
  if (broken !== 0) console.error('\ncheck: types, lint or layers failed; what they say stands above the tests.');
  return broken === 0 ? failed : broken;
}
