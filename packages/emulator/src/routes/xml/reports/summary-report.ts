import { severities, severityNames, type Severity } from '../../../scenarios/vocabulary.js';
import { declaration, renderElement, type XmlElement, type XmlStyle } from '../xml-text.js';
import { compositionAnalysis } from './composition-analysis.js';
import { byCategory } from './detailed-report.js';
import { customFields, flawStatus, otherAnalyses, rootOfReport, staticAnalysis } from './report-parts.js';
import type { ReportSubject } from './report-subject.js';

/** The text of a summary report: the same figures, no findings. */
export function writeSummaryReport(subject: ReportSubject, style: XmlStyle): string {
  const composition = compositionAnalysis(subject);
  const root: XmlElement = {
    name: 'summaryreport',
    attributes: rootOfReport('summaryreport', subject),
    children: [
      staticAnalysis(subject),
      ...otherAnalyses(subject),
      ...severities.map((severity) => severityElement(subject, severity)),
      flawStatus(subject),
      customFields(subject),
      ...(composition === undefined ? [] : [composition]),
    ],
  };
  return `${declaration('ISO-8859-1')}${renderElement(root, style)}`;
}

function severityElement({ results }: ReportSubject, severity: Severity): XmlElement {
  const groups = results.source.groups.filter((group) => group.severity === severity);
  const children = [...byCategory(groups)].map(([category, members]) => ({
    name: 'category',
    attributes: {
      categoryname: category.name,
      severity: severityNames[severity],
      count: members.reduce((total, { count }) => total + count, 0),
    },
  }));
  return { name: 'severity', attributes: { level: severity }, children };
}
