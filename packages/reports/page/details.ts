import type { FindingDataPath, FindingDataStep, JudgedFinding } from '@verapipe/core';

import { factsOfFinding } from '../src/formats/html/finding-facts.js';
import { cweUrl } from '../src/cwe.js';
import { placeOf, placeOfStep, titleOf } from '../src/finding-text.js';
import { MITIGATION_WORDS } from '../src/formats/html/finding-words.js';
import { fixAdvice } from '../src/formats/html/fix-advice.js';
import { groupedCount } from '../src/formats/html/numbers.js';
import { severityName } from '../src/severity-name.js';
import type { CiFacts } from '../src/scan-results.js';
import { sourceUrl } from '../src/source-url.js';
import { cut, element, outwardLink } from './dom.js';
import { badgesOf } from './row.js';
import type { Group, Line } from './selection.js';

/** Facts that have a part of their own. */
const SHOWN_APART = new Set(['Severity', 'Waiver', 'Mitigation']);

/** Everything about a line: a finding, or the group that it stands for. */
export function detailsOf(line: Line, ci: CiFacts | null): readonly HTMLElement[] {
  return 'group' in line ? groupDetails(line.group) : findingDetails(line.finding, ci);
}

/** Everything about a finding. */
export function findingDetails(finding: JudgedFinding, ci: CiFacts | null): readonly HTMLElement[] {
  return [
    element('h3', { class: 'title' }, cut(titleOf(finding), 2000)),
    element('p', { class: 'place' }, element('bdi', {}, sourceLink(finding.location, placeOf(finding), ci))),
    element('p', { class: 'badges' }, element('span', { class: `severity s${String(finding.severity)}` }, severityName(finding.severity)), ...badgesOf(finding)),
    ...decisionsOf(finding),
    element('div', { class: 'description' }, finding.description),
    ...(finding.dataPaths ?? []).map((path, index, paths) => dataPath(path, paths.length === 1 ? 'Data path' : `Data path ${String(index + 1)} of ${String(paths.length)}`, ci)),
    ...fixOf(finding),
    element('div', {}, element('h4', {}, 'Facts'), element('dl', { class: 'facts' }, ...factsOf(finding))),
  ];
}

function factsOf(finding: JudgedFinding): readonly HTMLElement[] {
  const { cwe } = finding;
  return factsOfFinding(finding).flatMap(([name, fact]) => {
    if (fact === null || fact === '' || SHOWN_APART.has(name)) return [];
    return pair(name, name === 'Weakness' && cwe !== null ? outwardLink(cweUrl(cwe), fact) : fact);
  });
}

function pair(name: string, fact: Node | string | null): readonly HTMLElement[] {
  return [element('dt', {}, name), element('dd', {}, fact)];
}

/** Why a finding does not count, or who wants it not to. */
function decisionsOf({ waiver, mitigation }: JudgedFinding): readonly HTMLElement[] {
  const decisions: HTMLElement[] = [];
  if (waiver !== null) decisions.push(element('div', { class: 'decision' }, element('b', {}, 'Waived'), ` until ${waiver.expires} by ${waiver.owner}: ${waiver.reason}`));
  if (mitigation.state !== 'none') {
    const approver = mitigation.approver === null ? '' : `, by ${mitigation.approver}`;
    decisions.push(element('div', { class: 'decision' }, element('b', {}, `Mitigation ${MITIGATION_WORDS[mitigation.state].toLowerCase()}`), `${mitigation.reason === null ? '' : `: ${mitigation.reason}`}${approver}`));
  }
  return decisions;
}

/** A place that leads to its line in the repository, where that is known. */
function sourceLink({ repositoryPath, line }: Pick<FindingDataStep, 'repositoryPath' | 'line'>, text: string, ci: CiFacts | null): HTMLAnchorElement | string {
  const address = sourceUrl(ci, repositoryPath, line);
  return address === null ? text : outwardLink(address, text);
}

function dataPath({ steps }: FindingDataPath, name: string, ci: CiFacts | null): HTMLElement {
  const items = steps.map((step) =>
    element('li', {}, element('code', {}, sourceLink(step, placeOfStep(step) ?? 'No file is known', ci)), step.function === null ? null : element('span', { class: 'function' }, ` in ${step.function}`)),
  );
  return element('div', {}, element('h4', {}, name), element('ol', { class: 'path' }, ...items));
}

function fixOf(finding: JudgedFinding): readonly HTMLElement[] {
  const advice = fixAdvice(finding);
  if (advice === null) return [];
  const { texts, more } = advice;
  const paragraphs = [...texts, ...(more === null ? [] : [outwardLink(more.address, more.text)])].map((text) => element('p', {}, text));
  return [element('div', { class: 'fix' }, element('h4', {}, 'How to fix it'), ...paragraphs)];
}

function groupDetails({ name, findings }: Group): readonly HTMLElement[] {
  return [element('h3', { class: 'title' }, cut(name, 2000)), element('p', {}, `${groupedCount(findings.length, 'finding')} in this group. Enter or a click opens and closes it.`)];
}
