// Mutation testing, folder by folder: `node mutation.mjs [folder …]`. Ends with 1 when a score is below the goal.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDERS = ['gates', 'auth', 'waiters', 'transport', 'workflows'];
const GOAL_PERCENT = 85;
/** Mutants that a test noticed, and those that none did. */
const NOTICED = new Set(['Killed', 'Timeout']);
const UNNOTICED = new Set(['Survived', 'NoCoverage']);

const stryker = fileURLToPath(new URL('node_modules/@stryker-mutator/core/bin/stryker.js', import.meta.url));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((folder) => !FOLDERS.includes(folder));
if (unknown.length > 0) {
  console.error(`No such folder: ${unknown.join(', ')}. Known: ${FOLDERS.join(', ')}.`);
  process.exit(2);
}

const rows = (wanted.length > 0 ? wanted : FOLDERS).map((folder) => {
  const env = { ...process.env, VERAPIPE_MUTATION_FOLDER: folder };
  const { status } = spawnSync(process.execPath, [stryker, 'run'], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  return status === 0 ? { folder, ...count(folder) } : { folder, error: `stryker ended with ${status}` };
});
for (const row of rows) console.log('error' in row ? `${row.folder}: ${row.error}` : describe(row));
if (rows.some((row) => 'error' in row || score(row) < GOAL_PERCENT)) process.exitCode = 1;

function count(folder) {
  const { files } = JSON.parse(readFileSync(`reports/mutation/${folder}.json`, 'utf8'));
  const states = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  return {
    noticed: states.filter((state) => NOTICED.has(state)).length,
    unnoticed: states.filter((state) => UNNOTICED.has(state)).length,
  };
}

function score({ noticed, unnoticed }) {
  return (100 * noticed) / Math.max(1, noticed + unnoticed);
}

function describe(row) {
  return `${row.folder}: ${score(row).toFixed(1)} % (${row.noticed} of ${row.noticed + row.unnoticed} mutants noticed; goal ${GOAL_PERCENT} %)`;
}
