import type { FindingGroup } from '../../../platform/findings/finding.js';
import type { Category, Weakness } from '../../../platform/findings/weaknesses.js';
import { severities, type Severity } from '../../../scenarios/vocabulary.js';
import { closeTag, declaration, openTag, renderElement, type XmlElement, type XmlStyle } from '../xml-text.js';
import { compositionAnalysis } from './composition-analysis.js';
import { flawElement, flawLists } from './flaw-element.js';
import { customFields, flawStatus, otherAnalyses, rootOfReport, staticAnalysis } from './report-parts.js';
import type { ReportSubject } from './report-subject.js';

/** The text of a detailed report, piece by piece: any number of findings in constant memory. */
export function* writeDetailedReport(subject: ReportSubject, style: XmlStyle): Generator<string> {
  yield declaration('ISO-8859-1');
  yield openTag({ name: 'detailedreport', attributes: rootOfReport('detailedreport', subject) }, style, 0);
  for (const analysis of [staticAnalysis(subject), ...otherAnalyses(subject)]) {
    yield renderElement(analysis, style, 1);
  }
  for (const severity of severities) {
    yield* writeSeverity(subject, severity, style);
  }
  const composition = compositionAnalysis(subject);
  for (const part of [flawStatus(subject), customFields(subject), ...(composition === undefined ? [] : [composition])]) {
    yield renderElement(part, style, 1);
  }
  yield closeTag('detailedreport', 0);
}

function* writeSeverity(subject: ReportSubject, severity: Severity, style: XmlStyle): Generator<string> {
  const groups = subject.results.source.groups.filter((group) => group.severity === severity);
  const element: XmlElement = { name: 'severity', attributes: { level: severity } };
  if (groups.length === 0) {
    yield renderElement(element, style, 1);
    return;
  }
  yield openTag(element, style, 1);
  for (const [category, members] of byCategory(groups)) {
    yield openTag({ name: 'category', attributes: categoryAttributes(category, members) }, style, 2);
    yield renderElement(paragraphs('desc', category.description), style, 3);
    yield renderElement(paragraphs('recommendations', 'Measures:', category.advice), style, 3);
    for (const [weakness, groups] of byWeakness(members)) {
      yield* writeWeakness(subject, weakness, groups, style);
    }
    yield closeTag('category', 2);
  }
  yield closeTag('severity', 1);
}

function* writeWeakness(subject: ReportSubject, weakness: Weakness, groups: readonly FindingGroup[], style: XmlStyle): Generator<string> {
  const { cwe, name, pci, description } = weakness;
  yield openTag({ name: 'cwe', attributes: { cweid: cwe, cwename: name, pcirelated: pci } }, style, 3);
  yield renderElement({ name: 'description', children: [{ name: 'text', attributes: { text: description } }] }, style, 4);
  for (const group of groups) {
    const list = flawLists[group.analysis];
    yield openTag({ name: list }, style, 4);
    for (const finding of group.findings()) {
      yield renderElement(flawElement(subject, finding), style, 5);
    }
    yield closeTag(list, 4);
  }
  yield closeTag('cwe', 3);
}

/** The groups of a category, gathered by their weakness: an element has a list for each kind of finding. */
function byWeakness(groups: readonly FindingGroup[]): ReadonlyMap<Weakness, readonly FindingGroup[]> {
  const byCwe = new Map(groups.map(({ weakness }) => [weakness.cwe, weakness]));
  return new Map([...byCwe.values()].map((weakness) => [weakness, groups.filter((group) => group.weakness.cwe === weakness.cwe)]));
}

/** Groups of one severity, gathered by their category. */
export function byCategory(groups: readonly FindingGroup[]): ReadonlyMap<Category, readonly FindingGroup[]> {
  return groups.reduce((map, group) => {
    const { category } = group.weakness;
    return map.set(category, [...(map.get(category) ?? []), group]);
  }, new Map<Category, readonly FindingGroup[]>());
}

function categoryAttributes({ id, name }: Category, groups: readonly FindingGroup[]): NonNullable<XmlElement['attributes']> {
  return { categoryid: id, categoryname: name, pcirelated: groups.some(({ weakness }) => weakness.pci) };
}

function paragraphs(name: string, text: string, items: readonly string[] = []): XmlElement {
  const children = items.map((item) => ({ name: 'bulletitem', attributes: { text: item } }));
  return { name, children: [{ name: 'para', attributes: { text }, children }] };
}
