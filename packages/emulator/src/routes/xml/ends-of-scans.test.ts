import { describe, expect, it } from '@jest/globals';
import { rehearse } from '../../../test/rehearsal.js';
import { startWorkflow } from '../../../test/workflow.js';

describe('ends of prescans and scans', () => {
  it.each([
    [{ prescanOutcome: 'failed' }, 'Pre-Scan Failed'],
    [{ prescanOutcome: 'cancelled' }, 'Pre-Scan Cancelled'],
    [{ prescanOutcome: 'no-modules' }, 'No Modules Defined'],
    [{ prescanOutcome: 'never-ends' }, 'Pre-Scan Submitted'],
    [{ scanOutcome: 'errors' }, 'Scan Errors'],
    [{ scanOutcome: 'internal-error' }, 'Scan Internal Error'],
    [{ scanOutcome: 'cancelled' }, 'Scan Cancelled'],
    [{ scanOutcome: 'on-hold' }, 'Scan On Hold'],
    [{ scanOutcome: 'not-submitted' }, 'Not Submitted to Engine'],
    [{ scanOutcome: 'pending-review' }, 'Pending Internal Review'],
    [{ scanOutcome: 'never-ends' }, 'Scan In Process'],
    [{ reviewSeconds: 100_000 }, 'Pending Internal Review'],
    [{}, 'Results Ready'],
  ] as const)('%j: %s', async (rule, wanted) => {
    const rehearsal = rehearse({ scans: [rule] });
    const flow = await startWorkflow(rehearsal);
    await flow.scanToTheEnd('v1');
    expect(await flow.status()).toBe(wanted);
  });

  it('an existing build ends when the scenario says so', async () => {
    const rehearsal = rehearse({ applications: [{ name: 'Shop', builds: [{ name: 'v0', status: 'Scan In Process', endsInMinutes: 10 }] }] });
    const flow = await startWorkflow(rehearsal);
    rehearsal.passSeconds(599);
    expect(await flow.status()).toBe('Scan In Process');
    rehearsal.passSeconds(1);
    expect(await flow.status()).toBe('Results Ready');
  });

  it('carries further analysis units when the scenario has them', async () => {
    const rehearsal = rehearse({ scans: [{ otherAnalyses: [{ type: 'Dynamic', status: 'Results Ready' }] }] });
    const flow = await startWorkflow(rehearsal);
    await flow.createBuild('v1');
    const { text } = await rehearsal.call('getbuildinfo.do', flow.context);
    expect(text.match(/<analysis_unit /g)).toHaveLength(2);
  });
});
