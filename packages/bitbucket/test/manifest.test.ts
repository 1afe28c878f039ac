import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { OPTION_TABLE } from '@verapipe/ci-kit';
import { describe, expect, it } from '@jest/globals';

import packageJson from '../package.json' with { type: 'json' };
import { renderManifest, renderVariableTable } from '../src/manifest/render-manifest.js';
import { variableRows } from '../src/manifest/variable-rows.js';
import { PIPE_COMMANDS } from '../src/variables/pipe-commands.js';
import { PACKAGE } from './package-files.js';

const UPDATE = process.env['UPDATE_MANIFEST'] === '1';

/** Where an organisation publishes it, these three become its own. */
const PUBLISHED_AS = {
  image: 'registry.example.org/security/veracode-pipe',
  repository: 'https://bitbucket.example.org/security/veracode-pipe',
  party: { name: 'The verapipe authors', website: 'https://www.example.org', email: 'veracode-pipe@example.org' },
};

const TABLE = /(?<=<!-- variables -->\n)[^]*?(?=\n<!-- end of variables -->)/u;

describe('what is made from the options (else: UPDATE_MANIFEST=1 pnpm test manifest)', () => {
  it('pipe.yml is committed as it is made', async () => {
    const file = join(PACKAGE, 'pipe.yml');
    const text = renderManifest({ ...PUBLISHED_AS, version: packageJson.version });
    if (UPDATE) await writeFile(file, text);
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  it('the README lists every variable', async () => {
    const file = join(PACKAGE, 'README.md');
    const readme = await readFile(file, 'utf8');
    expect(readme).toMatch(TABLE);
    if (UPDATE) await writeFile(file, readme.replace(TABLE, () => renderVariableTable()));
    expect(TABLE.exec(await readFile(file, 'utf8'))?.[0]).toBe(renderVariableTable());
  });
});

describe('the variables', () => {
  const rows = new Map(variableRows().map((row) => [row.name, row]));

  it('are the options of the commands that the pipe runs, one to one, and its own', () => {
    const options = OPTION_TABLE.filter(({ commands }) => commands.some((command) => PIPE_COMMANDS.some((own) => own === command))).map(({ name }) => name.toUpperCase().replaceAll('-', '_'));
    expect(options.filter((name) => !rows.has(name))).toEqual([]);
    expect([...rows.keys()].filter((name) => !options.includes(name))).toEqual(['VERACODE_API_KEY_ID', 'VERACODE_API_KEY_SECRET', 'COMMAND', 'MAX_TIME', 'CA_BUNDLE', 'CODE_INSIGHTS', 'CODE_INSIGHTS_ID', 'CODE_INSIGHTS_PROXY', 'CODE_INSIGHTS_TOKEN', 'CODE_INSIGHTS_USER', 'CODE_INSIGHTS_URL']);
    expect(rows.size).toBe(variableRows().length);
  });

  it('say what the option table says, in the names of the pipe', () => {
    expect(rows.get('APP')).toMatchObject({ isRequired: true, isList: false });
    expect(rows.get('FILE')).toMatchObject({ isRequired: true, isList: true });
    expect(rows.get('WAIT')).toMatchObject({ isRequired: false, absent: 'true', help: expect.stringContaining("WAIT: 'false'") });
    expect(rows.get('NEW_ONLY')).toMatchObject({ absent: 'false, true of pipeline-scan' });
    expect(rows.get('STAGE')).toMatchObject({ help: expect.stringMatching(/Of pipeline-scan only\.$/u) });
    expect([...rows.values()].filter(({ help }) => !help.endsWith('.'))).toEqual([]);
  });
});
