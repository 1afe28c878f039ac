import { describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolveBehaviour } from './scan-behaviour.js';
import { scenarioJsonSchema } from './scenario-json-schema.js';
import { ScenarioError } from './scenario-error.js';
import { createScenario, defaultScenario, parseScenario } from './scenario.js';

function problemsOf(data: unknown): string[] {
  try {
    createScenario(data);
    return [];
  } catch (error) {
    return error instanceof ScenarioError ? error.problems.map(({ path, got, wanted }) => `${path} | ${got} | ${wanted}`) : [String(error)];
  }
}

describe('parseScenario', () => {
  it('reads JSON and YAML alike', () => {
    const json = parseScenario('{"applications":[{"name":"Shop","builds":[{"name":"v1"}]}]}', 'json');
    const yaml = parseScenario('applications:\n  - name: Shop\n    builds: [{ name: v1 }]\n', 'yaml');
    expect(yaml).toEqual(json);
  });

  it('takes an empty file for the default scenario', () => {
    expect(parseScenario('', 'yaml')).toEqual(defaultScenario);
  });

  it.each([
    ['JSON', 'json' as const, '{"a":'],
    ['YAML', 'yaml' as const, 'a: [1'],
  ])('says that a file is not %s', (name, format, text) => {
    expect(() => parseScenario(text, format)).toThrow(new RegExp(`\\(file\\): got .*; wanted text in ${name}`));
  });
});

describe('faults of a scenario', () => {
  it.each<[string, unknown, string[]]>([
    ['unknown key', { aplications: [] }, ['aplications | an unknown key | one of the documented keys (scenario.schema.json)']],
    [
      'unknown state',
      { applications: [{ name: 'Shop', builds: [{ name: 'v1', status: 'Ready' }] }] },
      [expect.stringMatching(/^applications\[0\]\.builds\[0\]\.status \| "Ready" \| one of "Incomplete", /) as unknown as string],
    ],
    ['wrong type', { scans: [{ scanSeconds: '20' }] }, ['scans[0].scanSeconds | "20" | a value of type number']],
    ['too small', { scans: [{ prescanSeconds: -1 }] }, ['scans[0].prescanSeconds | -1 | at least 0']],
    ['missing', { applications: [{}] }, ['applications[0].name | nothing | a value of type string']],
    ['inside a list of findings', { scans: [{ findings: [{ cwe: 0 }] }] }, ['scans[0].findings[0].cwe | 0 | at least 1']],
    [
      'unknown key inside generated findings',
      { scans: [{ findings: { generate: 3, sead: 1 } }] },
      ['scans[0].findings.sead | an unknown key | one of the documented keys (scenario.schema.json)'],
    ],
    [
      'a team that does not exist',
      { applications: [{ name: 'Shop', teams: ['Blue'] }] },
      ['applications[0].teams[0] | "Blue" | a team of the scenario (Default Team)'],
    ],
    [
      'names that differ in case only',
      { applications: [{ name: 'Shop' }, { name: 'SHOP' }] },
      ['applications[1].name | "SHOP" | a name that is used once (ignoring case)'],
    ],
    [
      'a scan name used in a sandbox again',
      { applications: [{ name: 'Shop', builds: [{ name: 'v1' }], sandboxes: [{ name: 'dev', builds: [{ name: 'v1' }] }] }] },
      ['applications[0] (builds and sandbox builds) | "v1" | scan names that are used once in the application'],
    ],
    [
      'two unfinished builds',
      { applications: [{ name: 'Shop', builds: [{ name: 'v1', status: 'Incomplete' }, { name: 'v2' }] }] },
      ['applications[0].builds[0].status | "Incomplete" | Results Ready: only the last build of a list may be unfinished'],
    ],
    [
      'findings with one id',
      { scans: [{ findings: [{ id: 2, cwe: 89 }, { cwe: 80 }] }] },
      ['scans[0].findings[1] | issue id 2 | an id that no other finding of the list has'],
    ],
    [
      'findings of two kinds with one id',
      { scans: [{ findings: { generate: 9 }, dynamicFindings: [{ id: 9, cwe: 80, url: 'https://shop.example/' }], manualFindings: [{ cwe: 1, location: '' }] }] },
      ['scans[0].dynamicFindings[0] | issue id 9 | an id that no other finding of the scan has'],
    ],
    [
      'a dynamic finding without an address',
      { scans: [{ dynamicFindings: [{ cwe: 80, url: 'search' }] }] },
      ['scans[0].dynamicFindings[0].url | "search" | url'],
    ],
  ])('%s', (_, data, wanted) => {
    expect(problemsOf(data)).toEqual(wanted);
  });

  it('names an unknown policy with the ones that exist', () => {
    expect(problemsOf({ applications: [{ name: 'Shop', policy: 'Strict' }] })).toEqual([
      expect.stringContaining('applications[0].policy | "Strict" | a policy that exists (Veracode Recommended Very High, '),
    ]);
  });

  it('reports all of them at once', () => {
    expect(problemsOf({ nonsense: 1, settings: { errorStatus: 9 }, accounts: [] })).toHaveLength(3);
  });
});

describe('scan rules', () => {
  const { scans } = createScenario({
    scans: [
      { application: 'pay*', sandbox: 'dev-?', scanSeconds: 10 },
      { application: 'PAY*', scanSeconds: 20, prescanSeconds: 5 },
      { scanName: 'nightly', findings: [] },
    ],
  });

  it.each<[string, Parameters<typeof resolveBehaviour>[1], object]>([
    ['first matching rule wins', { application: 'payments', sandbox: 'dev-1', scanName: 'x' }, { scanSeconds: 10, prescanSeconds: 5 }],
    ['a sandbox rule leaves policy scans alone', { application: 'payments', sandbox: null, scanName: 'x' }, { scanSeconds: 20 }],
    ['later rules fill in', { application: 'payments', sandbox: null, scanName: 'nightly' }, { scanSeconds: 20, findings: [] }],
    ['defaults remain', { application: 'shop', sandbox: null, scanName: 'x' }, { scanSeconds: 1200, prescanSeconds: 240, findings: 'typical' }],
  ])('%s', (_, place, wanted) => {
    expect(resolveBehaviour(scans, place)).toMatchObject(wanted);
  });
});

describe('scenario.schema.json', () => {
  const file = new URL('../../scenario.schema.json', import.meta.url);

  it('is what the code says (VERAPIPE_UPDATE_SCHEMAS=1 writes it anew)', () => {
    const text = `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`;
    if (process.env['VERAPIPE_UPDATE_SCHEMAS'] === '1') {
      writeFileSync(file, text);
    }
    expect(readFileSync(file, 'utf8').replaceAll('\r\n', '\n')).toBe(text);
  });
});
