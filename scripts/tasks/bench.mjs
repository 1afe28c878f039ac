/**
 * Measures speed and size against peers; see packages/bench. `--json` prints one object, `--write` keeps the figures.
 *
 * @type {import('../bootstrap/run-task.mjs').Task['run']}
 */
export async function run(toolbox, args) {
  await toolbox.build();
  return toolbox.runScript('@verapipe/bench', 'bench', args);
}
