import { createReadStream } from 'node:fs';
import { errorCode } from '../kernel/error-code.js';
import { LocalError } from '../kernel/errors.js';
import { createFindingCounter } from '../domain/finding-tally.js';
import type { Finding, FindingSource } from '../domain/finding.js';
import type { PolicyFlaw } from '../domain/policy-flaw.js';
import { type AnswerHandler, createAnswerStream } from './answer-stream.js';
import type { DetailedReport } from './detailed-report.js';
import { createFactsCollector } from './report-facts.js';
import { createFindingCollector } from './report-findings.js';
import { statementMatchOf } from './report-statement.js';
import type { ElementHead } from './xml-element.js';

const OPERATION = 'detailedreport.do';
/** Measured: larger parts are not faster. */
const PART_BYTES = 256 * 1024;

/**
 * Reads a detailed report to its end, in constant memory, and returns its facts and the counts of its findings.
 *
 * @param file - path of a report that the platform wrote
 * @throws ProtocolError (cut, malformed, another document, something relied on is missing), RefusedError (an
 *   `<error>`), LocalError `report-unreadable`
 * @see docs.veracode.com "detailedreport.do"
 * @public
 */
export async function readDetailedReport(file: string): Promise<DetailedReport> {
  return decodeDetailedReport(partsOf(file));
}

/**
 * The findings of a detailed report, read afresh from the file each time they are asked for, in constant memory:
 * static, dynamic and manual ones in the order of the report (highest severity first), then vulnerable components.
 *
 * Iterating throws what {@link readDetailedReport} throws, after the findings that came before.
 *
 * @public
 */
export function readReportFindings(file: string): FindingSource {
  return { [Symbol.asyncIterator]: () => decodeReportFindings(partsOf(file)) };
}

/** {@link readDetailedReport} for bytes that come from elsewhere. @public */
export async function decodeDetailedReport(bytes: AsyncIterable<Uint8Array>): Promise<DetailedReport> {
  const counter = createFindingCounter();
  const facts = createFactsCollector(OPERATION);
  const findings = createFindingCollector(OPERATION, (finding) => counter.add(finding));
  const stream = reportStream({
    open(element, parent) {
      facts.open(element, parent);
      findings.open(element, parent);
    },
    close: (name) => findings.close(name),
  });
  for await (const part of bytes) stream.write(part);
  stream.end();
  return { ...facts.facts(), tally: counter.tally() };
}

/** {@link readReportFindings} for bytes that come from elsewhere; they can be read once. @public */
export function decodeReportFindings(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Finding> {
  return decodeElements(bytes, (finding) => finding);
}

/** The static flaws of a detailed report with their hashes, otherwise like {@link readReportFindings}. */
export function readPolicyFlaws(file: string): AsyncGenerator<PolicyFlaw> {
  return decodePolicyFlaws(partsOf(file));
}

/** {@link readPolicyFlaws} for bytes that come from elsewhere. */
export function decodePolicyFlaws(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<PolicyFlaw> {
  return decodeElements(bytes, ({ id, kind, cwe, status, mitigation }, element) =>
    kind === 'static' ? { id, cwe, isFixed: status === 'fixed', mitigation, statement: statementMatchOf(element) } : null,
  );
}

/** @param pick - what is handed out of a finding; null leaves it out */
async function* decodeElements<T>(bytes: AsyncIterable<Uint8Array>, pick: (finding: Finding, element: ElementHead) => T | null): AsyncGenerator<T> {
  let ready: T[] = [];
  const collector = createFindingCollector(OPERATION, (finding, element) => {
    const picked = pick(finding, element);
    if (picked !== null) ready.push(picked);
  });
  const stream = reportStream(collector);
  for await (const part of bytes) {
    stream.write(part);
    yield* ready;
    ready = [];
  }
  stream.end();
  yield* ready;
}

function reportStream(handler: AnswerHandler): ReturnType<typeof createAnswerStream> {
  return createAnswerStream({ operation: OPERATION, root: 'detailedreport' }, handler);
}

async function* partsOf(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file, { highWaterMark: PART_BYTES }) as AsyncIterable<Buffer>;
  } catch (error) {
    throw new LocalError(`The report ${file} could not be read (${errorCode(error)}).`, {
      code: 'report-unreadable',
      cause: error,
      advice: 'Check that the file is still there and that this user may read it.',
    });
  }
}
