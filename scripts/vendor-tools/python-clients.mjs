import { ToolMissingError } from './fetch-tools.mjs';
import { lastWords } from './run-program.mjs';

/** @typedef {import('./fetch-tools.mjs').VendorTool} VendorTool */

const PACKAGES = ['veracode-api-py==0.9.68', 'veracode-api-signing==26.5.0'];

/** Debian and macOS say python3; Windows says python, or py for its launcher. */
const PYTHONS = ['python3', 'python', 'py'];

/**
 * The vendor's Python clients in a virtual environment of their own, through pip and hence from the index that pip is
 * configured for.
 *
 * @type {VendorTool}
 */
export const PYTHON_CLIENTS = {
  name: "the vendor's Python clients",
  folder: 'vendor-python',
  wanted: PACKAGES.join(' '),
  async fetch(place, { run }) {
    const python = await findPython(place, run);
    const made = await run(python, ['-m', 'venv', '.'], place);
    if (made?.exitCode !== 0) {
      throw new ToolMissingError(`${python} -m venv failed (on Debian: apt-get install python3-venv); ${lastWords(made?.output ?? '')}`);
    }
    const own = process.platform === 'win32' ? 'Scripts\\python.exe' : './bin/python';
    const installed = await run(own, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PACKAGES], place);
    if (installed?.exitCode !== 0) throw new ToolMissingError(`pip install failed; ${lastWords(installed?.output ?? '')}`);
    return PACKAGES.join(' ');
  },
};

/** @param {string} place @param {import('./run-program.mjs').RunProgram} run */
async function findPython(place, run) {
  for (const python of PYTHONS) {
    const ended = await run(python, ['--version'], place);
    if (ended?.exitCode === 0 && / 3\.\d/.test(ended.output)) return python;
  }
  throw new ToolMissingError('Python 3 is not on the PATH (on Debian: apt-get install python3 python3-venv).');
}
