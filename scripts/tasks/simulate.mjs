/**
 * Lets seeded worlds happen and looks whether every promise was kept; see packages/trials. `--json` prints one object.
 *
 * @type {import('../bootstrap/run-task.mjs').Task['run']}
 */
export async function run(toolbox, args) {
  await toolbox.build();
  return toolbox.runScript('@verapipe/trials', 'simulate', args);
}
