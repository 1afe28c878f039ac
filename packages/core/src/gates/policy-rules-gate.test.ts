import { describe, expect, it } from '@jest/globals';

import { sampleFinding } from '../../test/sample-finding.js';
import type { Finding } from '../domain/finding.js';
import { DEFAULT_JUDGEMENT } from '../domain/judgement.js';
import type { Policy, PolicyRequirement, PolicyRule } from '../domain/policy.js';
import type { Severity } from '../domain/severity.js';
import { evaluateGates } from './evaluate-gates.js';
import type { GateOutcome, GateResult } from './gate.js';

function rule(type: string, value: string, requirement: PolicyRequirement, scanTypes: readonly string[] = ['STATIC']): PolicyRule {
  return { type, value, scanTypes, requirement };
}

function severity(least: Severity): PolicyRule {
  return rule('MAX_SEVERITY', String(least), { kind: 'severity', severity: least });
}

function cwe(cwes: readonly number[], scanTypes?: readonly string[]): PolicyRule {
  return rule('CWE', cwes.join(','), { kind: 'cwe', cwes }, scanTypes);
}

function category(...categories: readonly string[]): PolicyRule {
  return rule('CATEGORY', categories.join(','), { kind: 'category', categories });
}

const UNKNOWN: PolicyRequirement = { kind: 'unknown' };
const SCORE = rule('MIN_SCORE', '80', { kind: 'minimum-score', score: 80 }, ['ALL']);

function held(rules: readonly PolicyRule[], ...findings: readonly Finding[]): Promise<GateResult> {
  return heldTo({ name: 'P', rules, customSeverities: [] }, findings);
}

async function heldTo(policy: Pick<Policy, 'name' | 'rules' | 'customSeverities'>, findings: readonly Finding[]): Promise<GateResult> {
  const input = { scan: { kind: 'pipeline', policy }, findings, reportedFindings: findings.length, nowMs: 0 } as const;
  return (await evaluateGates(input, { ...DEFAULT_JUDGEMENT, waivers: [], known: null })).gates[0];
}

describe('the rules of a policy on a pipeline scan', () => {
  it.each<[name: string, rules: readonly PolicyRule[], facts: Partial<Finding>, outcome: GateOutcome, sentence: string]>([
    ['a severity that is met', [severity(4)], {}, 'fail', '1 of 1 findings is open against policy "P" (severity High or above: 1).'],
    ['a severity below', [severity(4)], { severity: 3 }, 'pass', 'None of 1 findings is open against policy "P" (severity High or above: 0).'],
    ['a severity that is none', [rule('MAX_SEVERITY', 'high', UNKNOWN)], { severity: 0 }, 'fail', '1 of 1 findings is open against policy "P" (MAX_SEVERITY "high", which is not understood: 1).'],
    ['a CWE of the list', [cwe([78, 89], ['ALL'])], {}, 'fail', '1 of 1 findings is open against policy "P" (CWE 78, 89: 1).'],
    ['no CWE of the list', [cwe([78, 890])], {}, 'pass', 'None of 1 findings is open against policy "P" (CWE 78, 890: 0).'],
    ['an empty list', [rule('CWE', '', UNKNOWN)], {}, 'fail', '1 of 1 findings is open against policy "P" (CWE "", which is not understood: 1).'],
    ['a list of words', [rule('CWE', '78,x', UNKNOWN)], {}, 'fail', '1 of 1 findings is open against policy "P" (CWE "78,x", which is not understood: 1).'],
    ['a category', [category('sql injection', 'CRLF')], {}, 'fail', '1 of 1 findings is open against policy "P" (category sql injection, CRLF: 1).'],
    ['another category', [category('CRLF')], {}, 'pass', 'None of 1 findings is open against policy "P" (category CRLF: 0).'],
    ['a category, and a finding without one', [category('CRLF')], { category: null }, 'fail', '1 of 1 findings is open against policy "P" (category CRLF: 1).'],
    ['a category by number', [category('19')], {}, 'fail', '1 of 1 findings is open against policy "P" (category 19: 1).'],
    ['any finding at all', [rule('FAIL_ALL', '', { kind: 'fail-all' })], { severity: 0 }, 'fail', '1 of 1 findings is open against policy "P" (any finding: 1).'],
    ['a rule of several scan types', [cwe([89], ['DYNAMIC', 'STATIC'])], {}, 'fail', '1 of 1 findings is open against policy "P" (CWE 89: 1).'],
    ['a category with digits in its name', [category('19x', 'x19')], {}, 'pass', 'None of 1 findings is open against policy "P" (category 19x, x19: 0).'],
    ['a category by number, among names', [category('CRLF', '19')], {}, 'fail', '1 of 1 findings is open against policy "P" (category CRLF, 19: 1).'],
    ['a rule without scan types', [cwe([89], [])], {}, 'fail', '1 of 1 findings is open against policy "P" (CWE 89: 1).'],
    [
      'rules that need the platform',
      [cwe([78]), SCORE, cwe([89], ['DYNAMIC', 'MANUAL']), rule('SECURITY_STANDARD', '', UNKNOWN)],
      {},
      'pass',
      'None of 1 findings is open against policy "P" (CWE 78: 0); not applied to a pipeline scan: MIN_SCORE 80, CWE 89, SECURITY_STANDARD.',
    ],
    ['no rule that applies', [SCORE], {}, 'fail', 'No rule of policy "P" applies to a pipeline scan, so it judges nothing; not applied to a pipeline scan: MIN_SCORE 80.'],
    ['no rule', [], { status: 'fixed' }, 'fail', 'No rule of policy "P" applies to a pipeline scan, so it judges nothing.'],
    ['a mitigated finding', [cwe([89])], { mitigation: { state: 'accepted', reason: null, approver: null } }, 'pass', 'None of 1 findings is open against policy "P" (CWE 89: 0); not counted: 1 mitigated.'],
  ])('%s', async (_name, rules, facts, outcome, sentence) => {
    expect(await held(rules, sampleFinding(facts))).toMatchObject({ id: 'policy-rules', outcome, sentence });
  });

  it('names rules that a pipeline scan is not held to', async () => {
    const kinds: readonly PolicyRequirement[] = [
      { kind: 'cvss', score: 1 },
      { kind: 'cve', cves: ['CVE-1'] },
      { kind: 'component-blocklist' },
      { kind: 'component-allowlist' },
      { kind: 'security-standard', standards: ['owasp'] },
      { kind: 'license-risk', risk: 'HIGH' },
    ];
    const { sentence } = await held([severity(5), ...kinds.map((requirement) => rule(requirement.kind, '', requirement))], sampleFinding());
    expect(sentence).toMatch(/; not applied to a pipeline scan: cvss, cve, component-blocklist, component-allowlist, security-standard, license-risk\.$/u);
  });

  it.each<[own: Severity, least: Severity, outcome: GateOutcome]>([
    [5, 5, 'fail'],
    [2, 4, 'fail'],
    [2, 5, 'pass'],
  ])("takes the higher of the policy's own severity %p and the finding's 4: at least %p is %s", async (own, least, outcome) => {
    const policy = { name: 'P', rules: [severity(least)], customSeverities: [{ cwe: 1, severity: 5 }, { cwe: 89, severity: own }] } as const;
    expect(await heldTo(policy, [sampleFinding()])).toMatchObject({ outcome });
  });

  it('count a finding once, and for each rule', async () => {
    const result = await held([cwe([89]), severity(3), SCORE], sampleFinding(), sampleFinding({ cwe: 1 }), sampleFinding({ cwe: 1, severity: 2 }));
    expect(result).toMatchObject({
      sentence: '2 of 3 findings are open against policy "P" (CWE 89: 1, severity Medium or above: 2); not applied to a pipeline scan: MIN_SCORE 80.',
      numbers: { applied: 2, notApplied: 1, count: 2, total: 3 },
    });
  });
});
