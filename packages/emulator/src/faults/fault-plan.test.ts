import { describe, expect, it } from '@jest/globals';
import { createFaultPlan } from './fault-plan.js';
import { readFaults } from './read-faults.js';

function metBy(faults: unknown, calls: readonly string[]): string[][] {
  const plan = createFaultPlan();
  plan.add(readFaults(faults, ['a', 'b']));
  return calls.map((operation) => plan.meet(operation).map(({ text }) => text));
}

describe('createFaultPlan', () => {
  it.each<[string, unknown, string[], string[][]]>([
    ['the next call of the operation', [{ operation: 'a', kind: 'stall' }], ['b', 'a', 'a'], [[], ['stall'], []]],
    ['the second call', [{ operation: 'a', kind: 'stall', nth: 2 }], ['a', 'b', 'a', 'a'], [[], [], ['stall'], []]],
    ['two calls in a row', [{ operation: 'a', kind: 'stall', nth: 2, count: 2 }], ['a', 'a', 'a', 'a'], [[], ['stall'], ['stall'], []]],
    ['all calls', [{ operation: 'a', kind: 'stall', count: 'all' }], ['a', 'a', 'b'], [['stall'], ['stall'], []]],
    ['every operation', [{ operation: '*', kind: 'stall', count: 2 }], ['a', 'b', 'a'], [['stall'], ['stall'], []]],
    [
      'several faults in the order of their setting',
      [{ operation: '*', kind: 'delay:1' }, { operation: 'a', kind: 'stall' }],
      ['a', 'a'],
      [['delay:1', 'stall'], []],
    ],
  ])('%s', (_, faults, calls, wanted) => {
    expect(metBy(faults, calls)).toEqual(wanted);
  });

  it('says how far each has come, until it is cleared', () => {
    const plan = createFaultPlan();
    plan.add(readFaults([{ operation: 'a', kind: 'stall', nth: 2 }], ['a']));
    plan.meet('a');
    expect(plan.list()).toEqual([{ operation: 'a', kind: 'stall', nth: 2, count: 1, seen: 1, met: 0 }]);
    plan.meet('a');
    expect(plan.list()).toEqual([expect.objectContaining({ seen: 2, met: 1 })]);
    plan.clear();
    expect(plan.list()).toEqual([]);
  });
});
