import { ToolMissingError } from './fetch-tools.mjs';
import { lastWords } from './run-program.mjs';

/** @typedef {import('./fetch-tools.mjs').VendorTool} VendorTool */

const VERSION = '4.75.1';

/** It needs Node 22 or later, and the tests run on older ones too: a Node of its own comes along, as npm serves it. */
const NODE = '24';

/** Where it runs: it wants bash and rsync. @type {Partial<Record<NodeJS.Platform, string>>} */
const PLATFORMS = { linux: 'linux', darwin: 'darwin' };

/**
 * A runner of GitLab pipelines on one machine, through npm. It is no dependency, because it needs another Node than ours.
 *
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.Architecture} architecture
 * @returns {VendorTool}
 */
export function gitlabCiLocal(platform, architecture) {
  const node = `node-${PLATFORMS[platform] ?? platform}-${architecture}`;
  return {
    name: 'the local runner of GitLab pipelines',
    folder: 'gitlab-ci-local',
    wanted: `gitlab-ci-local@${VERSION} on ${node}@${NODE}`,
    async fetch(place, { run }) {
      if (PLATFORMS[platform] === undefined) throw new ToolMissingError(`it does not run on ${platform}.`);
      const args = ['install', '--prefix', '.', '--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund', `gitlab-ci-local@${VERSION}`, `${node}@${NODE}`];
      const ended = await run('npm', args, place);
      if (ended === null) throw new ToolMissingError('npm is not on the PATH.');
      if (ended.exitCode !== 0) throw new ToolMissingError(`npm install failed; ${lastWords(ended.output)}`);
      return VERSION;
    },
  };
}
