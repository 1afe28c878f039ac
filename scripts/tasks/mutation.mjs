/**
 * Mutation testing of core's auth, gates, transport, waiters and workflows. Takes about an hour on two processors.
 *
 * @type {import('../bootstrap/run-task.mjs').Task['run']}
 */
export async function run(toolbox, args) {
  await toolbox.build();
  return toolbox.runScript('@verapipe/core', 'mutation', args);
}
