import type { Finding } from '@verapipe/core';
import { describe, expect, it } from '@jest/globals';

import { madeFinding } from '../../test/made-finding.js';
import { violatingIds } from './violating-findings.js';

const mitigation = (state: Finding['mitigation']['state']): Partial<Finding> => ({ mitigation: { state, reason: null, approver: null } });

describe('violatingIds', () => {
  it.each<[name: string, facts: Partial<Finding>, asked: boolean]>([
    ['an open one that violates the policy', {}, true],
    ['a new one', { status: 'new' }, true],
    ['a reopened one', { status: 'reopened' }, true],
    ['one whose status nobody knows', { status: 'unknown' }, true],
    ['a fixed one', { status: 'fixed' }, false],
    ['one that violates nothing', { affectsPolicy: false }, false],
    ['one of which nobody says it', { affectsPolicy: null }, false],
    ['an accepted mitigation', mitigation('accepted'), false],
    ['a proposed mitigation', mitigation('proposed'), true],
    ['a rejected mitigation', mitigation('rejected'), true],
    ['a dynamic one', { kind: 'dynamic' }, false],
    ['a manual one', { kind: 'manual' }, false],
    ['a component', { kind: 'sca' }, false],
  ])('%s', async (_name, facts, asked) => {
    await expect(violatingIds([madeFinding(facts)])).resolves.toEqual(asked ? ['1'] : []);
  });
});
