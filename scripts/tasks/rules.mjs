/**
 * What the compiler, the linter and the layers say. Goes on after a failure, to name them all.
 *
 * @type {import('../bootstrap/run-task.mjs').Task['run']}
 */
export async function run(toolbox, args) {
  const tasks = ['typecheck', 'typecheck:root', 'lint', 'lint:root', 'layers'];
  return toolbox.turbo(tasks, { args: ['--continue', '--output-logs=new-only', ...args] });
}
