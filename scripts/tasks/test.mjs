import { ROOT } from '../bootstrap/paths.mjs';
import { collectResults, forgetResults } from '../testing/collect-results.mjs';
import { allGood, reportResults } from '../testing/report-results.mjs';
import { describeTestEnvironment } from '../testing/test-environment.mjs';

/** How turbo is told to leave a package out. */
const LEFT_OUT = /^--filter=!\.\/(packages\/[\w-]+)$/u;

/**
 * Builds what is stale and runs every suite; what has not changed is replayed from turbo's cache, `--force` runs all.
 * Ends with one line: `tests: N passed, N failed, N skipped`. `--filter=!./packages/NAME` leaves a package out.
 *
 * @type {import('../bootstrap/run-task.mjs').Task['run']}
 */
export async function run(toolbox, args) {
  await forgetResults(ROOT);
  await toolbox.build();
  const exitCode = await toolbox.turbo(['test', 'test:root'], {
    env: await describeTestEnvironment(),
    // What is built is built once: `--force` is about the tests.
    args: ['--continue', '--output-logs=new-only', ...(args.includes('--force') ? ['--only'] : []), ...args],
  });
  const results = await collectResults(ROOT, args.flatMap((arg) => LEFT_OUT.exec(arg)?.[1] ?? []));
  for (const line of reportResults(results)) console.log(line);
  const good = allGood(results, { requireAll: process.env['VERAPIPE_REQUIRE_ALL'] === '1' });
  return exitCode === 0 && !good ? 1 : exitCode;
}
