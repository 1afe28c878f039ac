import { readFileSync, writeFileSync } from 'node:fs';

import { OPTION_TABLE, optionKey } from '@verapipe/ci-kit';
import { expect, it } from '@jest/globals';

import { OWN_PARAMETERS } from './library-files.js';
import { renderOptionTable } from './option-table.js';

const FILE = new URL('../src/verapipe/jenkins/OptionTable.groovy', import.meta.url);

it('is current (UPDATE_OPTION_TABLE=1 makes it so)', () => {
  const wanted = renderOptionTable();
  if (process.env['UPDATE_OPTION_TABLE'] === '1') writeFileSync(FILE, wanted);
  expect(readFileSync(FILE, 'utf8')).toBe(wanted);
});

it('has no option that a parameter of the library hides', () => {
  const keys: readonly string[] = OPTION_TABLE.map(({ name }) => optionKey(name));
  expect(OWN_PARAMETERS.length).toBeGreaterThan(5);
  expect(OWN_PARAMETERS.filter((name) => keys.includes(name))).toEqual([]);
});
