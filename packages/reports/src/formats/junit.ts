import type { JudgedFinding } from '@verapipe/core';

import { cutText } from '../cut-text.js';
import { escapeXml, escapeXmlAttribute } from '../escape-xml.js';
import { sentenceOfStanding, standingOf } from '../finding-standing.js';
import { placeOf, titleOf } from '../finding-text.js';
import { cweLabel, cweUrl } from '../cwe.js';
import { missingFindings } from '../missing-findings.js';
import { openTotal } from '../open-total.js';
import { printable } from '../printable.js';
import { printableLines } from '../printable-lines.js';
import type { ReportFormat, ReportInput } from '../report.js';
import type { ScanResults } from '../scan-results.js';
import { severityName } from '../severity-name.js';
import { renderVerdictSentence } from '../summary-text.js';

const LONGEST_NAME = 300;
const LONGEST_MESSAGE = 1000;
const LONGEST_TEXT = 10_000;

interface TestCounts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

/**
 * JUnit XML as Jenkins' xUnit schema has it: one suite about the run and its gates, one about its findings. A finding
 * that counts is a failure, one that does not is skipped, a fixed one passes; a run that failed, and findings that are missing,
 * are an error.
 *
 * @see github.com/jenkinsci/xunit-plugin "junit-10.xsd"
 */
export const junit: ReportFormat = {
  tellsFailure: true,
  tellsIncomplete: true,
  async *render(input) {
    const { results } = input;
    const run = [runCase(input), ...results.gates.map(gateCase)];
    const counts = [countCases(run), await countFindings(input)] as const;
    const all = { tests: counts[0].tests + counts[1].tests, failures: counts[0].failures + counts[1].failures, errors: counts[0].errors };
    yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="verapipe"${attributes(all)}>\n`;
    yield `  <testsuite name="Veracode scan"${attributes({ ...counts[0], timestamp: results.generatedAt })}>\n${properties(input)}`;
    for (const { xml } of run) yield xml;
    yield `  </testsuite>\n  <testsuite name="Veracode findings"${attributes({ ...counts[1], timestamp: results.generatedAt })}>\n`;
    for await (const finding of input.findings) yield findingCase(finding);
    yield '  </testsuite>\n</testsuites>\n';
  },
};

/** A test case, and what it counts as. */
interface TestCase {
  readonly kind: 'passed' | 'failure' | 'error' | 'skipped';
  readonly xml: string;
}

/** Whether the run came to results: what no other test case could tell. */
function runCase(input: ReportInput): TestCase {
  const { results } = input;
  const sentence = renderVerdictSentence(results);
  const name = 'The scan came to results';
  const { failure, outage } = results;
  if (failure !== null && outage === null) {
    const text = `${failure.message}\n${failure.advice ?? ''}`.trimEnd();
    return testCase({ kind: 'error', classname: 'verapipe', name, type: failure.code, message: failure.message, text: `${text}\n${sentence}` });
  }
  if (outage !== null) {
    const message = `The platform is out of order, which is tolerated until ${outage.toleratedUntil}; nothing was judged. ${outage.owner}: ${outage.reason}`;
    return testCase({ kind: 'skipped', classname: 'verapipe', name, type: 'outage', message, text: failure?.message ?? sentence });
  }
  const missing = missingFindings(input);
  if (missing !== null) return testCase({ kind: 'error', classname: 'verapipe', name, type: 'findings-missing', message: missing, text: `${missing}\n${sentence}` });
  if (results.counts !== null) return testCase({ kind: 'passed', classname: 'verapipe', name, type: '', message: '', text: sentence });
  if (results.verdict === 'pending') return testCase({ kind: 'skipped', classname: 'verapipe', name, type: 'pending', message: sentence, text: sentence });
  return testCase({ kind: 'error', classname: 'verapipe', name, type: 'no-results', message: sentence, text: sentence });
}

function gateCase({ id, outcome, sentence }: ScanResults['gates'][number]): TestCase {
  const kind = outcome === 'fail' ? 'failure' : 'passed';
  return testCase({ kind, classname: 'verapipe.gates', name: `Gate ${id}`, type: 'gate', message: sentence, text: `${outcome}: ${sentence}` });
}

function findingCase(finding: JudgedFinding): string {
  const reason = sentenceOfStanding(finding);
  const { location } = finding;
  const classname = location.repositoryPath ?? location.file ?? finding.component?.fileName ?? location.module ?? location.url ?? 'Veracode';
  const cwe = finding.cwe === null ? titleOf(finding) : cweLabel(finding.cwe);
  const subject = finding.component === null ? cwe : `${finding.component.vulnerabilityId} in ${placeOf(finding)}`;
  const line = location.line === null ? '' : ` line ${String(location.line)}`;
  const name = `${cutText(subject, LONGEST_NAME / 2)}${line} (flaw ${finding.id})`;
  const severity = severityName(finding.severity);
  const message = reason ?? `${severity}: ${titleOf(finding)} at ${placeOf(finding)}`;
  return testCase({ kind: kindOf(finding), classname, name, type: severity, message, text: textOf(finding) }).xml;
}

function kindOf(finding: JudgedFinding): TestCase['kind'] {
  const standing = standingOf(finding);
  if (standing === 'open') return 'failure';
  return standing === 'fixed' ? 'passed' : 'skipped';
}

function textOf(finding: JudgedFinding): string {
  const { location, cweName } = finding;
  const facts = [
    finding.description,
    '',
    `Severity: ${severityName(finding.severity)}${finding.affectsPolicy === true ? ', against the policy' : ''}`,
    cweName === null ? null : `Weakness: ${cweName}`,
    finding.cwe === null ? null : cweUrl(finding.cwe),
    `Place: ${placeOf(finding)}`,
    location.function === null ? null : `Function: ${location.function}`,
    location.module === null ? null : `Module: ${location.module}`,
    location.url === null ? null : `URL: ${location.url}`,
    location.parameter === null ? null : `Parameter: ${location.parameter}`,
  ];
  return facts.filter((fact) => fact !== null).map((fact) => cutText(fact, LONGEST_TEXT)).join('\n');
}

interface TestCaseFacts {
  readonly kind: TestCase['kind'];
  readonly classname: string;
  readonly name: string;
  readonly type: string;
  readonly message: string;
  readonly text: string;
}

function testCase({ kind, classname, name, type, message, text }: TestCaseFacts): TestCase {
  const head = `    <testcase${attributes({ classname: printable(cutText(classname, LONGEST_NAME)), name: printable(cutText(name, LONGEST_NAME)) })}>`;
  const body = escapeXml(printableLines(cutText(text, LONGEST_TEXT)));
  const element = kind === 'passed' ? `<system-out>${body}</system-out>` : `<${kind}${attributes({ type: printable(type), message: printable(cutText(message, LONGEST_MESSAGE)) })}>${body}</${kind}>`;
  return { kind, xml: `${head}${element}</testcase>\n` };
}

function properties({ results, tally }: ReportInput): string {
  const counts = results.counts === null ? {} : { findings: String(tally.total), 'open-findings': String(openTotal(tally)) };
  const facts = {
    verdict: results.verdict,
    'report-only': String(results.reportOnly),
    'generated-at': results.generatedAt,
    application: results.application?.name,
    sandbox: results.sandbox?.name,
    'scan-kind': results.scan?.kind,
    'scan-id': results.scan?.id,
    'scan-url': results.scan?.url,
    commit: results.ci?.commit,
    failure: results.failure?.code,
    ...counts,
  };
  const given = Object.entries(facts).flatMap(([name, value]) => (value === undefined || value === null ? [] : [`      <property${attributes({ name, value: printable(cutText(value, LONGEST_MESSAGE)) })}/>\n`]));
  return `    <properties>\n${given.join('')}    </properties>\n`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values).map(([name, value]) => ` ${name}="${escapeXmlAttribute(String(value))}"`).join('');
}

function countCases(cases: readonly Pick<TestCase, 'kind'>[]): TestCounts {
  const count = (wanted: TestCase['kind']): number => cases.filter(({ kind }) => kind === wanted).length;
  return { tests: cases.length, failures: count('failure'), errors: count('error'), skipped: count('skipped') };
}

/** The schema wants the counts before the test cases: a pass of its own. */
async function countFindings({ findings }: Pick<ReportInput, 'findings'>): Promise<TestCounts> {
  let tests = 0;
  let failures = 0;
  let skipped = 0;
  for await (const finding of findings) {
    const kind = kindOf(finding);
    tests += 1;
    if (kind === 'failure') failures += 1;
    else if (kind === 'skipped') skipped += 1;
  }
  return { tests, failures, errors: 0, skipped };
}
