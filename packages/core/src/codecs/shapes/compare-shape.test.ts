import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { withFacts } from '../../../test/facts.js';
import { compareShape } from './compare-shape.js';
import { APPLICATION_PAGE, FINDING_PAGE, OWN_CREDENTIALS, OWN_USER, POLICY_PAGE, SANDBOX_PAGE } from './rest-shapes.js';
import type { Shape } from './shape.js';

const SHAPE: Shape = { name: 'text', 'when?': 'date', state: '=OPEN|CLOSED', 'items?': [{ id: 'number' }], 'flag?': 'flag', 'any?': 'any', 'number?': 'id', 'word?': 'boolean' };
const GOOD = { name: 'a', state: 'OPEN' };

describe('compareShape', () => {
  it.each<[name: string, value: unknown]>([
    ['the least', GOOD],
    ['everything', { ...GOOD, when: '2026-01-01T00:00:00.000Z', items: [{ id: 1 }], flag: false, any: { x: [] }, number: '007', word: 'true' }],
    ['optional fields that are null or empty', { ...GOOD, when: '', items: null, flag: null }],
  ])('has nothing against %s', (_name, value) => {
    expect(compareShape(value, SHAPE)).toEqual([]);
  });

  it.each<[name: string, value: unknown, path: string, kind: string, got: string]>([
    ['a field that is gone', { state: 'OPEN' }, 'name', 'missing', 'nothing'],
    ['a field that is null', { ...GOOD, name: null }, 'name', 'missing', 'null'],
    ['another kind', { ...GOOD, name: 7 }, 'name', 'other-kind', 'number'],
    ['a date that is none', { ...GOOD, when: 'soon' }, 'when', 'other-kind', 'text'],
    ['a number that has become text', { ...GOOD, items: [{ id: '1' }] }, 'items[].id', 'other-kind', 'text'],
    ['a list that has become an object', { ...GOOD, items: { id: 1 } }, 'items', 'other-kind', 'object'],
    ['an object that has become text', 'x', '', 'other-kind', 'text'],
    ['an id that is none', { ...GOOD, number: '1a' }, 'number', 'other-kind', 'text'],
    ['a word that is no truth value', { ...GOOD, word: 'perhaps' }, 'word', 'other-kind', 'text'],
    ['a new word', { ...GOOD, state: 'HALF OPEN' }, 'state', 'unknown-word', 'HALF OPEN'],
    ['a new field', { ...GOOD, more: [] }, 'more', 'unknown-field', 'list'],
  ])('tells %s', (_name, value, path, kind, got) => {
    expect(compareShape(value, SHAPE)).toEqual([{ path, kind, got, expected: expect.any(String), times: 1 }]);
  });

  it('counts what comes again, and never shows a value', () => {
    const secret = 'somebody@example.com';
    const value = { ...GOOD, state: secret, [secret]: secret, items: [{ id: secret }, { id: secret }] };
    const differences = compareShape(value, SHAPE);
    expect(differences).toContainEqual({ path: 'items[].id', kind: 'other-kind', expected: 'number', got: 'text', times: 2 });
    expect(differences).toContainEqual(expect.objectContaining({ path: '(another name)', kind: 'unknown-field' }));
    expect(differences).toContainEqual(expect.objectContaining({ path: 'state', got: '(no word)' }));
    expect(JSON.stringify(differences)).not.toContain('example.com');
  });
});

const SHAPES: readonly (readonly [RegExp, Shape])[] = [
  [/^applications\//, APPLICATION_PAGE],
  [/^findings\/static-(?!anonymised)/, FINDING_PAGE],
  [/^constructed\/users-self-/, OWN_USER],
  [/^constructed\/api_credentials-get/, OWN_CREDENTIALS],
  [/^constructed\/policies-list/, POLICY_PAGE],
  [/^constructed\/sandboxes-/, SANDBOX_PAGE],
];

describe('recorded answers', () => {
  withFacts('have the shapes that are expected of the platform', (folder) => {
    const root = join(folder, 'veracode-api', 'samples', 'rest');
    const files = ['applications', 'findings', 'constructed'].flatMap((name) => readdirSync(join(root, name)).map((file) => `${name}/${file}`));

    it.each(files.filter((file) => SHAPES.some(([pattern]) => pattern.test(file))))('%s', (file) => {
      const shape = SHAPES.find(([pattern]) => pattern.test(file))?.[1] ?? 'any';
      expect(compareShape(JSON.parse(readFileSync(join(root, file), 'utf8')), shape)).toEqual([]);
    });
  });
});
