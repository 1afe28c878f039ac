import { element } from './dom.js';
import { rowOf } from './row.js';
import type { Line } from './selection.js';

/** Every row is as high, so that the place of each is known without drawing it; the style sheet says the same. */
const ROW_PX = 60;
/** Rows that are drawn beyond what is seen. */
const BEYOND = 5;

export interface ListEvents {
  /** Another line is the active one; null: the list is empty. */
  readonly onActive: (line: Line | null) => void;
  /** A group is to be opened or closed. */
  readonly onToggle: (line: Extract<Line, { isOpen: boolean }>) => void;
  /** The active line was asked for: Enter. */
  readonly onEnter: () => void;
}

export interface List {
  readonly node: HTMLElement;
  /** Shows other lines; the active line stays where `isSame` finds it again. */
  readonly show: (lines: readonly Line[], isGrouped: boolean) => void;
  readonly move: (by: number) => void;
}

/** A list that draws what is seen and nothing else, so that any number of lines is smooth. @see w3.org/WAI/ARIA/apg "Treegrid" */
export function createList(events: ListEvents): List {
  const node = element('div', { class: 'list', role: 'treegrid', tabindex: 0, 'aria-label': 'Findings, worst first', id: 'list' });
  const space = element('div', { class: 'space', role: 'rowgroup' });
  node.append(space);
  let lines: readonly Line[] = [];
  let isGrouped = false;
  let active = 0;

  const draw = (): void => {
    const first = Math.max(0, Math.floor(node.scrollTop / ROW_PX) - BEYOND);
    const last = Math.min(lines.length, Math.ceil((node.scrollTop + node.clientHeight) / ROW_PX) + BEYOND);
    space.replaceChildren(...lines.slice(first, last).map((line, index) => draftRow(line, first + index)));
    // A reader of the screen is told of a row only while it is there.
    if (active >= first && active < last) node.setAttribute('aria-activedescendant', rowId(active));
    else node.removeAttribute('aria-activedescendant');
  };
  const draftRow = (line: Line, index: number): HTMLElement => {
    const row = rowOf(line, isGrouped);
    row.id = rowId(index);
    row.dataset['index'] = String(index);
    row.setAttribute('aria-rowindex', String(index + 1));
    row.setAttribute('aria-selected', index === active ? 'true' : 'false');
    row.style.transform = `translateY(${String(index * ROW_PX)}px)`;
    return row;
  };
  const activate = (index: number): void => {
    active = Math.min(Math.max(0, index), Math.max(0, lines.length - 1));
    const top = active * ROW_PX;
    if (top < node.scrollTop) node.scrollTop = top;
    else if (top + ROW_PX > node.scrollTop + node.clientHeight) node.scrollTop = top + ROW_PX - node.clientHeight;
    draw();
    events.onActive(lines[active] ?? null);
  };
  const toggle = (): void => {
    const line = lines[active];
    if (line !== undefined && 'group' in line) events.onToggle(line);
  };
  const parentOf = (index: number): number => lines.findLastIndex((line, at) => at < index && 'group' in line);
  const pressed: Readonly<Record<string, () => void>> = {
    ArrowDown: () => activate(active + 1),
    ArrowUp: () => activate(active - 1),
    PageDown: () => activate(active + pageOf(node)),
    PageUp: () => activate(active - pageOf(node)),
    Home: () => activate(0),
    End: () => activate(lines.length - 1),
    ArrowRight: () => {
      const line = lines[active];
      if (line !== undefined && 'group' in line && !line.isOpen) toggle();
      else activate(active + 1);
    },
    ArrowLeft: () => {
      const line = lines[active];
      if (line !== undefined && 'group' in line && line.isOpen) toggle();
      else if (parentOf(active) >= 0) activate(parentOf(active));
    },
    Enter: () => {
      const line = lines[active];
      if (line !== undefined && 'group' in line) toggle();
      else events.onEnter();
    },
  };

  node.addEventListener('scroll', draw);
  new ResizeObserver(draw).observe(node);
  node.addEventListener('keydown', (event) => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : pressed[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
  node.addEventListener('click', (event) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('.row') : null;
    if (row === null) return;
    activate(Number(row.dataset['index']));
    toggle();
  });

  return {
    node,
    show(shown, grouped) {
      const before = lines[active];
      lines = shown;
      isGrouped = grouped;
      const again = before === undefined ? -1 : lines.findIndex((line) => isSame(line, before));
      // In a grouped list the first line is a group: its first finding says more.
      const start = grouped && lines.length > 1 && lines[0] !== undefined && 'group' in lines[0] && lines[0].isOpen ? 1 : 0;
      node.setAttribute('aria-rowcount', String(lines.length));
      space.style.height = `${String(lines.length * ROW_PX)}px`;
      if (again < 0) node.scrollTop = 0;
      activate(again < 0 ? start : again);
    },
    move: (by) => activate(active + by),
  };
}

function rowId(index: number): string {
  return `row-${String(index)}`;
}

function pageOf(node: HTMLElement): number {
  return Math.max(1, Math.floor(node.clientHeight / ROW_PX) - 1);
}

function isSame(a: Line, b: Line): boolean {
  if ('finding' in a) return 'finding' in b && a.finding === b.finding;
  return 'group' in b && a.group.name === b.group.name;
}
