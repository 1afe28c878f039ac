/**
 * Installs and builds, nothing more.
 *
 * @type {import('../bootstrap/run-task.mjs').Task['run']}
 */
export async function run(toolbox) {
  await toolbox.build();
  return 0;
}
