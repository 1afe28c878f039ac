/**
 * A real scan against the emulator, in a few seconds; see packages/demo.
 *
 * @type {import('../bootstrap/run-task.mjs').Task['run']}
 */
export async function run(toolbox, args) {
  await toolbox.build();
  return toolbox.runScript('@verapipe/demo', 'demo', args);
}
