// Looks at the Groovy of a package with npm-groovy-lint, by the rules in its .groovylintrc.json: node groovy-lint.mjs PATTERN…
// The tool is fetched by fetch-vendor-tools.mjs, with a Node of its own. Without it, or without Java, nothing is looked at;
// with VERAPIPE_REQUIRE_ALL=1 that is an error.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { TOOLS } from './bootstrap/paths.mjs';

const MODULES = join(TOOLS, 'npm-groovy-lint', 'node_modules');
const NODE = join(MODULES, `node-${process.platform}-${process.arch}`, 'bin', 'node');
const LINTER = join(MODULES, 'npm-groovy-lint', 'lib', 'index.js');
// No server that stays behind; small, as it looks at few files.
const ARGUMENTS = ['--noserver', '--failon', 'info', '--javaoptions=-Xmx512m,-XX:TieredStopAtLevel=1,-XX:+UseSerialGC'];

const missing = !existsSync(LINTER) || !existsSync(NODE) ? 'npm-groovy-lint (node scripts/fetch-vendor-tools.mjs fetches it)' : spawnSync('java', ['-version']).error === undefined ? null : 'java';
if (missing === null) {
  const { status, stdout, stderr } = spawnSync(NODE, [LINTER, ...ARGUMENTS, ...process.argv.slice(2)], { encoding: 'utf8' });
  if (status !== 0) console.error(`${stdout}\n${stderr}`);
  process.exitCode = status ?? 1;
} else {
  console.error(`npm-groovy-lint: not run: no ${missing}`);
  if (process.env['VERAPIPE_REQUIRE_ALL'] === '1') process.exitCode = 1;
}
