import type { EmulatedResponse, Route } from '../../exchange.js';
import type { World } from '../../platform/world.js';
import { writeDetailedReport } from './reports/detailed-report.js';
import { writePdf } from './reports/pdf.js';
import { findReportSubject, type ReportSubject } from './reports/report-subject.js';
import { writeSummaryReport } from './reports/summary-report.js';
import { xmlHeaders, xmlRoute } from './xml-route.js';

const chunkCharacters = 64 * 1024;

/** Reports of published builds. */
export function reportRoutes(world: World): Route[] {
  return [
    reportRoute(world, 'detailedreport.do', '5.0', (subject) => xmlReport(writeDetailedReport(subject, styleOf(world)))),
    reportRoute(world, 'summaryreport.do', '4.0', (subject) => xmlReport([writeSummaryReport(subject, styleOf(world))])),
    reportRoute(world, 'detailedreportpdf.do', '4.0', (subject) => pdfReport('Detailed report', subject)),
    reportRoute(world, 'summaryreportpdf.do', '4.0', (subject) => pdfReport('Summary report', subject)),
    reportRoute(world, 'thirdpartyreportpdf.do', '4.0', (subject) => pdfReport('Third-party report', subject)),
  ];
}

function reportRoute(
  world: World,
  operation: string,
  version: '4.0' | '5.0',
  write: (subject: ReportSubject) => EmulatedResponse,
): Route {
  return xmlRoute(world, {
    operation,
    version,
    parameters: ['build_id'],
    answer: (parameters, { account }) => write(findReportSubject(world, account, parameters.requiredId('build_id'))),
  });
}

function styleOf(world: World): 'references' | 'plain' {
  return world.scenario.settings.xmlStyle;
}

function xmlReport(text: Iterable<string>): EmulatedResponse {
  return { status: 200, headers: xmlHeaders, body: inChunks(text) };
}

/** Encodes text as Latin-1, in chunks that are worth sending. Each is made when the carrier asks for it. */
async function* inChunks(text: Iterable<string>): AsyncGenerator<Uint8Array> {
  let pending = '';
  for (const piece of text) {
    pending += piece;
    if (pending.length >= chunkCharacters) {
      yield Buffer.from(pending, 'latin1');
      pending = '';
    }
  }
  if (pending !== '') {
    yield Buffer.from(pending, 'latin1');
  }
}

function pdfReport(title: string, { application, sandbox, build, tally, policy, policyStatus }: ReportSubject): EmulatedResponse {
  const body = writePdf([
    `${title} of the emulated platform (nothing was analysed)`,
    `Application: ${application.name}`,
    ...(sandbox === null ? [] : [`Sandbox: ${sandbox.name}`]),
    `Scan: ${build.name} (${build.id})`,
    `Policy: ${policy.name}, ${policyStatus.compliance}`,
    `Findings: ${tally.total}, not mitigated: ${tally.unmitigated}`,
  ]);
  return { status: 200, headers: { ...xmlHeaders, 'content-type': 'application/pdf' }, body };
}
