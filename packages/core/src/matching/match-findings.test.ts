import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { type FindingFacts, madeFinding, madeFlawMatch } from '../../test/made-findings.js';
import type { Finding } from '../domain/finding.js';
import { createRecognisedFindings } from './recognised-findings.js';
import { type FindingComparison, matchFindings } from './match-findings.js';
import type { MatchConfidence } from './match-rounds.js';

const at = (line: number | null, more: FindingFacts = {}): Finding =>
  madeFinding({ id: `line ${String(line)}`, ...more, location: { line, ...more.location } });
const hashed = (flawHash: string, line: number, more: FindingFacts = {}): Finding => at(line, { flawMatch: madeFlawMatch(flawHash), ...more });

async function compare(baseline: readonly Finding[], current: readonly Finding[], idsAreShared = false): Promise<FindingComparison> {
  return matchFindings({ baseline, current, idsAreShared });
}

/** One line for each match: the line before, the line now, and how they were matched. */
function told({ known, added, gone }: FindingComparison): { known: string[]; added: (number | null)[]; gone: (number | null)[] } {
  return {
    known: known.map(({ baseline, current, confidence }) => `${String(baseline.line)}>${String(current.line)} ${confidence}`),
    added: added.map(({ line }) => line),
    gone: gone.map(({ line }) => line),
  };
}

describe('matchFindings by hashes', () => {
  it.each<[name: string, baseline: Finding[], current: Finding[], wanted: ReturnType<typeof told>]>([
    ['a flaw that moved', [hashed('a', 10)], [hashed('a', 900)], { known: ['10>900 exact'], added: [], gone: [] }],
    ['a flaw that moved to another file', [hashed('a', 10)], [hashed('a', 20, { location: { file: 'x/New.java' } })], { known: ['10>20 exact'], added: [], gone: [] }],
    ['another flaw in the same place', [hashed('a', 10)], [hashed('b', 10)], { known: [], added: [10], gone: [10] }],
    ['one of eight values differs', [hashed('a', 10)], [at(10, { flawMatch: madeFlawMatch('a', { causeHashOrdinal: 2 }) })], { known: [], added: [10], gone: [10] }],
    ['another CWE with equal hashes', [hashed('a', 10, { cwe: 404 })], [hashed('a', 10)], { known: [], added: [10], gone: [10] }],
    ['equal hashes are counted: two became three', [hashed('a', 10), hashed('a', 20)], [hashed('a', 10), hashed('a', 20), hashed('a', 30)], { known: ['10>10 exact', '20>20 exact'], added: [30], gone: [] }],
    ['equal hashes are counted: three became one', [hashed('a', 10), hashed('a', 20), hashed('a', 30)], [hashed('a', 21)], { known: ['20>21 exact'], added: [], gone: [10, 30] }],
    [
      'equal hashes prefer their own file',
      [hashed('a', 10, { location: { file: 'One.java' } }), hashed('a', 50, { location: { file: 'Two.java' } })],
      [hashed('a', 11, { location: { file: 'Two.java' } })],
      { known: ['50>11 exact'], added: [], gone: [10] },
    ],
  ])('%s', async (_name, baseline, current, wanted) => {
    expect(told(await compare(baseline, current))).toEqual(wanted);
  });
});

describe('matchFindings by ids', () => {
  it.each<[name: string, shared: boolean, baseline: Finding[], current: Finding[], wanted: ReturnType<typeof told>]>([
    ['equal ids of one application', true, [at(10, { id: '7' })], [at(500, { id: '7', location: { function: 'other' } })], { known: ['10>500 id'], added: [], gone: [] }],
    ['two ids are two findings, though in one place', true, [at(10, { id: '7' })], [at(10, { id: '8' })], { known: [], added: [10], gone: [10] }],
    ['ids of two kinds are two findings', true, [at(10, { id: '7' })], [at(10, { id: '7', kind: 'manual' })], { known: [], added: [10], gone: [10] }],
    ['ids of two applications say nothing', false, [at(10, { id: '7' })], [at(10, { id: '7', cwe: 80 })], { known: [], added: [10], gone: [10] }],
  ])('%s', async (_name, shared, baseline, current, wanted) => {
    expect(told(await compare(baseline, current, shared))).toEqual(wanted);
  });
});

describe('matchFindings by place', () => {
  const component = { id: 'c', fileName: 'log.jar', version: '1', vulnerabilityId: 'CVE-2026-1', cvss: 9, licences: [] };
  const sca = (more: Partial<typeof component>): Finding => at(null, { kind: 'sca', cwe: null, component: { ...component, ...more }, location: { file: null } });
  const url = (address: string | null, parameter: string | null = 'q'): Finding => at(null, { kind: 'dynamic', location: { file: null, function: null, url: address, parameter } });
  const scripted = (line: number): Finding => at(line, { location: { file: 'app.py', function: null } });
  const yes = { added: 0, gone: 0 };
  const no = { added: 1, gone: 1 };

  it.each<[name: string, baseline: Finding, current: Finding, wanted: { added: number; gone: number }]>([
    ['the same function, however far', at(10), at(5000), yes],
    ['another function', at(10), at(10, { location: { function: 'save' } }), no],
    ['the function spelled in another way', at(10, { location: { function: 'void find(java.lang.String, int)' } }), at(12, { location: { function: 'com.example.Dao.find' } }), yes],
    ['another CWE', at(10), at(10, { cwe: 80 }), no],
    ['another file', at(10), at(10, { location: { file: 'com/example/Dao2.java' } }), no],
    ['the path spelled in another way', at(10, { location: { file: '\\com\\example\\Dao.java' } }), at(10), yes],
    ['no function, near', scripted(10), scripted(110), yes],
    ['no function, too far', scripted(10), scripted(111), no],
    ['a function on one side only, near', at(10, { location: { function: 'UNKNOWN' } }), at(12), yes],
    ['a function on one side only, too far', at(10, { location: { function: null } }), at(500), no],
    ['a line on one side only', at(null), at(10), no],
    ['hashes on one side only', hashed('a', 10), at(12), yes],
    ['no file, but module and function', at(null, { location: { file: null } }), at(null, { location: { file: null } }), yes],
    ['no file and no function', at(null, { location: { file: null, function: null } }), at(null, { location: { file: null, function: null } }), no],
    ['the vulnerability of a component in another version', sca({}), sca({ id: 'd', version: '2' }), yes],
    ['another vulnerability', sca({}), sca({ vulnerabilityId: 'CVE-2026-2' }), no],
    ['an address without its query', url('https://a.example/x?s=1'), url('https://a.example/x?s=2#top'), yes],
    ['another parameter', url('https://a.example/x'), url('https://a.example/x', 'r'), no],
    ['no address', url(null), url(null), no],
    ['a text that looks like a boundary of keys', at(10, { location: { file: 'a\u0000=b' } }), at(10, { location: { file: 'a' } }), no],
  ])('%s', async (_name, baseline, current, wanted) => {
    const { known, added, gone } = await compare([baseline], [current]);
    expect({ added: added.length, gone: gone.length }).toEqual(wanted);
    expect(known.map(({ confidence }) => confidence)).toEqual(wanted.added === 0 ? ['near'] : []);
  });

  it('takes the nearest lines, one-to-one', async () => {
    expect(told(await compare([at(10), at(20), at(30)], [at(31), at(12), at(500)]))).toEqual({ known: ['10>12 near', '30>31 near', '20>500 near'], added: [], gone: [] });
    expect(told(await compare([at(10)], [at(11), at(9), at(10)]))).toEqual({ known: ['10>10 near'], added: [9, 11], gone: [] });
  });

  it('leaves fixed findings out of both sets', async () => {
    expect(told(await compare([at(10, { status: 'fixed' }), at(20)], [at(10), at(20, { status: 'fixed' })]))).toEqual({ known: ['20>10 near'], added: [], gone: [] });
    expect(told(await compare([at(10, { status: 'fixed' })], [at(10)]))).toEqual({ known: [], added: [10], gone: [] });
  });
});

const finding = fc
  .record({
    id: fc.constantFrom('1', '2', '3'),
    line: fc.option(fc.integer({ min: 1, max: 40 })),
    cwe: fc.constantFrom(79, 89, null),
    kind: fc.constantFrom<Finding['kind']>('static', 'manual'),
    file: fc.constantFrom('A.java', 'B.java'),
    name: fc.constantFrom('find', 'save', null),
    hash: fc.option(fc.constantFrom('a', 'b')),
    status: fc.constantFrom<Finding['status']>('open', 'new', 'fixed'),
  })
  .map(({ id, line, cwe, kind, file, name, hash, status }) =>
    madeFinding({ id, cwe, kind, status, flawMatch: hash === null ? null : madeFlawMatch(hash), location: { line, file, function: name } }),
  );
const findings = fc.array(finding, { maxLength: 25 });
const present = (all: readonly Finding[]): number => all.filter(({ status }) => status !== 'fixed').length;

describe('properties of matchFindings', () => {
  it('knows every finding of a set in itself, at its own place', async () => {
    await fc.assert(
      fc.asyncProperty(findings, fc.boolean(), async (all, shared) => {
        const { known, added, gone } = await compare(all, all, shared);
        expect({ known: known.length, added, gone }).toEqual({ known: present(all), added: [], gone: [] });
        if (!shared) for (const { baseline, current } of known) expect(baseline.line).toBe(current.line);
        const recognised = createRecognisedFindings({ known, added, gone });
        for (const one of all) if (one.status !== 'fixed') expect(recognised.isKnown(one)).toBe(true);
      }),
    );
  });

  it('matches one-to-one and loses nothing', async () => {
    await fc.assert(
      fc.asyncProperty(findings, findings, fc.boolean(), async (before, now, shared) => {
        const { known, added, gone } = await compare(before, now, shared);
        expect(known.length + added.length).toBe(present(now));
        expect(known.length + gone.length).toBe(present(before));
        expect(new Set(known.map(({ baseline }) => baseline)).size).toBe(known.length);
        expect(new Set(known.map(({ current }) => current)).size).toBe(known.length);
      }),
    );
  });

  it('says the same whatever the order', async () => {
    await fc.assert(
      fc.asyncProperty(findings, findings, fc.boolean(), fc.func(fc.nat()), async (before, now, shared, rank) => {
        const shuffled = (all: readonly Finding[]): Finding[] => all.map((one, index) => ({ one, key: rank(index) })).sort((a, b) => a.key - b.key).map(({ one }) => one);
        expect(await compare(shuffled(before), shuffled(now), shared)).toEqual(await compare(before, now, shared));
      }),
    );
  });
});

describe('createRecognisedFindings', () => {
  it.each<[name: string, baseline: Finding[], current: Finding[], wanted: (MatchConfidence | null)[]]>([
    ['tells known from new', [hashed('a', 10), at(20)], [hashed('a', 11), at(21), at(22, { cwe: 80 })], ['exact', 'near', null]],
    ['knows none of several that cannot be told apart, when one of them is new', [hashed('a', 10)], [hashed('a', 10), hashed('a', 10)], [null, null]],
  ])('%s', async (_name, baseline, current, wanted) => {
    const recognised = createRecognisedFindings(await compare(baseline, current));
    expect(current.map((one) => recognised.confidenceOf(one))).toEqual(wanted);
    expect(current.map((one) => recognised.isKnown(one))).toEqual(wanted.map((confidence) => confidence !== null));
  });
});
