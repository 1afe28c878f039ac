import type { JudgedFinding, Severity } from '@verapipe/core';

import { STANDING_WORDS, STATUS_WORDS } from '../src/formats/html/finding-words.js';
import { grouped } from '../src/formats/html/numbers.js';
import { SEVERITIES, severityName } from '../src/severity-name.js';
import { button, element } from './dom.js';
import type { Entry } from './read-findings.js';
import { EVERYTHING, GROUPINGS, type Choice, type Grouping } from './selection.js';

const KIND_WORDS: Readonly<Record<JudgedFinding['kind'], string>> = { static: 'Static analysis', dynamic: 'Dynamic analysis', manual: 'Manual testing', sca: 'Components' };

export interface Toolbar {
  readonly node: HTMLElement;
  readonly search: HTMLInputElement;
  readonly choice: () => Choice;
  /** Chooses everything again; the grouping stays. */
  readonly clear: () => void;
}

/** Search, filters and grouping. Only what distinguishes these findings is offered. */
export function createToolbar(entries: readonly Entry[], onChange: () => void): Toolbar {
  const search = element('input', { type: 'search', id: 'search', placeholder: 'Search files, CWE, text …', autocomplete: 'off', spellcheck: 'false', 'aria-label': 'Search the findings' });
  const chips = SEVERITIES.flatMap((severity) => chipOf(severity, entries, onChange));
  const status = selectOf('Status', STATUS_WORDS, countBy(entries, ({ finding }) => finding.status));
  const standing = selectOf('Standing', STANDING_WORDS, countBy(entries, ({ finding }) => finding.standing));
  const kind = selectOf('Found by', KIND_WORDS, countBy(entries, ({ finding }) => finding.kind));
  const policyBox = element('input', { type: 'checkbox' });
  const policyCount = entries.filter(({ finding }) => finding.affectsPolicy === true).length;
  const grouping = element('select', {}, ...Object.entries(GROUPINGS).map(([value, name]) => element('option', { value }, name)));
  const selects = [status, standing, kind].filter((select) => select.options.length > 2);

  search.addEventListener('input', onChange);
  for (const control of [status, standing, kind, policyBox, grouping]) control.addEventListener('change', onChange);

  const node = element(
    'div',
    { class: 'toolbar', role: 'search', 'aria-label': 'Search and filter findings' },
    search,
    element('div', { class: 'chips', role: 'group', 'aria-label': 'Severity' }, ...chips.map(({ node: chip }) => chip)),
    element(
      'div',
      { class: 'selects' },
      element('label', {}, element('span', {}, 'Group by'), grouping),
      ...selects.map((select) => element('label', {}, element('span', {}, select.dataset['name'] ?? ''), select)),
      policyCount === 0 || policyCount === entries.length ? null : element('label', { class: 'check' }, policyBox, element('span', {}, `Against the policy (${grouped(policyCount)})`)),
    ),
  );
  return {
    node,
    search,
    choice: () => ({
      text: search.value,
      severities: new Set(chips.flatMap(({ severity, node: chip }) => (chip.getAttribute('aria-pressed') === 'true' ? [severity] : []))),
      status: status.value,
      standing: standing.value,
      kind: kind.value,
      againstPolicy: policyBox.checked,
      grouping: grouping.value as Grouping,
    }),
    clear() {
      search.value = EVERYTHING.text;
      for (const { node: chip } of chips) chip.setAttribute('aria-pressed', 'false');
      for (const select of [status, standing, kind]) select.value = '';
      policyBox.checked = EVERYTHING.againstPolicy;
      onChange();
    },
  };
}

function chipOf(severity: Severity, entries: readonly Entry[], onChange: () => void): readonly { readonly severity: Severity; readonly node: HTMLButtonElement }[] {
  const count = entries.filter(({ finding }) => finding.severity === severity).length;
  if (count === 0) return [];
  const node = button('', { class: `chip s${String(severity)}`, 'aria-pressed': 'false' }, () => {
    node.setAttribute('aria-pressed', node.getAttribute('aria-pressed') === 'true' ? 'false' : 'true');
    onChange();
  });
  node.append(element('span', { class: `dot s${String(severity)}`, 'aria-hidden': 'true' }), `${severityName(severity)} `, element('b', {}, grouped(count)));
  return [{ severity, node }];
}

function selectOf(name: string, words: Readonly<Record<string, string>>, counts: ReadonlyMap<string, number>): HTMLSelectElement {
  const options = Object.entries(words).flatMap(([value, word]) => (counts.has(value) ? [element('option', { value }, `${word} (${grouped(counts.get(value) ?? 0)})`)] : []));
  return element('select', { 'data-name': name }, element('option', { value: '' }, 'All'), ...options);
}

function countBy(entries: readonly Entry[], keyOf: (entry: Entry) => string | null): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    const key = keyOf(entry);
    if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
