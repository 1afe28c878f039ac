import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { OPTION_TABLE, optionKey } from '@verapipe/ci-kit';
import { expect, it } from '@jest/globals';

import { OWN_PARAMETERS, PACKAGE } from './library-files.js';
import { renderOptionTable, STEP_COMMANDS } from './option-table.js';
import { renderStepHelp } from './step-help.js';

const FILES: readonly (readonly [name: string, wanted: string])[] = [
  [join('src', 'verapipe', 'jenkins', 'OptionTable.groovy'), renderOptionTable()],
  ...STEP_COMMANDS.map(renderStepHelp).map(({ step, text }) => [join('vars', `${step}.txt`), text] as const),
];

it.each(FILES)('%s is current (UPDATE_OPTION_TABLE=1 makes it so)', (name, wanted) => {
  const file = join(PACKAGE, name);
  if (process.env['UPDATE_OPTION_TABLE'] === '1') writeFileSync(file, wanted);
  expect(readFileSync(file, 'utf8')).toBe(wanted);
});

it('each step has its help', () => {
  const vars = readdirSync(join(PACKAGE, 'vars')).filter((name) => name.endsWith('.groovy'));
  expect(vars.map((name) => join('vars', name.replace('.groovy', '.txt'))).sort()).toEqual(FILES.map(([name]) => name).filter((name) => name.startsWith('vars')).sort());
});

it('no option is hidden by a parameter of the library, and each of these is explained', () => {
  const keys: readonly string[] = OPTION_TABLE.map(({ name }) => optionKey(name));
  expect(OWN_PARAMETERS.length).toBeGreaterThan(5);
  expect(OWN_PARAMETERS.filter((name) => keys.includes(name))).toEqual([]);
  const docs = readFileSync(join(PACKAGE, '..', '..', 'docs', 'jenkins.md'), 'utf8');
  const { text } = renderStepHelp('scan');
  expect(OWN_PARAMETERS.filter((name) => !docs.includes(`\`${name}\``) || !text.includes(`\n${name}: `))).toEqual([]);
});
