import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { createEmulator } from '../src/create-emulator.js';
import { faultKinds } from '../src/faults/fault-kind.js';
import { parseScenario } from '../src/scenarios/scenario.js';
import { createHandClock } from './rehearsal.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8').replaceAll('\r\n', '\n');

describe('README', () => {
  it('shows a scenario that can be used', () => {
    const example = /```yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
    const emulator = createEmulator({ clock: createHandClock(), scenario: parseScenario(example, 'yaml') });
    expect(emulator.snapshot().applications.map(({ name }) => name)).toEqual(['Web shop']);
    expect(emulator.faults.list()).toHaveLength(1);
  });

  it('names every kind of fault', () => {
    const words = faultKinds.map((form) => /^[a-z0-9-]+/.exec(form)?.[0] ?? '');
    expect(words.filter((word) => !readme.includes(`\`${word}`))).toEqual([]);
  });
});
