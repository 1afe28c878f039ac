import { createReportFrame, type Theme } from './report-frame.js';
import type { TaskRun } from './task-runs.js';

/** Shows the runs of a build: the report of the chosen one, and the others to choose where there are several. */
export function renderRuns(place: HTMLElement, runs: readonly TaskRun[], theme: Theme): void {
  if (runs.length === 0) {
    renderMessage(place, 'No run of the task has left results in this build. Results appear when a task ends; a preflight and a gate leave none.');
    return;
  }
  const panel = document.createElement('div');
  panel.className = 'panel';
  const tabs = runs.map((run, index) => createTab(run, index));
  const choose = (chosen: number): void => {
    tabs.forEach((tab, index) => {
      tab.setAttribute('aria-selected', String(index === chosen));
      tab.tabIndex = index === chosen ? 0 : -1;
    });
    const run = runs[chosen];
    panel.replaceChildren(...(run === undefined ? [] : [run.report === null ? createMessage(`${run.label}: this run left no report. Its log says why.`) : createReportFrame(run.report, { label: run.label, theme })]));
  };
  tabs.forEach((tab, index) => tab.addEventListener('click', () => choose(index)));
  place.replaceChildren(...(runs.length === 1 ? [] : [createTabList(tabs, choose)]), panel);
  place.removeAttribute('aria-busy');
  choose(0);
}

/** Shows a sentence instead of results. */
export function renderMessage(place: HTMLElement, text: string, isBad = false): void {
  const message = createMessage(text);
  message.classList.toggle('bad', isBad);
  message.setAttribute('role', isBad ? 'alert' : 'status');
  place.replaceChildren(message);
  place.removeAttribute('aria-busy');
}

function createMessage(text: string): HTMLElement {
  const message = document.createElement('p');
  message.className = 'message';
  message.textContent = text;
  return message;
}

function createTab({ label }: TaskRun, index: number): HTMLButtonElement {
  const tab = document.createElement('button');
  tab.type = 'button';
  tab.id = `run-${String(index)}`;
  tab.setAttribute('role', 'tab');
  tab.textContent = label;
  return tab;
}

/** Worked with the arrow keys, as lists of tabs are. @see w3.org/WAI/ARIA/apg/patterns/tabs */
function createTabList(tabs: readonly HTMLButtonElement[], choose: (index: number) => void): HTMLElement {
  const list = document.createElement('div');
  list.className = 'runs';
  list.setAttribute('role', 'tablist');
  list.setAttribute('aria-label', 'Runs of the task in this build');
  list.append(...tabs);
  list.addEventListener('keydown', ({ key }) => {
    const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const now = tabs.findIndex((tab) => tab === document.activeElement);
    const next = (now + step + tabs.length) % tabs.length;
    choose(next);
    tabs[next]?.focus();
  });
  return list;
}
