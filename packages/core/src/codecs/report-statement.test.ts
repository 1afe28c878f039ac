import { describe, expect, it } from '@jest/globals';

import { bytesOf, flaws } from '../../test/report-text.js';
import type { PolicyFlaw } from '../domain/policy-flaw.js';
import { decodePolicyFlaws } from './detailed-report-stream.js';

const HASHES = { procedure_hash: '11', prototype_hash: '22', statement_hash: '33', statement_hash_count: '2', statement_hash_ordinal: '1' };

function element(attributes: Readonly<Record<string, string>>, children = ''): string {
  const text = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
  return `<flaw issueid="7" severity="3" cweid="89"${text.join('')}>${children}</flaw>`;
}

async function read(kind: string, ...elements: readonly string[]): Promise<readonly PolicyFlaw[]> {
  const list: PolicyFlaw[] = [];
  for await (const flaw of decodePolicyFlaws(bytesOf(flaws(kind, ...elements)))) list.push(flaw);
  return list;
}

describe('the static flaws of a report', () => {
  it('carry their five hashes, and what was decided about them', async () => {
    const history = '<mitigations><mitigation action="Mitigate by Design" user="ann"/><mitigation action="Approve Mitigation" user="bob"/></mitigations>';
    const attributes = { ...HASHES, mitigation_status: 'accepted', remediation_status: 'Open' };
    expect(await read('staticflaws', element(attributes, history))).toEqual([
      {
        id: '7',
        cwe: 89,
        isFixed: false,
        mitigation: { state: 'accepted', reason: 'Mitigate by Design', approver: 'bob' },
        statement: { procedureHash: '11', prototypeHash: '22', statementHash: '33', statementHashCount: 2, statementHashOrdinal: 1 },
      },
    ]);
  });

  it('know when they are fixed', async () => {
    expect(await read('staticflaws', element({ remediation_status: 'Fixed' }), element({ remediation_status: 'New' }))).toMatchObject([{ isFixed: true }, { isFixed: false }]);
  });

  it.each<[name: string, attributes: Readonly<Record<string, string>>]>([
    ['none of them', {}],
    ...Object.keys(HASHES).map((name): [string, Readonly<Record<string, string>>] => [`all but ${name}`, Object.fromEntries(Object.entries(HASHES).filter(([other]) => other !== name))]),
    ...Object.keys(HASHES).map((name): [string, Readonly<Record<string, string>>] => [`an empty ${name}`, { ...HASHES, [name]: '' }]),
    ['a count that is no number', { ...HASHES, statement_hash_count: 'many' }],
    ['an ordinal below zero', { ...HASHES, statement_hash_ordinal: '-1' }],
  ])('with %s are recognised by nothing', async (_name, attributes) => {
    expect(await read('staticflaws', element(attributes))).toMatchObject([{ id: '7', statement: null }]);
  });

  it.each(['dynamicflaws', 'manualflaws'])('are not those of %s', async (kind) => {
    expect(await read(kind, element(HASHES))).toEqual([]);
  });
});
