import { createPathMapper, type Finding, type PathMapper } from '@verapipe/core';
import { describe, expect, it } from '@jest/globals';

import { madeFinding } from '../../test/made-finding.js';
import { mapDataPaths, mapFindings } from './map-findings.js';

const MAPPER = createPathMapper({ files: ['web/src/main/java/com/example/A.java', 'one/B.py', 'two/B.py'] });
const HOME = 'web/src/main/java/com/example/A.java';

const at = (file: string | null, more: Partial<Finding> = {}, repositoryPath: string | null = null): Finding => madeFinding({ ...more, location: { file, repositoryPath } });

async function mapped(findings: readonly Finding[], mapper: PathMapper | null = MAPPER): Promise<{ readonly paths: readonly (string | null)[]; readonly tally: unknown }> {
  const { findings: source, tally } = mapFindings(findings, mapper);
  expect(tally()).toBeNull();
  const paths: (string | null)[] = [];
  for await (const { location } of source) paths.push(location.repositoryPath);
  return { paths, tally: tally() };
}

describe('mapFindings', () => {
  it.each<[name: string, finding: Finding, path: string | null, counted: object]>([
    ['a file of the checkout', at('com/example/A.java'), HOME, { mapped: 1 }],
    ['a file that several fit', at('B.py'), null, { ambiguous: 1 }],
    ['a file that is not there', at('org/Other.java'), null, { unmatched: 1 }],
    ['no file', at(null), null, { withPath: 0, withoutPath: 1 }],
    ['a component', at('com/example/A.java', { kind: 'sca' }), null, { withPath: 0, withoutPath: 1 }],
    ['a fixed finding, which does not count', at('com/example/A.java', { status: 'fixed' }), HOME, { withPath: 0, withoutPath: 0 }],
    ['what an earlier run found and this one does not', at('org/Other.java', {}, 'lib/Other.java'), 'lib/Other.java', { unmatched: 1 }],
    ['what an earlier run found elsewhere', at('com/example/A.java', {}, 'old/A.java'), HOME, { mapped: 1 }],
  ])('%s', async (_name, finding, path, counted) => {
    const { paths, tally } = await mapped([finding]);
    expect(paths).toEqual([path]);
    expect(tally).toMatchObject(counted);
  });

  it('changes nothing else about a finding', async () => {
    const finding = at('com/example/A.java');
    for await (const found of mapFindings([finding], MAPPER).findings) {
      expect(found).toEqual({ ...finding, location: { ...finding.location, repositoryPath: HOME } });
    }
  });

  it('can be read again, with the same count', async () => {
    const { findings, tally } = mapFindings([at('com/example/A.java'), at('B.py')], MAPPER);
    for (const _ of [1, 2]) {
      let count = 0;
      for await (const _finding of findings) count += 1;
      expect([count, tally()]).toEqual([2, { withPath: 2, mapped: 1, ambiguous: 1, unmatched: 0, ruleMissed: 0, withoutPath: 0 }]);
    }
  });

  it('says nothing without a checkout', async () => {
    await expect(mapped([at('com/example/A.java')], null)).resolves.toEqual({ paths: [null], tally: null });
  });
});

describe('mapDataPaths', () => {
  const step = (file: string | null): { file: string | null; repositoryPath: null; line: number; function: null } => ({ file, repositoryPath: null, line: 1, function: null });

  it('leads each step to its own file', () => {
    const [path] = mapDataPaths([{ steps: [step('com/example/A.java'), step('B.py'), step(null)] }], null, MAPPER);
    expect(path?.steps.map(({ repositoryPath }) => repositoryPath)).toEqual([HOME, null, null]);
  });

  it('leaves them alone without a checkout', () => {
    const paths = [{ steps: [step('com/example/A.java')] }];
    expect(mapDataPaths(paths, null, null)).toBe(paths);
  });
});
