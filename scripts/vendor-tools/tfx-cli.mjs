import { ToolMissingError } from './fetch-tools.mjs';
import { lastWords } from './run-program.mjs';

/** @typedef {import('./fetch-tools.mjs').VendorTool} VendorTool */

const VERSION = '0.23.1';

/**
 * The packer of Azure DevOps extensions by its makers, through npm. It is no dependency, because it brings 290 packages that
 * nothing else here wants.
 *
 * @type {VendorTool}
 */
export const TFX_CLI = {
  name: 'the packer of Azure DevOps extensions',
  folder: 'tfx-cli',
  wanted: `tfx-cli@${VERSION}`,
  async fetch(place, { run }) {
    const args = ['install', '--prefix', '.', '--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund', `tfx-cli@${VERSION}`];
    const ended = await run('npm', args, place);
    if (ended === null) throw new ToolMissingError('npm is not on the PATH.');
    if (ended.exitCode !== 0) throw new ToolMissingError(`npm install failed; ${lastWords(ended.output)}`);
    return VERSION;
  },
};
