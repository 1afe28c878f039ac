import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { withFacts } from '../../test/facts.js';
import { restSample } from '../../test/samples.js';
import { decodeStaticFlaw } from '../codecs/rest-documents/flaw-details.js';
import { parseJsonObject } from '../codecs/rest.js';
import { dataPathsOf } from './data-paths.js';
import type { DataPath, DataPathStep } from './flaw-details.js';

const step = (line: number, position: number | null = null): DataPathStep => ({ position, file: 'a/B.java', line, function: 'f' });
const path = (facts: Partial<DataPath>): DataPath => ({ module: 'shop.war', file: 'a/B.java', line: 9, function: 'f', steps: [], ...facts });

function linesOf(...dataPaths: readonly DataPath[]): readonly (readonly (number | null)[])[] {
  return dataPathsOf({ dataPaths }).map(({ steps }) => steps.map(({ line }) => line));
}

describe('dataPathsOf', () => {
  it('leads from where data enters to the finding, with what is known of each place', () => {
    expect(dataPathsOf(decodeStaticFlaw(parseJsonObject(restSample('static-flaw-info'), 'sample'), 'sample'))).toEqual([
      {
        steps: [
          { file: 'Orders.java', repositoryPath: null, line: null, function: null },
          { file: 'com/example/shop/OrderDao.java', repositoryPath: null, line: 117, function: 'find' },
        ],
      },
    ]);
  });

  it.each<[name: string, paths: readonly DataPath[], lines: readonly (readonly (number | null)[])[]]>([
    ['no path', [], []],
    ['numbers that count down', [path({ steps: [step(9, 2), step(4, 1)] })], [[4, 9]]],
    ['numbers that count up', [path({ steps: [step(9, 1), step(4, 2)] })], [[4, 9]]],
    ['no numbers', [path({ steps: [step(9), step(4)] })], [[4, 9]]],
    ['a path without steps: its own place', [path({})], [[9]]],
    ['a path that names no place', [path({ file: null, function: null })], []],
    ['several paths', [path({ steps: [step(9), step(4)] }), path({ steps: [step(9)] })], [[4, 9], [9]]],
  ])('%s', (_name, paths, lines) => {
    expect(linesOf(...paths)).toEqual(lines);
  });

  withFacts('samples of others', (facts) => {
    it('ends at the place of the finding, as the sample says', () => {
      const text = readFileSync(join(facts, 'veracode-api', 'samples', 'rest', 'constructed', 'static-flaw-info.json'), 'utf8');
      const details = decodeStaticFlaw(parseJsonObject(text, 'sample'), 'sample');
      expect(dataPathsOf(details).map(({ steps }) => steps.at(-1)?.line)).toEqual(details.dataPaths.map(({ line }) => line));
    });
  });
});
