import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { ROOT } from '../bootstrap/paths.mjs';
import { logicLines } from './logic-lines.mjs';

const COUNTED = `import { a } from 'a';

/** A comment. */
interface Shape {
  readonly name: string;
}

// Another one.
export function shapeOf(name: string): Shape {
  return {
    /** Within. */
    name,

  };
}
`;

describe('lines of logic', () => {
  it('are those of statements, without comments, blank lines, imports and types', () => {
    expect(logicLines(COUNTED)).toBe(5);
    expect(logicLines(`${COUNTED}export const more = shapeOf('more');\n`)).toBe(6);
  });

  it('of the Azure task are at most 300: whatever is more belongs into ci-kit', () => {
    const folder = join(ROOT, 'packages', 'azure-devops', 'src');
    // Its manifest is a table, and what packs it never runs in a pipeline.
    const files = readdirSync(folder).filter((name) => /(?<!\.test)\.ts$/u.test(name) && !['main-pack.ts', 'main-stage.ts'].includes(name));
    const lines = files.map((name) => logicLines(readFileSync(join(folder, name), 'utf8')));
    expect(files).toContain('run-task.ts');
    expect(lines.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(300);
  });
});
