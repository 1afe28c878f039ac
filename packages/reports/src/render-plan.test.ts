import { describe, expect, it } from '@jest/globals';
import type { Plan } from '@verapipe/core';

import { renderPlan } from './render-plan.js';

const PLAN: Plan = {
  known: { application: '"Shop" (200001)', build: '"Jenkins 17", to be created' },
  steps: [
    { kind: 'change', operation: 'createbuild.do', method: 'POST', path: '/api/5.0/createbuild.do', parameters: { app_id: '200001', version: 'Jenkins 17' }, note: null },
    { kind: 'poll', operation: 'getbuildinfo.do', everyMs: 120_000, until: 'the prescan has ended' },
    { kind: 'change', operation: 'PUT /scans/{scan_id}', method: 'PUT', path: '/scans/{scan}', parameters: {}, note: 'once' },
    { kind: 'change', operation: 'POST /scans', method: 'POST', path: '/scans', parameters: { size: 3 }, note: null },
    { kind: 'read', operation: 'detailedreport.do', why: 'findings are read and counted' },
  ],
};

describe('renderPlan', () => {
  it('numbers what changes, and says between what is read and waited for', () => {
    expect(renderPlan(PLAN, { command: 'scan', platformUrl: 'https://platform.example' })).toBe(
      [
        'Plan of `verapipe scan` against https://platform.example',
        '  application: "Shop" (200001)',
        '  build: "Jenkins 17", to be created',
        '',
        '  1.  createbuild.do        app_id="200001" version="Jenkins 17"',
        '      getbuildinfo.do       every 120 s, until the prescan has ended',
        '  2.  PUT /scans/{scan_id}  /scans/{scan} (once)',
        '  3.  POST /scans           size=3',
        '      detailedreport.do     reads: findings are read and counted',
        '',
        '3 calls change the platform; nothing was changed now.',
        '',
      ].join('\n'),
    );
  });

  it.each([
    [0, '0 calls change the platform'],
    [1, '1 call changes the platform'],
  ])('counts %d', (count, sentence) => {
    const steps = PLAN.steps.slice(0, count);
    expect(renderPlan({ known: {}, steps }, { command: 'scan', platformUrl: '' })).toContain(sentence);
  });

  it('lets no name draw on the terminal', () => {
    const text = renderPlan({ known: { application: '\u001B[31mShop' }, steps: [] }, { command: 'scan', platformUrl: '' });
    expect(text).not.toContain('\u001B');
  });
});
