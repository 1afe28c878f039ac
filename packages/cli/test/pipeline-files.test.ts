import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type EmulatedCli, type Ended, startEmulatedCli } from './emulated-cli.js';
import { withFacts } from './facts.js';
import { fieldsOf, keysOfAll, orderedPairsOf, turned } from './pipeline-files/document-shape.js';
import { headOf, type RecordedFile, recordedFiles, type ResultsFile } from './pipeline-files/results-file.js';

const JAVA = { function: 'java.util.List find(java.lang.String)' };
/** What the earlier scan has found. */
const OLD = [
  { ...JAVA, cwe: 89, severity: 4, file: 'src/main/java/shop/OrderDao.java', line: 117 },
  { cwe: 404, severity: 0, file: 'src/main/java/shop/Till.java', line: 7 },
] as const;
/** What came with a change. */
const NEW = [
  { ...JAVA, cwe: 78, severity: 5, file: 'src/main/java/shop/Printer.java', line: 33 },
  { ...JAVA, cwe: 117, severity: 3, file: 'src/main/java/shop/Log.java', line: 9 },
  { cwe: 614, severity: 2, file: 'src/main/java/shop/Cookie.java', line: 21 },
] as const;
/** The platform tells the gravest first. */
const CHANGED = [NEW[0], OLD[0], NEW[1], NEW[2], OLD[1]] as const;

/** Keys of recorded files that ours have not, and why. */
const NOT_OURS: Readonly<Record<string, string>> = {
  pipeline_scan: "the version of the vendor's command, which writes it itself",
  dev_stage: "written by the vendor's command; the platform's answer has it at the scan only",
  '_links.create': 'only in baselines that other tools wrote, which carry the links of every answer of the platform',
  '_links.start': 'as above',
  '_links.details': 'as above',
  '_links.upload': 'as above',
  '_links.cancel': 'as above',
  '_links.*.name': 'only in baselines that other tools wrote: empty texts of their own structures',
  '_links.*.templated': 'as above',
  'findings[].stack_dumps.stack_dump[].Frame[].StatementText': 'only of Go programs',
};

let world: EmulatedCli;
let [earlier, changed, unchanged] = [] as unknown as [Ended, Ended, Ended];
/** Of the changed program: everything, and what fails. */
let [results, filtered] = [] as unknown as [ResultsFile, ResultsFile];
/** Of the unchanged one, whose baseline knows all. */
let nothingFails: ResultsFile;

beforeAll(async () => {
  world = await startEmulatedCli({ pipelineScans: [{ file: 'earlier.jar', findings: [...OLD] }, { modules: ['{file}'], findings: [...CHANGED] }] });
  const read = async (name: string): Promise<ResultsFile> => (await world.readJson(name)) as unknown as ResultsFile;
  const run = (file: string, ...more: readonly string[]): Promise<Ended> =>
    world.start(['pipeline-scan', '--file', file, '--data-paths', 'violating', '--platform-url', world.emulator.url, ...more]).ended;
  await writeFile(join(world.cwd, 'earlier.jar'), 'content of earlier.jar');
  earlier = await run('earlier.jar');
  await rename(join(world.cwd, 'results.json'), join(world.cwd, 'baseline.json'));
  unchanged = await run('earlier.jar', '--baseline', 'baseline.json');
  nothingFails = await read('filtered_results.json');
  changed = await run('shop.jar', '--baseline', 'baseline.json');
  [results, filtered] = [await read('results.json'), await read('filtered_results.json')];
});
afterAll(() => world.close());

/** CWE, severity and place of each finding, in order. */
function told({ findings }: ResultsFile): readonly (readonly [string, number, string, number])[] {
  return findings.map(({ cwe_id: cwe, severity, files: { source_file: place } }) => [cwe, severity, place.file, place.line]);
}

function asTold(findings: readonly (typeof OLD | typeof NEW)[number][]): readonly (readonly [string, number, string, number])[] {
  return findings.map(({ cwe, severity, file, line }) => [String(cwe), severity, file, line]);
}

describe('a pipeline scan with a baseline', () => {
  it('fails without it, for the old', () => {
    expect(earlier).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('1 of 2 findings is open with severity Very Low or above') });
  });

  it('passes with nothing new, and filters everything out', () => {
    expect(unchanged).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('None of 2 findings is open with severity Very Low or above; not counted: 1 in the baseline.') });
    expect(nothingFails.findings).toEqual([]);
  });

  it('fails for the new only, and both files say so', () => {
    expect(changed).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('3 of 5 findings are open with severity Very Low or above (1 Very High, 1 Medium, 1 Low); not counted: 1 in the baseline.') });
    expect(told(results)).toEqual(asTold(CHANGED));
    expect(told(filtered)).toEqual(asTold(NEW));
  });

  it('sends the artifact whole, starts the scan once, and reads its findings', () => {
    const calls = world.emulator.journal().filter(({ operation }) => operation.includes('pipeline_scan')).map(({ operation }) => operation);
    for (const [operation, count] of [['POST /pipeline_scan/v1/scans', 3], ['PUT /pipeline_scan/v1/scans/{scan_id}/segments/{segment_id}', 3], ['PUT /pipeline_scan/v1/scans/{scan_id}', 3]] as const) {
      expect({ operation, count: calls.filter((call) => call === operation).length }).toEqual({ operation, count });
    }
    expect(calls.at(-1)).toBe('GET /pipeline_scan/v1/scans/{scan_id}/findings');
  });
});

/** What every pair of files of one scan has in common. */
function expectPair(all: ResultsFile, some: ResultsFile): void {
  expect(headOf(some)).toEqual(headOf(all));
  expect(Object.keys(some)).toEqual(Object.keys(all));
  const texts = some.findings.map((finding) => JSON.stringify(finding));
  expect(texts).toEqual(all.findings.map((finding) => JSON.stringify(finding)).filter((text) => texts.includes(text)));
}

describe('results.json and filtered_results.json', () => {
  it('differ in nothing but the findings that are left, whose order stays', () => {
    expectPair(results, filtered);
    expect(filtered.findings.length).toBeLessThan(results.findings.length);
  });

  withFacts('beside recorded ones', (facts) => {
    let recorded: readonly RecordedFile[];
    beforeAll(async () => {
      recorded = await recordedFiles(facts);
      expect(recorded.length).toBeGreaterThan(10);
    });

    const everyField = (): ReadonlySet<string> => new Set(recorded.flatMap(({ file }) => fieldsOf(file)));
    const ours = (): readonly (readonly [string, ResultsFile])[] => [['results', results], ['filtered', filtered], ['nothing fails', nothingFails]];

    it('have no key, and no kind of value, that no recording has', () => {
      const known = everyField();
      for (const [name, file] of ours()) expect({ name, unknown: fieldsOf(file).filter((field) => !known.has(field)) }).toEqual({ name, unknown: [] });
    });

    it('have every key of the recordings, but for a few with a reason', () => {
      const excepted = (key: string): boolean => Object.keys(NOT_OURS).some((one) => key === one || key.startsWith(`${one}.`) || key.replace(/^_links\.\w+/u, '_links.*') === one);
      const keysIn = (file: ResultsFile): readonly string[] => fieldsOf(file).map((field) => field.slice(0, field.lastIndexOf(': ')));
      const wanted = [...new Set(recorded.flatMap(({ file }) => keysIn(file)))];
      for (const [name, file] of ours().slice(0, 2)) {
        const had = new Set(keysIn(file));
        expect({ name, missing: wanted.filter((key) => !had.has(key) && !excepted(key)), needless: [...had].filter(excepted) }).toEqual({ name, missing: [], needless: [] });
      }
      const unused = Object.keys(NOT_OURS).filter((one) => !wanted.some((key) => key === one || key.replace(/^_links\.\w+/u, '_links.*') === one));
      expect(unused).toEqual([]);
    });

    it('have in each object what it has in every recording', () => {
      for (const path of ['', '_links', '_links.self', 'findings[]', 'findings[].files.source_file', 'findings[].flaw_match']) {
        const files = recorded.map(({ file }) => file);
        const always = keysOfAll(files, path);
        expect(always.length).toBeGreaterThan(0);
        for (const [name, file] of ours()) {
          if (path.startsWith('findings') && file.findings.length === 0) continue;
          expect({ name, path, keys: keysOfAll([file], path) }).toEqual({ name, path, keys: expect.arrayContaining([...always]) });
        }
      }
    });

    it('have their keys in the order in which all recordings agree', () => {
      const recordedPairs = new Set(recorded.flatMap(({ file }) => [...orderedPairsOf(file)]));
      for (const [name, file] of ours()) {
        const pairs = [...orderedPairsOf(file)];
        expect({ name, turned: pairs.filter((pair) => !recordedPairs.has(pair) && recordedPairs.has(turned(pair))) }).toEqual({ name, turned: [] });
        // Recordings fix the order of every two keys that we have.
        expect({ name, free: pairs.filter((pair) => !recordedPairs.has(pair)) }).toEqual({ name, free: [] });
      }
    });

    it('are a pair as the recorded pairs are', () => {
      const fileOf = (name: string): ResultsFile => {
        const found = recorded.find((one) => one.name === name);
        if (found === undefined) throw new Error(`${name} is not among the recordings`);
        return found.file;
      };
      expectPair(fileOf('verademo-145-results.json'), fileOf('verademo-145-filtered_results.json'));
      expectPair(fileOf('verademo-18-results-new-fields.json'), fileOf('verademo-18-filtered_results-new-fields.json'));
      expect(fileOf('empty-results.json').findings).toEqual(nothingFails.findings);
    });
  });
});
