/**
 * The workflow through every fault of the wire; see packages/trials. `--json` prints one object.
 *
 * @type {import('../bootstrap/run-task.mjs').Task['run']}
 */
export async function run(toolbox, args) {
  await toolbox.build();
  return toolbox.runScript('@verapipe/trials', 'faults', args);
}
