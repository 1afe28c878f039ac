import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { ROOT } from '../bootstrap/paths.mjs';
import { readClaims } from './read-claims.mjs';

describe('readClaims', () => {
  it.each([
    { page: '[a](docs/a.md) and [b](docs/b.md#part), [a](docs/a.md)', links: ['docs/a.md', 'docs/b.md'], commands: [] },
    { page: '[out](https://example.org/x) [here](#part)', links: [], commands: [] },
    { page: 'Run `npm run bench -- --json` or npm test.', links: [], commands: ['bench'] },
  ])('of "$page"', ({ page, links, commands }) => {
    expect(readClaims(page)).toEqual({ links, commands });
  });
});

const ROOMS = (await readdir(join(ROOT, 'packages'))).map((room) => `packages/${room}/README.md`);
const DECISIONS = (await readdir(join(ROOT, 'docs', 'decisions'))).map((note) => `docs/decisions/${note}`);
const DOCS = (await readdir(join(ROOT, 'docs'))).filter((file) => file.endsWith('.md')).map((file) => `docs/${file}`);
const LINT = (await readdir(join(ROOT, 'docs', 'lint'))).map((page) => `docs/lint/${page}`);
/** @type {{ scripts: Record<string, string> }} */
const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));

describe.each(['README.md', 'CONTRIBUTING.md', ...DOCS, ...LINT, ...DECISIONS, ...ROOMS])('%s', (page) => {
  it('links to what exists and names commands that exist', async () => {
    const { links, commands } = readClaims(await readFile(join(ROOT, page), 'utf8'));
    expect(links.filter((link) => !existsSync(join(ROOT, dirname(page), link)))).toEqual([]);
    expect(commands.filter((command) => !(command in scripts))).toEqual([]);
  });
});

describe('the index', () => {
  it.each(DECISIONS)('of docs lists %s', async (note) => {
    expect(await readFile(join(ROOT, 'docs', 'README.md'), 'utf8')).toContain(note.replace(/^docs\//, ''));
  });

  it.each(ROOMS)('of rooms lists %s', async (room) => {
    expect(await readFile(join(ROOT, 'README.md'), 'utf8')).toContain(room);
  });
});
