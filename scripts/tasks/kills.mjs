/**
 * Kills the CLI at every step and goes on; see packages/trials. `--json` prints one object.
 *
 * @type {import('../bootstrap/run-task.mjs').Task['run']}
 */
export async function run(toolbox, args) {
  await toolbox.build();
  return toolbox.runScript('@verapipe/trials', 'kills', args);
}
