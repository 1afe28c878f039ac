import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { fetchTools, ToolMissingError } from './fetch-tools.mjs';

/** @typedef {import('./fetch-tools.mjs').VendorTool} VendorTool */

/** @type {string} */
let folder;
/** @type {string[]} */
let said;
/** @type {string[]} */
let fetched;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verapipe-vendor-'));
  said = [];
  fetched = [];
});

afterEach(() => rm(folder, { recursive: true }));

/** @param {string} name @param {string} wanted @returns {VendorTool} */
function tool(name, wanted) {
  return {
    name,
    folder: name,
    wanted,
    async fetch(place) {
      fetched.push(name);
      await writeFile(join(place, 'program'), wanted);
      return wanted;
    },
  };
}

/** @param {string} name @param {Error} error @returns {VendorTool} */
function brokenTool(name, error) {
  return { name, folder: name, wanted: '1', fetch: () => Promise.reject(error) };
}

/** @param {readonly VendorTool[]} tools */
function fetchAll(tools) {
  return fetchTools(tools, { folder, run: () => Promise.resolve(null), say: (line) => said.push(line) });
}

describe('fetchTools', () => {
  it('fetches once, and again when something else is wanted', async () => {
    expect(await fetchAll([tool('java', '1')])).toBe(true);
    expect(await fetchAll([tool('java', '1')])).toBe(true);
    expect(fetched).toEqual(['java']);
    await fetchAll([tool('java', '2')]);
    expect(fetched).toEqual(['java', 'java']);
  });

  it('starts afresh where a fetch was cut off', async () => {
    await mkdir(join(folder, 'java'));
    await writeFile(join(folder, 'java', 'half'), '');
    await fetchAll([tool('java', '1')]);
    expect({ fetched, half: existsSync(join(folder, 'java', 'half')) }).toEqual({ fetched: ['java'], half: false });
  });

  it('names a tool that cannot be had, leaves nothing of it, and goes on', async () => {
    const complete = await fetchAll([brokenTool('java', new ToolMissingError('mvn is not on the PATH.')), tool('python', '1')]);
    expect(complete).toBe(false);
    expect(said).toContain('java: not available: mvn is not on the PATH.');
    expect({ fetched, java: existsSync(join(folder, 'java')) }).toEqual({ fetched: ['python'], java: false });
  });

  it('does not take a mistake of its own for a missing tool', async () => {
    await expect(fetchAll([brokenTool('java', new TypeError('ours'))])).rejects.toThrow('ours');
  });
});
