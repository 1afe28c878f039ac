import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

import { describe, expect, it } from '@jest/globals';
import { OPTION_TABLE, resolveOptionName } from '@verapipe/ci-kit';
import { parse } from 'yaml';

import { extensionManifest } from '../src/manifest/extension-manifest.js';
import { inputsPage } from '../src/manifest/inputs-page.js';
import { OLD_INPUTS } from '../src/manifest/old-inputs.js';
import { OPTION_INPUTS } from '../src/manifest/option-inputs.js';
import { OUTPUT_VARIABLES } from '../src/manifest/output-variables.js';
import { TASK_COMMAND_WORDS, TASK_COMMANDS } from '../src/manifest/task-commands.js';
import { MANIFEST_GROUPS, manifestInputs } from '../src/manifest/task-inputs.js';
import { taskManifest } from '../src/manifest/task-manifest.js';
import { DEV, RELEASE } from '../src/manifest/variant.js';
import { taskVersionOf } from '../src/manifest/versions.js';
import { manifestFaults } from '../src/pack/check-manifests.js';
import { jsonText, stageExtension } from '../src/pack/stage-extension.js';
import { PACKAGE, TASK_FOLDER } from './task-world.js';

const INPUTS = manifestInputs(RELEASE);
const DOCS = join(PACKAGE, '..', '..', 'docs');

describe('what is committed', () => {
  it.each([
    ['the manifest of the task', join(PACKAGE, 'tasks', 'VerapipeV1', 'task.json'), jsonText(taskManifest(RELEASE))],
    ['the manifest of the extension', join(PACKAGE, 'vss-extension.json'), jsonText(extensionManifest(RELEASE))],
    ['that of its makers', join(PACKAGE, 'vss-extension-dev.json'), jsonText(extensionManifest(DEV))],
    ['the page of inputs', join(DOCS, 'azure-devops-inputs.md'), inputsPage()],
  ])('is %s as it is made from the options (else: UPDATE_MANIFESTS=1 pnpm test manifest)', (_name, path, text) => {
    if (process.env['UPDATE_MANIFESTS'] === '1') writeFileSync(path, text);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });
});

describe.each([['the extension', RELEASE], ['that of its makers', DEV]] as const)('%s', (_name, variant) => {
  const task = taskManifest(variant);
  const extension = extensionManifest(variant);

  it('fits the schemas of task and extension', async () => {
    const staged = mkdtempSync(join(tmpdir(), 'verapipe-staged-'));
    try {
      await stageExtension(staged, { variant, version: '1.2.3', isPublic: false, source: PACKAGE });
      expect(await manifestFaults(staged, join(PACKAGE, 'schemas'))).toEqual([]);
    } finally {
      rmSync(staged, { recursive: true });
    }
  });

  it('runs on Node 20 and Node 24, and on nothing else', () => {
    const { execution, restrictions, outputVariables, friendlyName } = task as { execution: Record<string, { target: string }>; restrictions: unknown; outputVariables: { name: string }[]; friendlyName: string };
    expect(Object.keys(execution)).toEqual(['Node24', 'Node20_1']);
    for (const { target } of Object.values(execution)) expect(readdirSync(TASK_FOLDER)).toContain(target);
    expect(restrictions).toEqual({ commands: { mode: 'any' }, settableVariables: { allowed: outputVariables.map(({ name }) => name) } });
    for (const { name } of outputVariables) expect(name).toMatch(/^[A-Za-z][A-Za-z0-9]*$/u);
    expect(friendlyName.length).toBeLessThanOrEqual(40);
  });

  it('shows its tab only where its own task ran, takes its own connections, and is private', () => {
    const { contributions, public: isPublic } = extension as { contributions: { id: string; properties: { supportsTasks?: string[]; name: string } }[]; public: boolean };
    expect(isPublic).toBe(false);
    expect(contributions.find(({ id }) => id === 'tab')?.properties.supportsTasks).toEqual([variant.taskId]);
    expect(contributions.find(({ id }) => id === 'connection')?.properties.name).toBe(variant.connectionType);
    expect(manifestInputs(variant).find(({ name }) => name === 'connection')?.type).toBe(`connectedService:${variant.connectionType}`);
  });
});

it('both extensions share no name that an organisation has once', () => {
  for (const key of Object.keys(RELEASE) as (keyof typeof RELEASE)[]) expect(DEV[key]).not.toBe(RELEASE[key]);
});

describe('the inputs', () => {
  it('are every option of the commands, but those known by name', () => {
    const commands = Object.values(TASK_COMMANDS);
    const missing = OPTION_TABLE.filter((option) => option.commands.some((command) => commands.some((own) => own === command)) && !OPTION_INPUTS.some((input) => input.option === option));
    expect(missing.map(({ name }) => name).toSorted()).toEqual(['color', 'debug', 'json', 'plan', 'profile', 'quiet']);
  });

  it('have names that Azure can tell apart, and say nothing aloud but the command', () => {
    const names = INPUTS.map(({ name }) => name.toUpperCase());
    expect(new Set(names).size).toBe(names.length);
    expect(INPUTS.filter(({ defaultValue }) => defaultValue !== undefined).map(({ name }) => name)).toEqual(['command']);
    expect(INPUTS.filter(({ required }) => required === true).map(({ name }) => name)).toEqual(['command']);
  });

  it('are shown beside their commands, under a heading that there is', () => {
    for (const { visibleRule, groupName } of INPUTS) {
      const words = [...(visibleRule ?? '').matchAll(/command = (\w+)/gu)].map(([, word]) => word);
      for (const word of words) expect([...TASK_COMMAND_WORDS, 'oldInputs']).toContain(word);
      expect([undefined, ...MANIFEST_GROUPS.map(({ name }) => name)]).toContain(groupName);
    }
    expect(INPUTS.find(({ name }) => name === 'app')?.visibleRule).toBe('command = scan || command = pipelineScan || command = preflight');
    expect(INPUTS.find(({ name }) => name === 'timeout')).toMatchObject({ type: 'string', helpMarkDown: expect.stringMatching(/Default: 360 minutes, 60 minutes of pipeline-scan\.$/u) });
    expect(INPUTS.find(({ name }) => name === 'newOnly')).toMatchObject({ type: 'pickList', options: { true: 'true', false: 'false' } });
    expect(INPUTS.find(({ name }) => name === 'createProfile')).toMatchObject({ type: 'boolean' });
    expect(INPUTS.find(({ name }) => name === 'file')).toMatchObject({ type: 'multiLine' });
  });

  it('name other options as inputs', () => {
    for (const { helpMarkDown } of INPUTS) {
      const typed = [...helpMarkDown.matchAll(/--([a-z-]+)/gu)].map(([, name = '']) => name);
      expect(typed.filter((name) => resolveOptionName(name) !== undefined)).toEqual([]);
    }
  });

  it('of Veracode@3 that have another name here are no names of today', () => {
    for (const name of Object.keys(OLD_INPUTS)) expect(OPTION_INPUTS.map((input) => input.name.toLowerCase())).not.toContain(name.toLowerCase());
  });
});

describe('the version of the task', () => {
  it.each([
    ['0.0.0', { Major: 1, Minor: 0, Patch: 0 }],
    ['0.3.2', { Major: 1, Minor: 3, Patch: 2 }],
    ['2.14.1', { Major: 1, Minor: 2014, Patch: 1 }],
  ])('for %s is %j', (version, wanted) => {
    expect(taskVersionOf(version)).toEqual(wanted);
  });

  it.each(['1.0.0-next.1', '1.0', '1.1000.0', ''])('for %p is none', (version) => {
    expect(() => taskVersionOf(version)).toThrow('cannot be the version of an extension');
  });
});

interface Step {
  readonly task?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

/** The steps of our task in a document, however deep. */
function stepsIn(node: unknown): readonly Step[] {
  if (Array.isArray(node)) return node.flatMap(stepsIn);
  if (typeof node !== 'object' || node === null) return [];
  const own = 'task' in node && String(node.task).startsWith('Verapipe@') ? [node as Step] : [];
  return [...own, ...Object.values(node).flatMap(stepsIn)];
}

describe('pipelines to copy', () => {
  const examples = readdirSync(join(PACKAGE, 'examples')).map((file) => [file, readFileSync(join(PACKAGE, 'examples', file), 'utf8')] as const);
  const inPages = [join(DOCS, 'azure-devops.md'), join(PACKAGE, 'overview.md'), join(PACKAGE, 'README.md')].flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/```yaml\n([^]*?)```/gu)].map(([, text = ''], index) => [`${basename(dirname(path))}/${basename(path)}, ${String(index)}`, text] as const));

  it.each([...examples, ...inPages])('%s says only what the task knows, and no secret', (_name, text) => {
    const steps = stepsIn(parse(text));
    expect(steps.length + (text.includes('Verapipe') ? 0 : 1)).toBeGreaterThan(0);
    for (const { task, inputs = {} } of steps) {
      expect(task).toBe('Verapipe@1');
      for (const [name, value] of Object.entries(inputs)) {
        const input = INPUTS.find((known) => known.name === name);
        expect([name, input?.groupName]).toEqual([name, input === undefined ? 'of an input that there is' : input.groupName]);
        expect(input?.groupName).not.toBe('oldInputs');
        if (input?.options !== undefined && !String(value).includes('$')) expect(Object.keys(input.options)).toContain(String(value));
      }
    }
    expect(text).not.toMatch(/[0-9a-f]{32}/iu);
  });

  it('name every output variable that they read', () => {
    for (const [, text] of [...examples, ...inPages]) {
      for (const [, name = ''] of text.matchAll(/(?:\$\(|')veracode\.(\w+)/gu)) expect(Object.keys(OUTPUT_VARIABLES)).toContain(name);
    }
  });
});
