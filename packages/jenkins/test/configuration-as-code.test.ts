import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from '@jest/globals';
import { parse } from 'yaml';

import { fenced } from './builds-to-run.js';
import { PACKAGE } from './library-files.js';

it('the example makes the credential that the library asks for, and the library that examples ask for', () => {
  const example = parse(readFileSync(join(PACKAGE, 'examples', 'configuration-as-code.yaml'), 'utf8')) as Readonly<Record<string, unknown>>;
  expect(example).toMatchObject({
    credentials: { system: { domainCredentials: [{ credentials: [{ usernamePassword: { id: 'veracode', username: '${VERACODE_API_KEY_ID}', password: '${VERACODE_API_KEY_SECRET}' } }] }] } },
    unclassified: { globalLibraries: { libraries: [{ name: 'verapipe', retriever: { modernSCM: { libraryPath: 'packages/jenkins/' } } }] } },
  });
  expect(parse(fenced('yaml', 'Credentials'))).toEqual({ credentials: example['credentials'] });
});
