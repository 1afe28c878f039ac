import { button } from './dom.js';

const THEMES = ['auto', 'light', 'dark'] as const;

/** Switches between the colours of the system, light ones and dark ones. */
export function createThemeButton(): HTMLButtonElement {
  let current = 0;
  const made = button('Colours: auto', { class: 'quiet theme' }, () => {
    current = (current + 1) % THEMES.length;
    const theme = THEMES[current] ?? 'auto';
    document.documentElement.dataset['theme'] = theme;
    made.textContent = `Colours: ${theme}`;
  });
  return made;
}
