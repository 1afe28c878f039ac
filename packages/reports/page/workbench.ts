import type { JudgedFinding } from '@verapipe/core';

import { groupedCount, grouped } from '../src/formats/html/numbers.js';
import type { CiFacts } from '../src/scan-results.js';
import { detailsOf } from './details.js';
import { button, element } from './dom.js';
import { createKeys } from './keys.js';
import { createList } from './list.js';
import { printWhole } from './print.js';
import { readFindings } from './read-findings.js';
import { linesOf, select } from './selection.js';
import { createToolbar } from './toolbar.js';

/** The findings: what is chosen above, the list on the left, details on the right. */
export function createWorkbench(section: HTMLElement): void {
  const entries = readFindings(Number(section.dataset['total']));
  const ci = JSON.parse(section.dataset['ci'] ?? 'null') as CiFacts | null;
  const closed = new Set<string>();
  let chosen: readonly JudgedFinding[] = [];

  const details = element('article', { class: 'details', tabindex: 0, 'aria-label': 'Details of the finding' });
  const status = element('p', { role: 'status', class: 'status' });
  const empty = element('div', { class: 'empty', hidden: true }, element('p', {}, 'No finding fits.'));
  const list = createList({
    onActive(line) {
      details.replaceChildren(...(line === null ? [] : detailsOf(line, ci)));
      details.scrollTop = 0;
    },
    onToggle({ group, isOpen }) {
      if (isOpen) closed.add(group.name);
      else closed.delete(group.name);
      show();
    },
    onEnter: () => details.focus(),
  });
  const show = (): void => {
    const { grouping } = toolbar.choice();
    list.show(linesOf(chosen, grouping, closed), grouping !== 'none');
  };
  const choose = (): void => {
    chosen = select(entries, toolbar.choice());
    const isAll = chosen.length === entries.length;
    status.textContent = isAll ? groupedCount(entries.length, 'finding') : `${grouped(chosen.length)} of ${groupedCount(entries.length, 'finding')}`;
    clearButton.hidden = isAll;
    empty.hidden = chosen.length > 0;
    panes.hidden = chosen.length === 0;
    show();
  };
  const toolbar = createToolbar(entries, choose);
  const clear = (): void => {
    toolbar.clear();
    toolbar.search.focus();
  };
  const clearButton = button('Clear filters', { class: 'quiet', hidden: true }, clear);
  const panes = element('div', { class: 'panes' }, list.node, details);
  empty.append(button('Clear filters', {}, clear));
  const keys = createKeys({
    search: toolbar.search,
    list: list.node,
    details,
    move: list.move,
    clearSearch() {
      toolbar.search.value = '';
      choose();
    },
  });
  section.append(toolbar.node, element('div', { class: 'state' }, status, clearButton, element('span', { class: 'grow' }), ...keys), panes, empty);
  printWhole({ after: section, total: entries.length, ci, chosen: () => chosen });
  choose();
}
