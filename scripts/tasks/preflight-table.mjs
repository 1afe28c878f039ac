/**
 * Every check of `verapipe preflight` made to fail, one after the other; see packages/trials.
 *
 * @type {import('../bootstrap/run-task.mjs').Task['run']}
 */
export async function run(toolbox, args) {
  await toolbox.build();
  return toolbox.runScript('@verapipe/trials', 'preflight-table', args);
}
