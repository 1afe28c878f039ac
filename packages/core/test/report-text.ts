import type { Finding } from '../src/domain/finding.js';

/** How large a written report is. */
export interface ReportSize {
  readonly findings: number;
  /** Characters of each description. */
  readonly descriptionLength?: number;
}

/** The parts of a detailed report with any number of static findings, as the platform writes it. */
export async function* writeReport({ findings, descriptionLength = 800 }: ReportSize): AsyncGenerator<Buffer> {
  const words = 'A value from the request reaches a query &#x28;unchanged&#x29;. &#xd;&#xa;';
  const description = words.repeat(Math.ceil(descriptionLength / words.length));
  yield Buffer.from(
    `<?xml version="1.0" encoding="ISO-8859-1"?>\n\n<detailedreport xmlns="https&#x3a;&#x2f;&#x2f;www.veracode.com&#x2f;schema&#x2f;reports&#x2f;export&#x2f;1.0" app_id="81001" build_id="5000001" total_flaws="${findings}">
   <severity level="3"><category categoryid="19" categoryname="SQL Injection"><cwe cweid="89" cwename="SQL"><staticflaws>\n`,
    'latin1',
  );
  for (let index = 0; index < findings; index += 100) {
    const flaws = Array.from({ length: Math.min(100, findings - index) }, (_, offset) => flaw(index + offset + 1, description));
    yield Buffer.from(flaws.join(''), 'latin1');
  }
  yield Buffer.from('</staticflaws></cwe></category></severity></detailedreport>\n', 'latin1');
}

function flaw(id: number, description: string): string {
  return `      <flaw severity="3" issueid="${id}" module="shop.war" type="call" description="${description}" cweid="89" remediation_status="Open" date_first_occurrence="2026-01-06 10&#x3a;00&#x3a;00 UTC" affects_policy_compliance="true" mitigation_status="none" sourcefile="A.java" line="${id}" sourcefilepath="com&#x2f;example&#x2f;"/>\n`;
}

/** Bytes that come in these parts. */
export async function* bytesOf(...parts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === 'string' ? Buffer.from(part) : part;
}

/** All findings at once, for comparison. */
export async function listOf(findings: AsyncIterable<Finding>): Promise<Finding[]> {
  const list: Finding[] = [];
  for await (const finding of findings) list.push(finding);
  return list;
}

/** A detailed report with this content. */
export function report(content: string, attributes = 'app_id="1" build_id="2"'): string {
  return `<detailedreport xmlns="https://www.veracode.com/schema/reports/export/1.0" ${attributes}>${content}</detailedreport>`;
}

/** A detailed report with these elements as its only findings, of severity 3. */
export function flaws(kind: string, ...elements: readonly string[]): string {
  return report(`<severity level="3"><category categoryname="C"><cwe cweid="5" cwename="W"><${kind}>${elements.join('')}</${kind}></cwe></category></severity>`);
}
