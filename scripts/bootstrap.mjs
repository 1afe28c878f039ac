// The door to every root command: `node scripts/bootstrap.mjs <task> [arguments]`, usually through `npm run <task>`.
// It needs git's checkout and Node only. This file keeps to syntax that an old Node can read, so that it can say so.
const MINIMUM = [20, 18, 1];
const running = process.versions.node.split('.');
const difference = MINIMUM.map((wanted, place) => Number(running[place]) - wanted).find((step) => step !== 0) || 0;

if (difference < 0) {
  console.error(
    `verapipe needs Node ${MINIMUM.join('.')} or later, and this is Node ${process.versions.node} (${process.execPath}).\n` +
      'Install a newer Node (20, 22 or 24), make sure that it comes first on the PATH, and repeat the command.',
  );
  process.exitCode = 1;
} else {
  void import('./bootstrap/run-task.mjs').then(({ runTask }) => runTask(process.argv[2], process.argv.slice(3)));
}
