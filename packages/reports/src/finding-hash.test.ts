import { describe, expect, it } from '@jest/globals';
import type { JudgedFinding } from '@verapipe/core';

import { reportInput } from '../test/report-input.js';
import { reportText } from '../test/report-text.js';
import { sampleFinding } from '../test/samples.js';
import { findingHash, findingUuid } from './finding-hash.js';
import type { ReportFormatId } from './report-formats.js';

const SHOP = { application: { id: '101', name: 'Web shop', created: false } };
const BANK = { application: { id: '102', name: 'Bank', created: false } };
const UNKNOWN = { application: null };
const { location } = sampleFinding();

/** Everything by which a reader recognises the finding of a report. */
const NAMES_IN: Readonly<Record<string, RegExp>> = {
  'gitlab-code-quality': /"fingerprint":"([^"]+)"/gu,
  'gitlab-sast': /"(?:id|value)":"([0-9a-f-]{36,64})"/gu,
  sarif: /"(?:correlationGuid|veracodeFinding\/v1|primaryLocationLineHash)":"([^"]+)"/gu,
};

async function namesIn(format: string, facts: typeof SHOP | typeof UNKNOWN, finding = sampleFinding()): Promise<readonly string[]> {
  const text = (await reportText(format as ReportFormatId, reportInput([finding], facts))) ?? '';
  return [...text.matchAll(NAMES_IN[format] ?? /(?!)/gu)].map(([, name = '']) => name);
}

describe('findingHash', () => {
  it.each<[name: string, facts: Partial<JudgedFinding>]>([
    ['its line moves', { location: { ...location, line: 200 } }],
    ['its file moves', { location: { ...location, file: 'src/dao/OrderDao.java', repositoryPath: 'shop/src/dao/OrderDao.java' } }],
    ['its severity, weakness and state change', { severity: 2, cwe: 564, status: 'fixed', mitigation: { state: 'accepted', reason: 'x', approver: 'x' } }],
  ])('is the same for a finding of a known application when %s', (_name, facts) => {
    expect(findingHash(sampleFinding(facts), SHOP)).toBe(findingHash(sampleFinding(), SHOP));
  });

  it.each<[name: string, facts: Partial<JudgedFinding>]>([
    ['its line moves', { location: { ...location, line: 200, function: 'findAll' } }],
    ['its severity and state change', { severity: 2, status: 'fixed' }],
  ])('is the same where the application is not known when %s', (_name, facts) => {
    expect(findingHash(sampleFinding(facts), UNKNOWN)).toBe(findingHash(sampleFinding(), UNKNOWN));
  });

  it.each<[name: string, facts: Partial<JudgedFinding>]>([
    ['another id', { id: '8' }],
    ['another kind', { kind: 'manual' }],
  ])('is another one for %s', (_name, facts) => {
    for (const results of [SHOP, UNKNOWN]) expect(findingHash(sampleFinding(facts), results)).not.toBe(findingHash(sampleFinding(), results));
  });

  it.each<[name: string, facts: Partial<JudgedFinding>]>([
    ['another file', { location: { ...location, file: 'src/LoginDao.java' } }],
    ['another file of the checkout', { location: { ...location, repositoryPath: 'bank/src/OrderDao.java' } }],
    ['another weakness', { cwe: 80 }],
  ])('is another one for an equal id in %s, where the application is not known', (_name, facts) => {
    expect(findingHash(sampleFinding(facts), UNKNOWN)).not.toBe(findingHash(sampleFinding(), UNKNOWN));
  });

  it('tells parts apart that are equal when they are put together', () => {
    const apart = findingHash(sampleFinding({ id: '2\nstatic\n3' }), { application: { ...SHOP.application, id: '1' } });
    expect(findingHash(sampleFinding({ id: '3' }), { application: { ...SHOP.application, id: '1\nstatic\n2' } })).not.toBe(apart);
  });
});

describe('findingUuid', () => {
  it('has the form of a UUID that is made from a name', () => {
    expect(findingUuid(sampleFinding(), SHOP)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/u);
  });
});

describe.each(Object.keys(NAMES_IN))('%s', (format) => {
  it('has names of its own for the findings of two applications that have one id', async () => {
    const [shop, bank] = [await namesIn(format, SHOP), await namesIn(format, BANK)];
    expect(shop.length).toBeGreaterThan(0);
    expect(shop.filter((name) => bank.includes(name))).toEqual([]);
  });

  it('has names of its own for equal ids in two files of findings that name no application', async () => {
    const [one, other] = [await namesIn(format, UNKNOWN), await namesIn(format, UNKNOWN, sampleFinding({ location: { ...location, file: 'src/LoginDao.java' } }))];
    expect(one.length).toBeGreaterThan(0);
    expect(one.filter((name) => other.includes(name))).toEqual([]);
  });

  it('has the same names in a sandbox as in the policy scan, which the platform matches', async () => {
    const sandbox = { id: '9', name: 'feature', created: false };
    expect(await namesIn(format, { ...SHOP, sandbox } as typeof SHOP)).toEqual(await namesIn(format, SHOP));
  });
});
