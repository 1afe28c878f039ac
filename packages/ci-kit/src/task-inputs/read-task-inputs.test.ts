import { describe, expect, it } from '@jest/globals';
import type { Env } from '@verapipe/core';

import { optionsOf } from '../options/option-names.js';
import type { InputTable, OptionInput } from './input-table.js';
import { readTaskInputs } from './read-task-inputs.js';

type Word = 'scan' | 'look';

const SHOWN = ['app', 'file', 'report-only', 'timeout', 'for', 'scan-name'] as const;

function optionInputs(): readonly OptionInput<Word>[] {
  const commandOf = { scan: 'scan', look: 'preflight' } as const;
  return SHOWN.flatMap((name) => {
    const option = [...optionsOf('scan'), ...optionsOf('preflight')].find((known) => known.name === name);
    const key = name.replace(/-./gu, (letters) => letters.charAt(1).toUpperCase());
    return option === undefined ? [] : [{ name: key, option, commands: (['scan', 'look'] as const).filter((word) => option.commands.includes(commandOf[word])) }];
  });
}

const TABLE: InputTable<Word, 'connection' | 'colour' | 'label'> = {
  commands: { scan: 'scan', look: 'preflight' },
  defaultCommand: 'scan',
  own: {
    command: { name: 'command', words: ['scan', 'look'] },
    connection: { name: 'connection' },
    colour: { name: 'colour', words: ['red', 'blue'], commands: ['look'] },
    label: { name: 'label', refused: { pattern: /[/]/u, wanted: 'no slash' } },
  },
  options: optionInputs(),
  old: {
    task: 'Another@2',
    inputs: {
      filepath: { option: 'file' },
      failOnPolicy: { option: 'report-only', negated: true },
      version: { option: 'scan-name', refused: { pattern: /\$build/u, wanted: 'the number itself' } },
      importAll: { needless: ['true'], wanted: 'nothing of the kind' },
      optargs: { wanted: 'inputs of their own' },
    },
  },
  unreplaced: { by: 'The system', pattern: /\$\(\w+\)/u },
};

function read(inputs: Readonly<Record<string, string>>, env: Env = {}): ReturnType<typeof readTaskInputs<Word, 'connection' | 'colour' | 'label'>> {
  const inCapitals = new Map(Object.entries(inputs).map(([name, value]) => [name.toUpperCase(), value]));
  return readTaskInputs(TABLE, inCapitals, { env, added: () => [] });
}

function faults(inputs: Readonly<Record<string, string>>): readonly string[] {
  return read(inputs).options.issues.map(({ path, got, wanted }) => `${path}: ${got}; ${wanted}`);
}

describe('the inputs of a task', () => {
  it('are read by their names, in whatever capitals, with a list a line each', () => {
    const { command, own, options } = read({ COMMAND: 'Scan', App: 'Shop', file: 'a,b.jar\r\n\n c.jar ', connection: ' 12 ' });
    expect(command).toBe('scan');
    expect(own).toEqual({ connection: '12', colour: null, label: null });
    expect(options.values).toMatchObject({ app: 'Shop', file: ['a,b.jar', 'c.jar'] });
    expect(options.issues).toEqual([]);
    expect(options.notices).toEqual([]);
  });

  it('stand beside those that the task makes and the variables of an organisation, and beat these', () => {
    const { options } = readTaskInputs(TABLE, new Map([['TIMEOUT', '5']]), { env: { VERAPIPE_TIMEOUT: '9', VERAPIPE_APP: 'Ours' }, added: (command) => [{ name: 'scan-name', value: command }] });
    expect(options.values).toMatchObject({ timeout: 5, app: 'Ours', scanName: 'scan' });
  });

  it.each([
    ['those of a variable', {}, { VERAPIPE_FILE: 'v.jar\nw.jar' }, ['v.jar', 'w.jar', 'x.jar', 'y.jar']],
    ['those of an input, which beats the variable', { FILE: 'i.jar' }, { VERAPIPE_FILE: 'v.jar' }, ['i.jar', 'x.jar', 'y.jar']],
    ['none', {}, {}, ['x.jar', 'y.jar']],
  ])('that the task makes come behind %s', (_name, inputs, env, wanted) => {
    const added = ['x.jar', 'y.jar'].map((value) => ({ name: 'file', value }) as const);
    const { options } = readTaskInputs(TABLE, new Map(Object.entries(inputs)), { env, added: () => added });
    expect(options.values.file).toEqual(wanted);
    expect(options.issues).toEqual([]);
  });

  it.each<[name: string, inputs: Record<string, string>, wanted: string]>([
    ['a name that nobody knows', { tiemout: '5' }, 'tiemout: an unknown input; perhaps timeout'],
    ['a name like no other', { zzzzzzzzzz: '5' }, 'zzzzzzzzzz: an unknown input; one of the inputs of the task'],
    ['a command that is none', { command: 'scn' }, 'command: "scn"; scan, look'],
    ['a word that is none', { command: 'look', colour: 'green' }, 'colour: "green"; red, blue'],
    ['text that it does not take', { label: 'a/b' }, 'label: "a/b"; no slash'],
    ['an input of another command', { colour: 'red' }, 'colour: an input of look; nothing beside command: scan'],
    ['an option of another command', { for: 'scan' }, 'for: an input of look; nothing beside command: scan'],
    ['a variable that was not replaced', { app: '$(name)' }, 'app: "$(name)", in which The system did not replace a variable; a variable that has a value when the task runs'],
    ['an old input that means nothing here', { optargs: '-debug' }, 'optargs: an input of Another@2 that this task has not; inputs of their own'],
    ['an old input that is always so, with another value', { importAll: 'false' }, 'importAll: an input of Another@2 that this task has not; nothing of the kind'],
    ['a placeholder of the other task', { version: 'v$build' }, 'version: "v$build"; the number itself'],
    ['a value that the option does not take', { timeout: 'soon' }, 'timeout: "soon"; a whole number of minutes from 1 to 10080'],
  ])('are refused: %s', (_name, inputs, wanted) => {
    expect(faults(inputs)).toContain(wanted);
  });

  it('of another task are taken where they mean the same, and said once each', () => {
    const { options } = read({ filepath: 'a.jar', failOnPolicy: 'TRUE', importAll: 'True' });
    expect(options.values).toMatchObject({ file: ['a.jar'], reportOnly: false });
    expect(options.issues).toEqual([]);
    expect(options.notices).toEqual([
      'The input filepath of Another@2 is called file here.',
      'The input failOnPolicy of Another@2 is called reportOnly here, and means the opposite.',
      'The input importAll of Another@2 is not needed here.',
    ]);
    for (const word of ['false', 'No', '0']) expect(read({ failOnPolicy: word }).options.values.reportOnly).toBe(true);
    for (const word of ['true', 'YES', ' 1 ']) expect(read({ failOnPolicy: word }).options.values.reportOnly).toBe(false);
    expect(faults({ failOnPolicy: 'perhaps' }).join()).toContain('reportOnly: "perhaps"');
  });
});
