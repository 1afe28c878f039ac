import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { withFacts } from '../../test/facts.js';
import { restSample } from '../../test/samples.js';
import { parsePipelineResults } from './pipeline-results.js';
import { readStackDumps } from './stack-dumps.js';

const frame = (line: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({ SourceFile: 'a/B.java', SourceLine: line, FunctionPrototype: 'void f()', ...more });
const dumped = (...dumps: readonly unknown[]): Record<string, unknown> => ({ stack_dumps: { stack_dump: dumps } });

describe('readStackDumps', () => {
  it('leads from where data enters to the finding, lines counted from 1', () => {
    const [first] = parsePipelineResults(restSample('pipeline-results'), 'sample').findings;
    expect(readStackDumps(first?.original ?? {})).toEqual([
      {
        steps: [
          { file: 'OrderRepository.java', repositoryPath: null, line: 92, function: 'java.util.List find(java.lang.String)' },
          { file: 'OrderRepository.java', repositoryPath: null, line: 91, function: 'java.util.List find(java.lang.String)' },
        ],
      },
    ]);
  });

  it.each<[name: string, entry: Record<string, unknown>, steps: readonly (readonly unknown[])[]]>([
    ['no dumps', {}, []],
    ['an empty dump', dumped({}), []],
    ['dumps of another shape', { stack_dumps: 'none' }, []],
    ['a list of another shape', { stack_dumps: { stack_dump: {} } }, []],
    ['a dump that is no object', dumped(null, 'x', { Frame: 'y' }, { Frame: [null, 7] }), []],
    ['frames without a place', dumped({ Frame: [{ SourceFile: 'UNKNOWN', FunctionName: '' }] }), []],
    ['several dumps', dumped({ Frame: [frame('8'), frame('2')] }, { Frame: [frame('8')] }), [[3, 9], [9]]],
    ['a line that is none', dumped({ Frame: [frame('-1'), frame('x'), frame('')] }), [[null, null, null]]],
    ['a function alone', dumped({ Frame: [{ SourceFile: {}, FunctionName: 'main' }] }), [[null]]],
  ])('%s', (_name, entry, lines) => {
    expect(readStackDumps(entry).map(({ steps }) => steps.map(({ line }) => line))).toEqual(lines);
  });

  it('takes the fullest name of a function, and one spelling of paths', () => {
    const names = { FunctionPrototype: '', QualifiedFunctionName: 'a.B.f', FunctionName: 'f', SourceFile: String.raw`a\B.cs` };
    expect(readStackDumps(dumped({ Frame: [frame('1', names)] }))).toEqual([{ steps: [{ file: 'a/B.cs', repositoryPath: null, line: 2, function: 'a.B.f' }] }]);
  });
});

describe('recorded stack dumps', () => {
  withFacts('end at the place of their finding', (facts) => {
    it('end at the place of their finding', () => {
      const folder = join(facts, 'veracode-api', 'samples', 'rest', 'pipeline');
      const dumps = readdirSync(folder)
        .filter((name) => /-(results|baseline)\b.*\.json$/.test(name))
        .flatMap((name) => parsePipelineResults(readFileSync(join(folder, name), 'utf8'), name).findings)
        .flatMap(({ finding, original }) => readStackDumps(original).map(({ steps }) => ({ place: finding.location, end: steps.at(-1) })));
      expect(dumps.length).toBeGreaterThan(10);
      expect(dumps.map(({ end }) => [end?.file, end?.line])).toEqual(dumps.map(({ place }) => [place.file, place.line]));
    });
  });
});
