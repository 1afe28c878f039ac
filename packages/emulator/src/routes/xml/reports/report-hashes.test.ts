import { describe, expect, it } from '@jest/globals';
import { rehearse } from '../../../../test/rehearsal.js';
import { startWorkflow } from '../../../../test/workflow.js';
import type { Finding } from '../../../platform/findings/finding.js';
import { listedFindings } from '../../../platform/findings/listed-findings.js';
import { pipelineFinding } from '../../../platform/pipeline/pipeline-finding.js';
import { findingsSchema } from '../../../scenarios/finding-schema.js';
import type { ScenarioInput } from '../../../scenarios/scenario.js';

const findings = [
  { cwe: 89, file: 'src/A.java', line: 3, function: 'void a()' },
  { cwe: 79, file: 'src/b.py', line: 4 },
];

async function flawsOf(settings: NonNullable<ScenarioInput['settings']>): Promise<string[]> {
  const scans: ScenarioInput['scans'] = [{ findings, dynamicFindings: [{ cwe: 79, url: 'https://shop.example/' }] }];
  const rehearsal = rehearse({ scans, settings: { xmlStyle: 'plain', ...settings } });
  const flow = await startWorkflow(rehearsal);
  const { text } = await rehearsal.call('detailedreport.do', { build_id: await flow.scanToTheEnd('v1') });
  return text.match(/<flaw [^>]+>/g) ?? [];
}

/** The only other place where the emulator shows hashes. */
function flawMatchOfPipeline(index: number): Record<string, unknown> | undefined {
  const specs = findingsSchema.parse(findings) as Parameters<typeof listedFindings>[0];
  const finding = listedFindings(specs, ['app.war']).find(index + 1) as Finding;
  return (pipelineFinding(finding, { issueId: 1000, stackDump: false }) as { flaw_match?: Record<string, unknown> }).flaw_match;
}

describe('hashes in detailed reports', () => {
  it('are left out, as recorded reports do', async () => {
    const flaws = await flawsOf({});
    expect(flaws).toHaveLength(3);
    expect(flaws.join('')).not.toContain('_hash');
  });

  it('are those of the same flaw in a pipeline scan, where a scenario asks for them', async () => {
    const flaws = await flawsOf({ reportHashes: true });
    const [java] = flaws.filter((flaw) => flaw.includes('A.java'));
    const match = flawMatchOfPipeline(0);
    expect(match).toMatchObject({ procedure_hash: expect.stringMatching(/^\d+$/) });
    for (const [attribute, value] of [
      ['procedure_hash', match?.['procedure_hash']],
      ['prototype_hash', match?.['prototype_hash']],
      ['statement_hash', match?.['flaw_hash']],
      ['statement_hash_count', match?.['flaw_hash_count']],
      ['statement_hash_ordinal', match?.['flaw_hash_ordinal']],
    ]) {
      expect(java).toContain(` ${String(attribute)}="${String(value)}"`);
    }
  });

  it('are missing for languages without them, and for flaws that are not static', async () => {
    const flaws = await flawsOf({ reportHashes: true });
    expect(flaws.filter((flaw) => flaw.includes('_hash'))).toHaveLength(1);
    expect(flawMatchOfPipeline(1)).toBeUndefined();
  });
});
