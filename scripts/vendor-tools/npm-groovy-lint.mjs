import { ToolMissingError } from './fetch-tools.mjs';
import { lastWords } from './run-program.mjs';

/** @typedef {import('./fetch-tools.mjs').VendorTool} VendorTool */

const VERSION = '18.0.0';

/** It needs Node 22 or later: a Node of its own comes along, as npm serves it. */
const NODE = '24';

/** Where npm serves a Node of which the program lies in `bin`. @type {readonly NodeJS.Platform[]} */
const PLATFORMS = ['linux', 'darwin'];

/**
 * A linter of Groovy and of pipelines of Jenkins, through npm; it starts Java. It is no dependency, because it needs
 * another Node than ours and is larger than all that we ship.
 *
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.Architecture} architecture
 * @returns {VendorTool}
 */
export function npmGroovyLint(platform, architecture) {
  const node = `node-${platform}-${architecture}`;
  return {
    name: 'the linter of Groovy',
    folder: 'npm-groovy-lint',
    wanted: `npm-groovy-lint@${VERSION} on ${node}@${NODE}`,
    async fetch(place, { run }) {
      if (!PLATFORMS.includes(platform)) throw new ToolMissingError(`it is not fetched for ${platform}.`);
      const args = ['install', '--prefix', '.', '--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund', `npm-groovy-lint@${VERSION}`, `${node}@${NODE}`];
      const ended = await run('npm', args, place);
      if (ended === null) throw new ToolMissingError('npm is not on the PATH.');
      if (ended.exitCode !== 0) throw new ToolMissingError(`npm install failed; ${lastWords(ended.output)}`);
      return VERSION;
    },
  };
}
