import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { EXAMPLES, type Example } from '../test/examples.js';
import { useTemporaryFolder } from '../test/temporary-folder.js';
import { lintArtifact, LINT_RULES, type LintFinding } from './index.js';

const DOCS = fileURLToPath(new URL('../../../docs/lint/', import.meta.url));

const folder = useTemporaryFolder();
let runs = 0;

async function lint({ files, target, bounds }: Example, ignore: readonly string[] = []): Promise<readonly LintFinding[]> {
  runs += 1;
  const place = folder.path(String(runs));
  await mkdir(place);
  for (const [name, content] of Object.entries(files)) await writeFile(join(place, name), content);
  const { findings } = await lintArtifact(Object.keys(files).map((name) => join(place, name)), { ignore, ...(target === undefined ? {} : { target }), ...(bounds === undefined ? {} : { bounds }) });
  return findings;
}

it('there are at least 25 rules, each with an id of its own', () => {
  expect(LINT_RULES.length).toBeGreaterThanOrEqual(25);
  expect(new Set(LINT_RULES.map(({ id }) => id)).size).toBe(LINT_RULES.length);
});

describe.each(LINT_RULES.map((rule) => [rule.id, rule] as const))('%s', (id, { severity, advice, title, example, docs }) => {
  const { bad, place, says, good } = EXAMPLES[id] ?? { bad: { files: {} }, place: null, says: 'an example in test/examples.ts', good: { files: {} } };

  it('complains about its example, at the place', async () => {
    const found = (await lint(bad)).filter(({ rule }) => rule === id);
    expect(found).toEqual([{ rule: id, severity, artifact: Object.keys(bad.files)[0], place, sentence: expect.stringContaining(says), advice }]);
    expect(found[0]?.sentence).toMatch(/^[A-Z].*\.$/u);
  });

  it('is silent when it is suppressed', async () => {
    expect((await lint(bad, [id])).map(({ rule }) => rule)).not.toContain(id);
  });

  it('has nothing to say about what is nearly the same, and fine', async () => {
    expect((await lint(good)).map(({ rule }) => rule)).not.toContain(id);
  });

  it('has a page that tells what, why, an example, how to mend and how to suppress', async () => {
    expect(docs).toBe(`docs/lint/${id}.md`);
    const page = await readFile(join(DOCS, `${id}.md`), 'utf8');
    expect(page.split('\n')[0]).toBe(`# ${title} (\`${id}\`)`);
    expect(page).toContain(example);
    expect(page).toContain(advice);
    for (const heading of ['## Why', '## Example', '## How to mend', '## How to suppress']) expect(page).toContain(heading);
    expect(page).toContain(`--lint-ignore ${id}`);
    expect(await readFile(join(DOCS, 'README.md'), 'utf8')).toContain(`| [\`${id}\`](${id}.md) | ${severity} | ${title} |`);
  });
});

it('every page and every example belongs to a rule', async () => {
  const ids = LINT_RULES.map(({ id }) => id).toSorted();
  const pages = (await readdir(DOCS)).filter((name) => name !== 'README.md').map((name) => name.replace(/\.md$/u, ''));
  expect(pages.toSorted()).toEqual(ids);
  expect(Object.keys(EXAMPLES).toSorted()).toEqual(ids);
});

it('refuses to suppress what does not exist', async () => {
  await expect(lintArtifact([], { ignore: ['node-module'] })).rejects.toThrow(RangeError);
});
