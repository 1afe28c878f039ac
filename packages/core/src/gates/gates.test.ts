import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { sampleComponent, sampleFinding } from '../../test/sample-finding.js';
import type { PolicyEvaluation } from '../domain/build.js';
import type { Finding, MitigationState } from '../domain/finding.js';
import { flawFingerprint } from '../domain/flaw-fingerprint.js';
import { CONDITIONAL_PASS_CHOICES, DEFAULT_JUDGEMENT } from '../domain/judgement.js';
import { SEVERITIES, type Severity } from '../domain/severity.js';
import type { Waiver } from '../domain/waiver.js';
import { evaluateGates } from './evaluate-gates.js';
import type { GateInput, GateOptions, GateOutcome, GateResult, GateVerdict, ScanUnderJudgement } from './gate.js';

const NOW_MS = Date.parse('2026-11-25T12:00:00Z');
const EVALUATIONS: readonly PolicyEvaluation[] = ['pass', 'conditional-pass', 'did-not-pass', 'not-assessed', 'calculating', 'unknown'];
const PIPELINE: ScanUnderJudgement = { kind: 'pipeline', policy: null };

type PlatformScan = Extract<ScanUnderJudgement, { kind: 'policy' | 'sandbox' }>;

function scanOf(facts: Partial<PlatformScan> = {}): PlatformScan {
  return { kind: 'policy', policyName: 'House rules', policyEvaluation: 'pass', rulesStatus: 'pass', ...facts };
}

function judge(findings: readonly Finding[], options: Partial<GateOptions> = {}, scan: ScanUnderJudgement = PIPELINE, more: Partial<GateInput> = {}): Promise<GateVerdict> {
  return evaluateGates(
    { scan, findings, reportedFindings: findings.length, nowMs: NOW_MS, ...more },
    { ...DEFAULT_JUDGEMENT, waivers: [], known: null, ...options },
  );
}

/** The gate that a test is about: the last one, after the platform's policy where there is one. */
async function gateOf(...args: Parameters<typeof judge>): Promise<GateResult> {
  const { gates } = await judge(...args);
  return gates.at(-1) ?? gates[0];
}

function severities(...list: readonly Severity[]): readonly Finding[] {
  return list.map((severity, index) => sampleFinding({ id: String(index), severity }));
}

function mitigated(state: MitigationState): Partial<Finding> {
  return { mitigation: { state, reason: null, approver: null } };
}

describe('the policy gate', () => {
  it.each<[PolicyEvaluation, GateOutcome, string]>([
    ['pass', 'pass', `The platform's evaluation of policy "House rules" is Pass.`],
    ['conditional-pass', 'warn', `The platform's evaluation of policy "House rules" is Conditional Pass (grace period running; counted as warn); 1 of 2 findings affect it.`],
    ['did-not-pass', 'fail', `The platform's evaluation of policy "House rules" is Did Not Pass; 1 of 2 findings affect it.`],
    ['not-assessed', 'fail', `The platform's evaluation of policy "House rules" is Not Assessed; 1 of 2 findings affect it.`],
    ['calculating', 'fail', `The platform's evaluation of policy "House rules" is still calculating; 1 of 2 findings affect it.`],
    ['unknown', 'fail', `The platform's evaluation of policy "House rules" is a word that this version does not know; 1 of 2 findings affect it.`],
  ])('%s is %s', async (policyEvaluation, outcome, sentence) => {
    const findings = [sampleFinding(), sampleFinding({ affectsPolicy: null })];
    expect(await gateOf(findings, { conditionalPass: 'warn' }, scanOf({ policyEvaluation }))).toEqual({
      id: 'policy',
      outcome,
      sentence,
      numbers: { context: 'policy', policyEvaluation, rulesStatus: 'pass', affectingPolicy: 1 },
    });
  });

  it('judges a sandbox by the rules, because it never gets more than a Conditional Pass', async () => {
    const sandbox = { kind: 'sandbox', policyEvaluation: 'conditional-pass', policyName: null } as const;
    expect(await gateOf([], { conditionalPass: 'fail' }, scanOf(sandbox))).toMatchObject({
      outcome: 'pass',
      sentence: "The platform's evaluation of the rules of the policy on the sandbox is Pass.",
    });
    expect(await gateOf([], {}, scanOf({ ...sandbox, rulesStatus: 'did-not-pass' }))).toMatchObject({ outcome: 'fail' });
  });

  it('is not changed by waivers, baselines and grace periods of this side', async () => {
    const waivers: readonly Waiver[] = [{ subject: { finding: '7' }, reason: 'r', owner: 'o', expires: '2026-12-31' }];
    const verdict = await judge([sampleFinding()], { waivers, known: { isKnown: () => true }, gracePeriod: 'expired' }, scanOf({ policyEvaluation: 'did-not-pass' }));
    expect(verdict.gates[0].outcome).toBe('fail');
  });

  it('passes nothing but a pass, and a conditional one where that was chosen', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<PlatformScan['kind']>('policy', 'sandbox'),
        fc.constantFrom(...EVALUATIONS),
        fc.constantFrom(...EVALUATIONS),
        fc.constantFrom(...CONDITIONAL_PASS_CHOICES),
        async (kind, policyEvaluation, rulesStatus, conditionalPass) => {
          const deciding = kind === 'policy' ? policyEvaluation : rulesStatus;
          const { verdict } = await judge([], { conditionalPass }, scanOf({ kind, policyEvaluation, rulesStatus }));
          expect(verdict === 'pass').toBe(deciding === 'pass' || (deciding === 'conditional-pass' && conditionalPass === 'pass'));
        },
      ),
    );
  });
});

describe('the severity gate', () => {
  it('counts the threshold and everything above', async () => {
    expect(await gateOf(severities(5, 4, 4, 3, 3), { failOnSeverity: 4 })).toEqual({
      id: 'severity',
      outcome: 'fail',
      sentence: '3 of 5 findings are open with severity High or above (1 Very High, 2 High).',
      numbers: { threshold: 4, count: 3, total: 5, notCounted: 0 },
    });
  });

  it('passes when the others are below', async () => {
    expect(await gateOf(severities(3, 3), { failOnSeverity: 4 })).toMatchObject({ outcome: 'pass', sentence: 'None of 2 findings is open with severity High or above.' });
  });

  it('fails exactly when an open finding reaches the threshold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...SEVERITIES), { maxLength: 6 }), fc.constantFrom(...SEVERITIES), async (list, threshold) => {
        const { outcome } = await gateOf(severities(...list), { failOnSeverity: threshold });
        expect(outcome).toBe(Math.max(-1, ...list) >= threshold ? 'fail' : 'pass');
      }),
    );
  });
});

describe('gates on findings', () => {
  const cvss = (score: number | null): Finding => sampleFinding({ component: sampleComponent({ cvss: score }) });
  const licence = (...risks: readonly (number | null)[]): Finding =>
    sampleFinding({ component: sampleComponent({ licences: risks.map((risk) => ({ name: 'L', risk })) }) });

  it.each<[name: string, options: Partial<GateOptions>, findings: readonly Finding[], outcome: GateOutcome, sentence: string]>([
    ['a named CWE, whatever its severity', { failOnCwe: [89, 79] }, [sampleFinding({ severity: 0 }), sampleFinding({ cwe: 78 })], 'fail', '1 of 2 findings is open with CWE 89, 79 (1 CWE 89).'],
    ['other CWEs, and none', { failOnCwe: [89] }, [sampleFinding({ cwe: 890 }), sampleFinding({ cwe: null })], 'pass', 'None of 2 findings is open with CWE 89.'],
    ['many CWEs', { failOnCwe: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] }, [], 'pass', 'None of 0 findings is open with CWE 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 1 more.'],
    ['a CVSS score that is reached', { failOnCvss: 7 }, [cvss(7), cvss(6.9), sampleFinding()], 'fail', '1 of 2 SCA findings is open with a CVSS score of 7.0 or above (highest 7.0).'],
    ['CVSS scores below', { failOnCvss: 7 }, [cvss(6.9)], 'pass', 'None of 1 SCA findings is open with a CVSS score of 7.0 or above.'],
    ['no CVSS score', { failOnCvss: 7 }, [cvss(null), cvss(9.8), cvss(8)], 'fail', '3 of 3 SCA findings are open with a CVSS score of 7.0 or above (highest 9.8, 1 without a score).'],
    ['a licence that reaches the risk', { failOnLicenceRisk: 'medium' }, [licence(3), licence(2), sampleFinding()], 'fail', '1 of 2 SCA findings is of a component with licence risk Medium or above (1 Medium).'],
    ['the worst of several licences', { failOnLicenceRisk: 'high' }, [licence(2, 5), licence(4), licence(2, 3)], 'fail', '2 of 3 SCA findings are of a component with licence risk High or above (2 High).'],
    ['licences below', { failOnLicenceRisk: 'high' }, [licence(2), licence(3)], 'pass', 'None of 2 SCA findings is of a component with licence risk High or above.'],
    ['licences that nobody rated', { failOnLicenceRisk: 'high' }, [licence(null), licence(), licence(2, 1), licence(0), licence(3, null)], 'fail', '5 of 5 SCA findings are of a component with licence risk High or above (5 not rated).'],
    ['a budget that is kept', { maxFindings: { 4: 2, 3: 0 } }, severities(4, 4, 5, 2), 'pass', 'Open findings against their budgets: 2 High of at most 2, 0 Medium of at most 0.'],
    ['a budget that is exceeded', { maxFindings: { 4: 1, 3: 0 } }, severities(4, 4, 4, 3), 'fail', 'Open findings against their budgets: 3 High of at most 1, 1 Medium of at most 0; 3 too many.'],
    ['an age that is exceeded', { maxFindingAge: 24 }, [sampleFinding(), sampleFinding({ firstFoundAt: '2026-11-20T00:00:00Z' })], 'fail', '1 of 2 findings is open and older than 24 days (oldest 24 days).'],
    ['an age that is just reached', { maxFindingAge: 1 }, [sampleFinding({ firstFoundAt: '2026-11-24T12:00:00Z' })], 'pass', 'None of 1 findings is open and older than 1 day.'],
    ['no date', { maxFindingAge: 30 }, [sampleFinding({ firstFoundAt: null }), sampleFinding({ firstFoundAt: 'yesterday' })], 'fail', '2 of 2 findings are open and older than 30 days (2 without a date).'],
    ['no finding but informational ones', {}, severities(0, 0), 'pass', 'None of 2 findings is open with severity Very Low or above.'],
    ['any finding', {}, severities(1, 0), 'fail', '1 of 2 findings is open with severity Very Low or above (1 Very Low).'],
  ])('%s', async (_name, options, findings, outcome, sentence) => {
    expect(await gateOf(findings, options)).toMatchObject({ outcome, sentence });
  });

  it('an age counts also where the policy scan alone would pass', async () => {
    expect(await judge([sampleFinding()], { maxFindingAge: 10 }, scanOf())).toMatchObject({ verdict: 'fail', gates: [{ outcome: 'pass' }, { id: 'age', numbers: { days: 10, oldest: 24, undated: 0 } }] });
  });
});

describe('which findings count', () => {
  const fails = async (facts: Partial<Finding>, options: Partial<GateOptions> = {}): Promise<boolean> =>
    (await judge([sampleFinding(facts)], { failOnSeverity: 3, ...options })).verdict === 'fail';

  it.each<[name: string, facts: Partial<Finding>, options: Partial<GateOptions>, counts: boolean]>([
    ['an open one', {}, {}, true],
    ['a fixed one', { status: 'fixed' }, {}, false],
    ['one that could not be reproduced', { status: 'cannot-reproduce' }, {}, true],
    ['one of an unknown status', { status: 'unknown' }, {}, true],
    ['an accepted mitigation', mitigated('accepted'), {}, false],
    ['a proposed mitigation', mitigated('proposed'), {}, true],
    ['a proposed mitigation that may count', mitigated('proposed'), { proposedMitigations: 'accepted' }, false],
    ['a rejected mitigation', mitigated('rejected'), { proposedMitigations: 'accepted' }, true],
    ['an unknown mitigation', mitigated('unknown'), { proposedMitigations: 'accepted' }, true],
    ['one within its grace period', { gracePeriodExpiresAt: '2026-11-26T00:00:00Z' }, {}, true],
    ['one within its grace period, which may run', { gracePeriodExpiresAt: '2026-11-26T00:00:00Z' }, { gracePeriod: 'expired' }, false],
    ['one at the end of its grace period', { gracePeriodExpiresAt: '2026-11-25T12:00:00Z' }, { gracePeriod: 'expired' }, true],
    ['one without a grace period', {}, { gracePeriod: 'expired' }, true],
    ['one whose grace period cannot be read', { gracePeriodExpiresAt: 'soon' }, { gracePeriod: 'expired' }, true],
    ['one that the baseline knows', {}, { known: { isKnown: () => true } }, false],
    ['one that the baseline does not know', {}, { known: { isKnown: () => false } }, true],
  ])('%s: %#', async (_name, facts, options, counts) => {
    expect(await fails(facts, options)).toBe(counts);
  });

  it('names what was not counted, each finding once', async () => {
    const findings = [
      sampleFinding(),
      sampleFinding({ status: 'fixed' }),
      sampleFinding(mitigated('accepted')),
      sampleFinding(mitigated('proposed')),
      sampleFinding({ gracePeriodExpiresAt: '2027-01-01T00:00:00Z' }),
      sampleFinding({ id: 'known' }),
      sampleFinding({ id: 'waived' }),
      sampleFinding({ severity: 1, ...mitigated('accepted') }),
    ];
    const options: Partial<GateOptions> = {
      failOnSeverity: 4,
      proposedMitigations: 'accepted',
      gracePeriod: 'expired',
      known: { isKnown: ({ id }) => id === 'known' },
      waivers: [{ subject: { finding: 'waived' }, reason: 'r', owner: 'o', expires: '2026-12-31' }],
    };
    expect(await gateOf(findings, options)).toMatchObject({
      sentence:
        '1 of 8 findings is open with severity High or above (1 High); not counted: 1 fixed, 1 waived, 1 in the baseline, 1 mitigated, 1 with a proposed mitigation, 1 within the grace period.',
      numbers: { count: 1, total: 8, notCounted: 6 },
    });
  });

  it('asks the baseline once for each finding, in order, also for those that are out anyway', async () => {
    const asked: string[] = [];
    const findings = [sampleFinding({ id: 'a', status: 'fixed' }), sampleFinding({ id: 'b' }), sampleFinding({ id: 'c', ...mitigated('accepted') })];
    await judge(findings, { failOnSeverity: 0, failOnCwe: [1], known: { isKnown: ({ id }) => asked.push(id) > 0 } });
    expect(asked).toEqual(['a', 'b', 'c']);
  });

  it('takes a licence for what it is, whatever was decided about the vulnerability', async () => {
    const component = sampleComponent();
    for (const facts of [mitigated('accepted'), mitigated('proposed'), { gracePeriodExpiresAt: '2027-01-01T00:00:00Z' }]) {
      const options: Partial<GateOptions> = { failOnLicenceRisk: 'high', proposedMitigations: 'accepted', gracePeriod: 'expired' };
      expect(await gateOf([sampleFinding({ component, ...facts })], options)).toMatchObject({ id: 'licence-risk', outcome: 'fail' });
    }
    expect(await gateOf([sampleFinding({ component, status: 'fixed' })], { failOnLicenceRisk: 'high' })).toMatchObject({ outcome: 'pass' });
    expect(await gateOf([sampleFinding({ component })], { failOnLicenceRisk: 'high', known: { isKnown: () => true } })).toMatchObject({ outcome: 'pass' });
  });
});

describe('waivers', () => {
  const flawMatch = { procedureHash: '1', prototypeHash: '2', flawHash: '3', flawHashCount: 1, flawHashOrdinal: 1, causeHash: '4', causeHashCount: 2, causeHashOrdinal: 1 };
  const waiver = (subject: Waiver['subject'], expires = '2026-11-25'): Waiver => ({ subject, reason: 'A test.', owner: 'Ann', expires });

  it('have fingerprints of all eight values', () => {
    expect(flawFingerprint(flawMatch)).toBe('1:2:3:1:1:4:2:1');
  });

  const AT_HOME = { ...sampleFinding().location, repositoryPath: 'web/src/OrderDao.java' };

  it.each<[name: string, subject: Waiver['subject'], facts: Partial<Finding>, covers: boolean]>([
    ['by id', { finding: '7' }, {}, true],
    ['by another id', { finding: '70' }, {}, false],
    ['by fingerprint', { fingerprint: '1:2:3:1:1:4:2:1' }, { flawMatch }, true],
    ['by another fingerprint', { fingerprint: '1:2:3:1:1:4:2:2' }, { flawMatch }, false],
    ['by the fingerprint of a finding without one', { fingerprint: '1:2:3:1:1:4:2:1' }, {}, false],
    ['by path and CWE', { path: 'src/**', cwe: 89 }, {}, true],
    ['by path and another CWE', { path: 'src/**', cwe: 79 }, {}, false],
    ['by the path in the repository and CWE', { path: 'web/src/OrderDao.java', cwe: 89 }, { location: AT_HOME }, true],
    ["by the platform's path and CWE, where the repository has another", { path: 'src/OrderDao.java', cwe: 89 }, { location: AT_HOME }, true],
    ['by neither path', { path: 'web/**', cwe: 89 }, {}, false],
    ['by another path and CWE', { path: 'test/**', cwe: 89 }, {}, false],
    ['by path and CWE of a finding without a file', { path: '**', cwe: 89 }, { location: { module: null, file: null, repositoryPath: null, line: null, function: null, url: null, parameter: null } }, false],
    ['by path and CWE of a finding without a CWE', { path: '**', cwe: 89 }, { cwe: null }, false],
  ])('%s', async (_name, subject, facts, covers) => {
    const { verdict, waived, warnings } = await judge([sampleFinding(facts)], { waivers: [waiver(subject)] });
    expect({ verdict, waived, warned: warnings.length }).toEqual(covers ? { verdict: 'pass', waived: 1, warned: 0 } : { verdict: 'fail', waived: 0, warned: 1 });
  });

  it('apply to the end of their last day, and are reported from then on', async () => {
    const waivers = [waiver({ finding: '7' })];
    expect(await judge([sampleFinding()], { waivers }, PIPELINE, { nowMs: Date.parse('2026-11-25T23:59:59.999Z') })).toMatchObject({ verdict: 'pass', warnings: [] });
    expect(await judge([sampleFinding()], { waivers }, PIPELINE, { nowMs: Date.parse('2026-11-26T00:00:00Z') })).toMatchObject({
      verdict: 'fail',
      waived: 0,
      warnings: ['Waiver 1 (finding 7, owner Ann) expired on 2026-11-25 and does not apply; there is 1 finding that it was about.'],
    });
  });

  it('that are about nothing are reported, and several on one finding cover it once', async () => {
    const waivers = [waiver({ finding: '7' }), waiver({ path: '**/*.java', cwe: 89 }), waiver({ fingerprint: 'x' }), waiver({ finding: '8' }, '2026-01-01'), waiver({ finding: '7' }, '2026-01-01')];
    expect(await judge([sampleFinding(), sampleFinding({ id: '9', status: 'fixed' })], { waivers })).toMatchObject({
      verdict: 'pass',
      waived: 1,
      warnings: [
        'Waiver 3 (fingerprint x, owner Ann) is about no finding that is still there and can be removed.',
        'Waiver 4 (finding 8, owner Ann) expired on 2026-01-01 and does not apply; there is no finding any more that it was about.',
        'Waiver 5 (finding 7, owner Ann) expired on 2026-01-01 and does not apply; there is 1 finding that it was about.',
      ],
    });
    const two = await judge([sampleFinding(), sampleFinding({ id: '8' })], { waivers: [waiver({ path: 'src/*', cwe: 89 }, '2026-01-01')] });
    expect(two.warnings).toEqual(['Waiver 1 (CWE 89 in src/*, owner Ann) expired on 2026-01-01 and does not apply; there are 2 findings that it was about.']);
  });
});

describe('which gates are evaluated', () => {
  const withPolicy: ScanUnderJudgement = { kind: 'pipeline', policy: { name: 'P', rules: [], customSeverities: [] } };
  const known = { isKnown: () => false };
  it.each<[name: string, scan: ScanUnderJudgement, options: Partial<GateOptions>, ids: readonly string[]]>([
    ['a policy scan', scanOf(), {}, ['policy']],
    ['a sandbox scan', scanOf({ kind: 'sandbox' }), {}, ['policy']],
    ['everything', scanOf(), { failOnSeverity: 4, failOnCwe: [1], maxFindings: { 3: 1 }, failOnCvss: 1, failOnLicenceRisk: 'low', maxFindingAge: 1 }, ['policy', 'severity', 'cwe', 'max-findings', 'cvss', 'licence-risk', 'age']],
    ['only new findings of a policy scan', scanOf(), { known }, ['policy', 'any-finding']],
    ['only new findings above a severity', scanOf(), { known, failOnSeverity: 5 }, ['policy', 'severity']],
    ['only new findings above an age', scanOf(), { known, maxFindingAge: 5 }, ['policy', 'age']],
    ['a pipeline scan', PIPELINE, {}, ['any-finding']],
    ['a pipeline scan, severity 0', PIPELINE, { failOnSeverity: 0 }, ['severity']],
    ['a pipeline scan and CWEs', PIPELINE, { failOnCwe: [89] }, ['cwe']],
    ['a pipeline scan and budgets', PIPELINE, { maxFindings: { 5: 0 } }, ['max-findings']],
    ['a pipeline scan and what replaces nothing', PIPELINE, { failOnCvss: 0, failOnLicenceRisk: 'low', maxFindingAge: 9 }, ['any-finding', 'cvss', 'licence-risk', 'age']],
    ['a pipeline scan and new findings', PIPELINE, { known }, ['any-finding']],
    ['a pipeline scan and a policy', withPolicy, { known }, ['policy-rules']],
    ['a pipeline scan, a policy and a severity', withPolicy, { failOnSeverity: 1 }, ['policy-rules', 'severity']],
    ['a list and what was asked', { kind: 'list' }, { failOnCvss: 0, known }, ['cvss']],
    ['a list and new findings', { kind: 'list' }, { known }, ['any-finding']],
  ])('%s', async (_name, scan, options, ids) => {
    expect((await judge([], options, scan)).gates.map(({ id }) => id)).toEqual(ids);
  });

  it('are never none: a list that nothing was asked about is an error', async () => {
    await expect(judge([], {}, { kind: 'list' })).rejects.toMatchObject({ name: 'ValidationError', code: 'no-gate' });
  });

  it.each<[evaluation: PolicyEvaluation, conditionalPass: GateOptions['conditionalPass'], failOnSeverity: Severity, verdict: GateOutcome]>([
    ['pass', 'pass', 5, 'pass'],
    ['pass', 'pass', 4, 'fail'],
    ['conditional-pass', 'warn', 5, 'warn'],
    ['conditional-pass', 'warn', 4, 'fail'],
    ['unknown', 'pass', 5, 'fail'],
  ])('the worst of %s (%s) and severity %s is %s', async (policyEvaluation, conditionalPass, failOnSeverity, verdict) => {
    expect(await judge(severities(4), { conditionalPass, failOnSeverity }, scanOf({ policyEvaluation }))).toMatchObject({ verdict });
  });
});

describe('findings that do not add up', () => {
  it.each([
    ['too few', 3],
    ['too many', 1],
    ['some, where none are reported', 0],
  ])('are an error and no verdict: %s', async (_name, reportedFindings) => {
    await expect(judge(severities(0, 0), {}, scanOf(), { reportedFindings })).rejects.toMatchObject({ name: 'ProtocolError', code: 'findings-do-not-add-up' });
  });

  it('break off with what broke them', async () => {
    const findings = (async function* () {
      yield* await Promise.resolve(severities(0));
      throw new Error('The file ends here.');
    })();
    await expect(judge([], {}, scanOf(), { findings, reportedFindings: 1 })).rejects.toThrow('The file ends here.');
  });
});
