/**
 * Branch coverage of core against its threshold; see packages/core/jest.config.mjs. The folder of recorded samples is not
 * in the task's environment, so the figure is what a fresh clone reaches.
 *
 * @type {import('../bootstrap/run-task.mjs').Task['run']}
 */
export async function run(toolbox, args) {
  await toolbox.build();
  return toolbox.turbo(['test:coverage'], { args: ['--output-logs=full', ...args] });
}
