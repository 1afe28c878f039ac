import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * One of the vendor's clients.
 *
 * @typedef {object} VendorTool
 * @property {string} name
 * @property {string} folder - its place inside the tools folder
 * @property {string} wanted - what is fetched, in one line; when this line changes, the tool is fetched again
 * @property {(place: string, shop: Shop) => Promise<string>} fetch - fills the empty folder, tells what is in it now
 */

/**
 * What a tool is fetched with.
 *
 * @typedef {object} Shop
 * @property {import('./run-program.mjs').RunProgram} run
 * @property {(line: string) => void} say
 */

/** A tool that cannot be had here, and why. */
export class ToolMissingError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = 'ToolMissingError';
  }
}

/** Written last, so that a folder without it is a fetch that was cut off. */
const STAMP = 'fetched.json';

/**
 * Fetches what is not there yet, one tool after the other, and goes on after one that cannot be had.
 *
 * @param {readonly VendorTool[]} tools
 * @param {Shop & { folder: string }} options
 * @returns {Promise<boolean>} whether all are there
 */
export async function fetchTools(tools, { folder, ...shop }) {
  let complete = true;
  for (const tool of tools) complete = (await fetchTool(tool, folder, shop)) && complete;
  return complete;
}

/** @param {VendorTool} tool @param {string} folder @param {Shop} shop */
async function fetchTool({ name, folder: ownFolder, wanted, fetch }, folder, shop) {
  const place = join(folder, ownFolder);
  const there = await readStamp(place);
  if (there?.wanted === wanted) {
    shop.say(`${name}: ${there.got}, in ${place}`);
    return true;
  }
  await rm(place, { recursive: true, force: true });
  await mkdir(place, { recursive: true });
  try {
    shop.say(`${name}: fetching ${wanted}`);
    const got = await fetch(place, shop);
    await writeFile(join(place, STAMP), `${JSON.stringify({ wanted, got })}\n`);
    shop.say(`${name}: ${got}, in ${place}`);
    return true;
  } catch (error) {
    await rm(place, { recursive: true, force: true });
    if (!(error instanceof ToolMissingError)) throw error;
    shop.say(`${name}: not available: ${error.message}`);
    return false;
  }
}

/** @param {string} place @returns {Promise<{ wanted: string, got: string } | null>} */
async function readStamp(place) {
  try {
    return /** @type {{ wanted: string, got: string }} */ (JSON.parse(await readFile(join(place, STAMP), 'utf8')));
  } catch {
    return null;
  }
}
