import { foldersOf } from '../archive/entry-name.js';
import { aboutEntries } from '../complaints.js';
import { filesWith, isSpokenAbout, stemOf } from '../entries.js';
import type { RuleDefinition } from '../rule.js';

/** Python is scanned as source. */
export const PYTHON_BYTECODE_ONLY: RuleDefinition = {
  id: 'python-bytecode-only',
  title: 'Python bytecode without its source',
  severity: 'warning',
  advice: 'Upload the .py files; compiled ones are not scanned.',
  example: 'shop.zip with shop/views.pyc and no shop/views.py',
  check(survey) {
    const sources = new Set(filesWith(survey, ['py', 'pyw']).map(({ name, within }) => `${within}\0${[...foldersOf(name), stemOf(name)].join('/')}`));
    const compiled = filesWith(survey, ['pyc', 'pyo']).filter((entry) => !isSpokenAbout(entry) && !sources.has(`${entry.within}\0${sourceOf(entry.name)}`));
    return aboutEntries(compiled, 'Files that were compiled from Python, without their source');
  },
};

/** `shop/__pycache__/views.cpython-312.pyc` is made of `shop/views.py`. */
function sourceOf(name: string): string {
  const folders = foldersOf(name).filter((folder) => folder !== '__pycache__');
  return [...folders, stemOf(name).replace(/\.(?:cpython|pypy)-?\w+(?:\.opt-\d)?$/u, '')].join('/');
}
