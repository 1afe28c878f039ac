import type { JudgedFinding } from '@verapipe/core';

import { placeOf, titleOf } from '../src/finding-text.js';
import { STANDING_WORDS, STATUS_WORDS } from '../src/formats/html/finding-words.js';
import { grouped } from '../src/formats/html/numbers.js';
import { severityName } from '../src/severity-name.js';
import { cut, element } from './dom.js';
import type { Line } from './selection.js';

/** One line of the list. */
export function rowOf(line: Line, isGrouped: boolean): HTMLElement {
  return 'group' in line ? groupRow(line) : findingRow(line.finding, isGrouped);
}

function groupRow({ group, isOpen }: Extract<Line, { isOpen: boolean }>): HTMLElement {
  const isPath = group.grouping === 'file';
  const cell = element(
    'div',
    { role: 'gridcell', class: 'cell' },
    element('span', { class: 'twisty', 'aria-hidden': 'true' }, isOpen ? '▾' : '▸'),
    element('span', { class: `dot s${String(group.worst)}`, 'aria-hidden': 'true' }),
    element('span', { class: isPath ? 'name path' : 'name' }, element('bdi', {}, cut(group.name))),
    element('span', { class: 'count' }, grouped(group.findings.length)),
  );
  return element('div', { role: 'row', class: 'row group', 'aria-level': 1, 'aria-expanded': isOpen ? 'true' : 'false' }, cell);
}

function findingRow(finding: JudgedFinding, isGrouped: boolean): HTMLElement {
  const { cwe } = finding;
  const cell = element(
    'div',
    { role: 'gridcell', class: 'cell' },
    element(
      'div',
      { class: 'first' },
      element('span', { class: `severity s${String(finding.severity)}` }, severityName(finding.severity)),
      element('span', { class: 'name' }, cut(titleOf(finding))),
      cwe === null ? null : element('span', { class: 'cwe' }, `CWE-${String(cwe)}`),
    ),
    element('div', { class: 'second' }, element('span', { class: 'place' }, element('bdi', {}, cut(placeOf(finding)))), ...badgesOf(finding)),
  );
  return element('div', { role: 'row', class: isGrouped ? 'row finding inner' : 'row finding', 'aria-level': isGrouped ? 2 : 1 }, cell);
}

/** What sets a finding apart from the many that are open and count. */
export function badgesOf({ status, standing, affectsPolicy }: JudgedFinding): readonly HTMLElement[] {
  const badges: HTMLElement[] = [];
  if (status !== 'open') badges.push(element('span', { class: `word ${status}` }, STATUS_WORDS[status]));
  if (standing !== null && standing !== 'open' && standing !== 'fixed') badges.push(element('span', { class: `word ${standing}` }, STANDING_WORDS[standing]));
  if (affectsPolicy === true) badges.push(element('span', { class: 'word policy' }, 'Policy'));
  return badges;
}
