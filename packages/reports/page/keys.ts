import { button, element } from './dom.js';

const KEYS = [
  ['↑ ↓', 'In the list: the finding before, the next one'],
  ['Page ↑ ↓, Home, End', 'In the list: a screen further, first, last'],
  ['← →', 'In the list: close and open a group'],
  ['Enter', 'To the details, or opens and closes a group'],
  ['Esc', 'Back to the list; in the search: clears it'],
  ['/', 'To the search'],
  ['j, k', 'Next finding, the one before, from anywhere'],
  ['?', 'These keys'],
] as const;

export interface KeyTargets {
  readonly search: HTMLElement;
  readonly list: HTMLElement;
  readonly details: HTMLElement;
  readonly move: (by: number) => void;
  readonly clearSearch: () => void;
}

/** Keys that act anywhere on the page, and the button that tells of them. Single letters can be switched off: WCAG 2.1.4. */
export function createKeys({ search, list, details, move, clearSearch }: KeyTargets): readonly HTMLElement[] {
  const single = element('input', { type: 'checkbox', checked: true });
  const rows = KEYS.map(([key, meaning]) => element('tr', {}, element('th', { scope: 'row' }, element('kbd', {}, key)), element('td', {}, meaning)));
  const dialog = element('dialog', { class: 'keys', 'aria-labelledby': 'keys-title' });
  dialog.append(
    element('h2', { id: 'keys-title' }, 'Keys'),
    element('table', {}, element('tbody', {}, ...rows)),
    element('p', {}, element('label', { class: 'check' }, single, element('span', {}, 'Single keys (/ j k ?) act anywhere'))),
    button('Close', {}, () => dialog.close()),
  );
  const singleKeys: Readonly<Record<string, () => void>> = { '/': () => search.focus(), j: () => move(1), k: () => move(-1), '?': () => dialog.showModal() };

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
    if (event.key === 'Escape') {
      if (document.activeElement === search) clearSearch();
      else if (details.contains(document.activeElement)) list.focus();
      return;
    }
    const act = single.checked && !isTyping(event.target) ? singleKeys[event.key] : undefined;
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
  return [button('Keys', { class: 'quiet' }, () => dialog.showModal()), dialog];
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;
}
