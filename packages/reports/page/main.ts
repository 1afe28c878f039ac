import { element } from './dom.js';
import { createThemeButton } from './theme.js';
import { createWorkbench } from './workbench.js';

document.querySelector('header.verdict')?.append(createThemeButton());

const section = document.getElementById('findings');
const placeholder = document.getElementById('placeholder');
if (section !== null) {
  try {
    createWorkbench(section);
    placeholder?.remove();
  } catch (error) {
    // An empty list would look like a clean scan.
    placeholder?.replaceWith(element('p', { class: 'notice loud', role: 'alert' }, `The findings could not be listed. ${error instanceof Error ? error.message : String(error)}`));
  }
}
