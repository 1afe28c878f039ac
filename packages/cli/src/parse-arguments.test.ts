import type { CommandName, Setting } from '@verapipe/ci-kit';
import { describe, expect, it } from '@jest/globals';

import { parseArguments } from './parse-arguments.js';

describe('parseArguments', () => {
  it.each<[name: string, args: readonly string[], wanted: readonly (readonly [string, string | null])[]]>([
    ['nothing', [], []],
    ['a value', ['--app', 'Web shop'], [['app', 'Web shop']]],
    ['an inline value', ['--app=Web shop'], [['app', 'Web shop']]],
    ['an inline value with =', ['--save-as=a-*.jar=b.jar'], [['save-as', 'a-*.jar=b.jar']]],
    ['an empty inline value', ['--app='], [['app', '']]],
    ['a line break in a value', ['--app=a\nb'], [['app', 'a\nb']]],
    ['a switch', ['--json', '--no-wait'], [['json', null], ['no-wait', null]]],
    ['a switch does not eat the next word', ['--create-profile', '--app', 'x'], [['create-profile', null], ['app', 'x']]],
    ['a switch with a value', ['--wait=false'], [['wait', 'false']]],
    ['several values', ['--file', 'a', 'b', '--app', 'x'], [['file', 'a'], ['file', 'b'], ['app', 'x']]],
    ['repeated', ['--file', 'a', '--file', 'b'], [['file', 'a'], ['file', 'b']]],
    ['a value with one dash', ['--file', '-x.jar'], [['file', '-x.jar']]],
    ['a value with two dashes', ['--file=--x.jar'], [['file', '--x.jar']]],
    ['a forgotten value', ['--app', '--sandbox', 's'], [['app', null], ['sandbox', 's']]],
    ['a forgotten value at the end', ['--app'], [['app', null]]],
    ['an unknown option with its value', ['--tiemout', '9', '--json'], [['tiemout', '9'], ['json', null]]],
    ['the style of another tool', ['-appname', 'x', '-createprofile', 'true'], [['appname', 'x'], ['createprofile', 'true']]],
  ])('%s', (_name, args, wanted) => {
    const settings: readonly Setting[] = wanted.map(([name, value]) => ({ name, value }));
    expect(parseArguments('scan', args)).toEqual({ settings, help: false, issues: [] });
  });

  it.each<[name: string, command: CommandName, args: readonly string[], wanted: readonly (readonly [string, string | null])[]]>([
    ['paths of a search', 'credentials scan', ['one', 'two', '--json', 'three'], [['path', 'one'], ['path', 'two'], ['json', null], ['path', 'three']]],
    ['paths after an option with a value', 'credentials scan', ['--exclude=*.md', 'one'], [['exclude', '*.md'], ['path', 'one']]],
    ['a path that looks like an option', 'credentials scan', ['--json', '--', '--odd', '-h'], [['json', null], ['path', '--odd'], ['path', '-h']]],
    ['a path in its option', 'credentials scan', ['--path', 'one', 'two'], [['path', 'one'], ['path', 'two']]],
    ['a CI', 'init', ['azure', '--print'], [['ci', 'azure'], ['print', null]]],
    ['an option that another command types alike', 'drill', ['--lint', 'ci.yml'], [['lint', 'ci.yml']]],
  ])('%s', (_name, command, args, wanted) => {
    expect(parseArguments(command, args)).toEqual({ settings: wanted.map(([name, value]) => ({ name, value })), help: false, issues: [] });
  });

  it.each([['--help'], ['-h']])('sees that %s is wanted', (argument) => {
    expect(parseArguments('scan', ['--app', 'x', argument, '--bogus']).help).toBe(true);
  });

  it.each([
    ['scan', 'a.jar', '--file a.jar, if it is a file to upload'],
    ['scan', '-', '--file -, if it is a file to upload'],
    ['wait', 'a.json', 'options only'],
    ['scan', 'a1b2'.repeat(32), '--file [redacted], if it is a file to upload'],
    ['scan', 'x'.repeat(200), `--file ${'x'.repeat(60)}…, if it is a file to upload`],
  ] as const)('of %s: %p belongs to no option', (command, argument, wanted) => {
    const { issues } = parseArguments(command, ['--json', argument]);
    expect(issues).toMatchObject([{ path: 'arguments', wanted }]);
  });
});
