import { run as test } from './test.mjs';

/**
 * Everything that is fast: build, types, lint, layers, then the tests. Goes on after a failure, to name them all.
 *
 * @type {import('../bootstrap/run-task.mjs').Task['run']}
 */
export async function run(toolbox, args) {
  await toolbox.build();
  const tasks = ['typecheck', 'typecheck:root', 'lint', 'lint:root', 'layers'];
  const checks = await toolbox.turbo(tasks, { args: ['--continue', '--output-logs=new-only'] });
  const tests = await test(toolbox, args);
  if (checks !== 0) console.error('\ncheck: types, lint or layers failed; see above the tests.');
  return checks === 0 ? tests : checks;
}
