import type { Env } from '@verapipe/core';
import { describe, expect, it } from '@jest/globals';

import { commandLineName, environmentName, optionKey, optionsOf, resolveOptionName } from './option-names.js';
import { OPTION_TABLE, type OptionValues } from './option-table.js';
import { parseBoolean } from './parse-boolean.js';
import { readOptions, type ReadOptions, type Setting } from './read-options.js';

function read(written: readonly (readonly [string, string | null])[], env: Env = {}): ReadOptions {
  const settings: readonly Setting[] = written.map(([name, value]) => ({ name, value }));
  return readOptions('scan', settings, env);
}

describe('the option table', () => {
  it('has names that nothing else stands for', () => {
    const plainNames = OPTION_TABLE.flatMap(({ name, oldNames = [] }) => [...new Set([name, ...oldNames].map((text) => text.replaceAll('-', '')))]);
    expect(plainNames.filter((name, index) => plainNames.indexOf(name) !== index)).toEqual([]);
  });

  it('takes no secret', () => {
    expect(OPTION_TABLE.filter(({ name }) => /key|secret|password|token/u.test(name))).toEqual([]);
  });

  it.each(OPTION_TABLE.map((option) => [option.name, option] as const))('--%s has a help text and a default that people understand', (_name, option) => {
    expect(option.help).toMatch(/[.]$/u);
    expect(option.default !== null || option.defaultText !== undefined).toBe(true);
    expect(resolveOptionName(option.name)?.option).toBe(option);
    expect(resolveOptionName(optionKey(option.name))?.option).toBe(option);
  });

  it('has spellings for every place', () => {
    expect(optionKey('poll-interval')).toBe('pollInterval');
    expect(environmentName('poll-interval')).toBe('VERAPIPE_POLL_INTERVAL');
    expect(optionsOf('wait').map(({ name }) => name)).not.toContain('app');
    const wait = OPTION_TABLE.find(({ name }) => name === 'wait');
    expect(wait && commandLineName(wait)).toBe('--no-wait');
  });
});

describe('readOptions', () => {
  it.each<[name: string, written: readonly (readonly [string, string | null])[], env: Env, wanted: Partial<OptionValues>]>([
    ['defaults', [], {}, { app: null, file: [], wait: true, timeout: 360, deleteIncomplete: 'never', scanName: '{ci} {run}{suffix}' }],
    ['a setting', [['app', 'Web shop']], {}, { app: 'Web shop' }],
    ['the environment', [], { VERAPIPE_APP: 'Web shop', VERAPIPE_NO_WAIT: 'yes' }, { app: 'Web shop', wait: false }],
    ['a setting before the environment', [['app', 'a']], { VERAPIPE_APP: 'b' }, { app: 'a' }],
    ['an empty variable', [], { VERAPIPE_APP: '' }, { app: null }],
    ['repeated settings', [['file', 'a'], ['file', 'b']], { VERAPIPE_FILE: 'c' }, { file: ['a', 'b'] }],
    ['a list with commas', [], { VERAPIPE_FILE: 'a, b' }, { file: ['a', 'b'] }],
    ['a list of lines', [], { VERAPIPE_FILE: 'a,b\n\n c \r\n' }, { file: ['a,b', 'c'] }],
    ['a list of JSON', [], { VERAPIPE_FILE: '["a, b", " c#\\"d"]' }, { file: ['a, b', 'c#"d'] }],
    ['a JSON list of numbers', [], { VERAPIPE_FAIL_ON_CWE: '[89,79]' }, { failOnCwe: ['89', '79'] }],
    ['an empty JSON list', [], { VERAPIPE_FILE: ' [] ' }, { file: [] }],
    ['a pattern that is no JSON', [], { VERAPIPE_FILE: '[ab].war' }, { file: ['[ab].war'] }],
    ['patterns that are no JSON', [], { VERAPIPE_FILE: '[ab].war,[true]' }, { file: ['[ab].war', '[true]'] }],
    ['JSON that is no list of texts', [], { VERAPIPE_FILE: '[{"a":"b"}]' }, { file: ['[{"a":"b"}]'] }],
    ['a switch', [['json', null]], {}, { json: true }],
    ['a switch that is turned off', [['no-wait', null], ['no-color', 'false']], {}, { wait: false, color: true }],
    ['a severity by number', [['fail-on-severity', '4']], {}, { failOnSeverity: 4 }],
    ['the lowest of a list', [['fail-on-severity', 'Very High, medium']], {}, { failOnSeverity: 3 }],
    ['words of another tool', [['delete-incomplete', '2']], {}, { deleteIncomplete: 'any' }],
    ['another spelling of a choice', [['criticality', 'veryhigh']], {}, { criticality: 'Very High' }],
  ])('takes %s', (_name, written, env, wanted) => {
    const { values, issues } = read(written, env);
    expect(issues).toEqual([]);
    expect(values).toMatchObject(wanted);
  });

  it.each([
    ['tiemout', '5', 'tiemout', 'perhaps "timeout"'],
    ['xyzzy', null, 'xyzzy', 'one of the options that --help lists'],
    ['vkey', 'abc', 'vkey', expect.stringContaining('VERACODE_API_KEY_SECRET')],
    ['timeout', 'soon', 'timeout', 'a whole number of minutes from 1 to 10080'],
    ['timeout', '-1', 'timeout', expect.stringContaining('from 1')],
    ['timeout', null, 'timeout', 'a value: MINUTES'],
    ['json', 'perhaps', 'json', 'true, false, yes, no, 1 or 0'],
    ['modules', 'top-levl', 'modules', expect.stringContaining('did you mean top-level?')],
    ['fail-on-severity', 'high,scary', 'failOnSeverity', expect.stringContaining('Very High')],
    ['app', ' ', 'app', 'a name'],
  ])('refuses --%s %p', (name, value, path, wanted) => {
    expect(read([[name, value]]).issues).toEqual([{ path, got: expect.any(String), wanted }]);
  });

  it('takes several choices in one value or in several', () => {
    const kinds = (...values: readonly string[]): unknown => readOptions('findings', values.map((value) => ({ name: 'kind', value })), {}).values.kind;
    expect(kinds('static,SCA', 'manual')).toEqual(['static', 'sca', 'manual']);
    expect(readOptions('findings', [{ name: 'kind', value: 'static,,scaa' }], {}).issues).toMatchObject([{ path: 'kind', got: 'nothing' }, { path: 'kind', got: '"scaa"' }]);
  });

  it('lists every fault, also those of the environment, and keeps defaults in their place', () => {
    const { issues, values } = read([['timeout', 'x'], ['app', 'a'], ['app', 'b']], { VERAPIPE_TIEMOUT: '3', VERAPIPE_POLL_INTERVAL: 'y' });
    expect(issues.map(({ path }) => path).sort()).toEqual(['VERAPIPE_POLL_INTERVAL', 'VERAPIPE_TIEMOUT', 'app', 'timeout']);
    expect(values).toMatchObject({ timeout: 360, app: null });
  });

  it('never repeats the value of an unknown option, which may be a key', () => {
    expect(JSON.stringify(read([['vkey', 'c0ffee']]))).not.toContain('c0ffee');
  });

  it('says where a value came from, and once that a name has changed', () => {
    const { sources, notices, values } = read([['appname', 'x']], { VERAPIPE_TIMEOUT: '9' });
    expect(values.app).toBe('x');
    expect(sources).toMatchObject({ app: 'setting', timeout: 'environment', sandbox: 'default' });
    expect(notices).toEqual(['"appname" is called "app" here.']);
  });

  it('takes only the options of its command', () => {
    expect(readOptions('wait', [{ name: 'app', value: 'x' }], { VERAPIPE_APP: 'y' })).toMatchObject({ issues: [{ path: 'app' }], values: { app: null } });
  });
});

describe('parseBoolean', () => {
  it.each([
    ['true', true],
    ['YES', true],
    ['1', true],
    [' no ', false],
    ['0', false],
    ['False', false],
    ['on', undefined],
    ['', undefined],
    ['constructor', undefined],
  ])('%p', (text, wanted) => {
    expect(parseBoolean(text)).toBe(wanted);
  });
});
