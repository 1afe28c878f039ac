import { describe, expect, it } from '@jest/globals';

import { parsePipelineResults } from '../codecs/pipeline-results.js';
import type { PolicyFlaw } from '../domain/policy-flaw.js';
import { mitigatePipelineScan } from './mitigate-pipeline-scan.js';
import type { ProvenPipelineScan } from './pipeline-outcome.js';
import { provePipelineScan } from './prove-pipeline-scan.js';

const MITIGATION: PolicyFlaw['mitigation'] = { state: 'accepted', reason: 'Mitigate by Design', approver: 'ann' };

/** A scan with two flaws that differ in their hashes only. */
function scan(): ProvenPipelineScan {
  const flaw = (hash: string): object => ({
    severity: 4,
    cwe_id: '89',
    flaw_match: { procedure_hash: '1', prototype_hash: '2', flaw_hash: hash, flaw_hash_count: 1, flaw_hash_ordinal: 1, cause_hash: '3', cause_hash_count: 1, cause_hash_ordinal: 1 },
  });
  const document = { scan_id: 's', scan_status: 'SUCCESS', modules: ['shop.war'], findings: [flaw('10'), flaw('20')] };
  return provePipelineScan({
    scanId: 's',
    artifact: { path: 'shop.war', name: 'shop.war', sizeBytes: 1, sha256: '00' },
    startedAt: '2026-01-15T00:00:00.000Z',
    finishedAt: '2026-01-15T00:01:00.000Z',
    results: parsePipelineResults(JSON.stringify(document), 'results'),
    includeModules: [],
  });
}

function accepted(statementHash: string): PolicyFlaw {
  return { id: '7', cwe: 89, isFixed: false, mitigation: MITIGATION, statement: { procedureHash: '1', prototypeHash: '2', statementHash, statementHashCount: 1, statementHashOrdinal: 1 } };
}

describe('mitigatePipelineScan', () => {
  it('takes an accepted mitigation over to the one finding that it is of, and counts anew', () => {
    const before = scan();
    const { scan: after, matched } = mitigatePipelineScan(before, [accepted('20')]);
    expect(matched).toMatchObject({ accepted: 1, applied: [{ flawId: '7', finding: { id: before.findings[1]?.id } }] });
    expect(after.findings).toEqual([before.findings[0], { ...before.findings[1], mitigation: MITIGATION }]);
    expect(after.tally).toMatchObject({ total: 2, mitigated: 1, bySeverity: { 4: 2 }, openBySeverity: { 4: 1 } });
    // The files are written from these.
    expect(after.results.findings).toEqual(after.findings.map((finding, index) => ({ finding, original: before.results.findings[index]?.original })));
    expect(after.results.original).toBe(before.results.original);
    expect(before.tally.mitigated).toBe(0);
  });

  it('leaves a scan as it was where nothing matches', () => {
    const before = scan();
    const { scan: after, matched } = mitigatePipelineScan(before, [accepted('30')]);
    expect(matched).toMatchObject({ unmatched: 1, applied: [] });
    expect(after).toEqual(before);
  });
});
