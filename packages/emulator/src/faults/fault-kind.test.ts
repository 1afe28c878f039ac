import { describe, expect, it } from '@jest/globals';
import { faultKindPattern, faultKinds, parseFaultKind } from './fault-kind.js';
import type { Fault } from './fault.js';
import { FaultError, readFaults } from './read-faults.js';

describe('parseFaultKind', () => {
  it.each<[string, Fault]>([
    ['status:503', { kind: 'status', status: 503, retryAfterSeconds: null }],
    ['status:429:7', { kind: 'status', status: 429, retryAfterSeconds: 7 }],
    ['html-200', { kind: 'html-200' }],
    ['reset-before', { kind: 'reset-before' }],
    ['reset-after', { kind: 'reset-after' }],
    ['cut-body', { kind: 'cut-body' }],
    ['delay:0.5', { kind: 'delay', seconds: 0.5 }],
    ['stall', { kind: 'stall' }],
    ['empty-200', { kind: 'empty-200' }],
    ['wrong-root', { kind: 'wrong-root' }],
    ['bad-xml', { kind: 'bad-xml' }],
    ['bad-json', { kind: 'bad-json' }],
    ['stale-read', { kind: 'stale-read', reads: 1 }],
    ['stale-read:3', { kind: 'stale-read', reads: 3 }],
    ['duplicate-name', { kind: 'duplicate-name' }],
    ['expired-credentials', { kind: 'expired-credentials' }],
    ['clock-skew', { kind: 'clock-skew', seconds: 3600 }],
    ['clock-skew:-20', { kind: 'clock-skew', seconds: -20 }],
    ['stuck-prescan', { kind: 'stuck-prescan' }],
    ['scan-failed', { kind: 'scan-failed' }],
    ['deleted-build', { kind: 'deleted-build' }],
    ['cancelled-in-ui', { kind: 'cancelled-in-ui' }],
    ['policy-calculating', { kind: 'policy-calculating', seconds: null }],
    ['policy-calculating:90', { kind: 'policy-calculating', seconds: 90 }],
  ])('%s', (text, wanted) => {
    expect(parseFaultKind(text)).toEqual(wanted);
    expect(text).toMatch(new RegExp(faultKindPattern));
  });

  it('knows twenty kinds', () => {
    expect(faultKinds).toHaveLength(20);
  });

  it.each(['', 'status', 'status:99', 'status:600', 'status:503:', 'stall:1', 'delay', 'delay:-1', 'delay:1e9', 'stale-read:0', 'reset', 'Stall', ' stall'])(
    '%j is none',
    (text) => {
      expect(parseFaultKind(text)).toBeUndefined();
      expect(text).not.toMatch(new RegExp(faultKindPattern));
    },
  );
});

describe('readFaults', () => {
  const operations = ['createbuild.do', 'createapp.do'];

  it('fills in the defaults', () => {
    expect(readFaults([{ operation: '*', kind: 'stall' }], operations)).toEqual([{ operation: '*', kind: 'stall', nth: 1, count: 1 }]);
  });

  it.each<[string, unknown, string[]]>([
    ['no list', 'stall', ['(top): got "stall"; wanted a value of type array']],
    ['an unknown key', [{ operation: '*', kind: 'stall', times: 2 }], ['[0].times: got an unknown key; wanted']],
    ['a missing kind', [{ operation: '*' }], ['[0].kind: got nothing; wanted a value of type string']],
    ['a misspelt kind', [{ operation: '*', kind: 'reset-befor' }], ['[0].kind: got "reset-befor"; wanted one of status:', 'The nearest is reset-before']],
    ['a wrong argument', [{ operation: '*', kind: 'status:9' }], ['The nearest is status:<code>[:<retry-after seconds>]']],
    ['a misspelt operation', [{ operation: 'createbild.do', kind: 'stall' }], ['[0].operation: got "createbild.do"', 'Did you mean "createbuild.do"?']],
    ['a call before the first', [{ operation: '*', kind: 'stall', nth: 0 }], ['[0].nth: got 0; wanted at least 1']],
    ['no calls', [{ operation: '*', kind: 'stall', count: 0 }], ['[0].count: got 0']],
    ['several faults at once', [{ operation: 'x', kind: 'stall' }, { operation: 'y', kind: 'stall' }], ['[0].operation', '[1].operation']],
  ])('refuses %s', (_, data, parts) => {
    const read = (): unknown => readFaults(data, operations);
    expect(read).toThrow(FaultError);
    for (const part of parts) {
      expect(read).toThrow(part);
    }
  });
});
