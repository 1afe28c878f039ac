import { describe, expect, it } from '@jest/globals';

import { readVariables } from './read-variables.js';
import { undefinedVariable, unreplacedVariables } from './undefined-variable.js';

type Env = Readonly<Record<string, string>>;

/** A container of a step, where nobody meant any of this. */
const CONTAINER: Env = { ...{ CI: 'true', HOME: '/root', PATH: '/bin', PWD: '/x', TERM: 'xterm', LANG: 'C', TZ: 'UTC', HOSTNAME: 'a', NO_COLOR: '1', USER: 'root' }, ...{ NODE_VERSION: '24', YARN_VERSION: '1', DOCKER_HOST: 'x', HTTPS_PROXY: 'http://p', BITBUCKET_TAG: 'v1', BITBUCKET_BUILD_NUMBER: '7', npm_config_file: 'x' } };
const KEYS: Env = { VERACODE_API_KEY_ID: 'a', VERACODE_API_KEY_SECRET: 'b' };

function read(variables: Env): ReturnType<typeof readVariables> {
  return readVariables({ ...CONTAINER, ...KEYS, ...variables });
}

function faults(variables: Env): readonly string[] {
  return read(variables).issues.map(({ path, got, wanted }) => `${path}: ${got}; ${wanted}`);
}

describe('the variables of the pipe', () => {
  it('are the options of the command line, in their own names', () => {
    const { options, command, env, issues, notices } = read({ APP: 'Shop', FAIL_ON_SEVERITY: 'High', POLL_INTERVAL: '150', REPORT_ONLY: 'yes' });
    expect({ command, issues, notices }).toEqual({ command: 'scan', issues: [], notices: [] });
    expect(options.values).toMatchObject({ app: 'Shop', failOnSeverity: 4, pollInterval: 150, reportOnly: true, wait: true });
    expect(env).toMatchObject({ VERAPIPE_APP: 'Shop', HOME: '/root', VERACODE_API_KEY_SECRET: 'b' });
  });

  it.each<[name: string, variables: Env, files: readonly string[]]>([
    ['a YAML list', { FILE_COUNT: '2', FILE_0: 'a, b.jar', FILE_1: '[ab].war' }, ['a, b.jar', '[ab].war']],
    ['an empty one', { FILE_COUNT: '0' }, []],
    ['a text with commas', { FILE: 'a.jar, b.jar' }, ['a.jar', 'b.jar']],
    ['lines', { FILE: 'a, b.jar\nc.jar' }, ['a, b.jar', 'c.jar']],
    ['JSON', { FILE: '["a,b.jar"]' }, ['a,b.jar']],
    ['backslashes and quotes', { FILE_COUNT: '1', FILE_0: String.raw`a\"b'.jar` }, [String.raw`a\"b'.jar`]],
    ['the name of the option itself', { VERAPIPE_FILE: 'a.jar' }, ['a.jar']],
    ['nothing', { FILE: '  ' }, []],
  ])('take lists as %s', (_name, variables, files) => {
    expect(read(variables)).toMatchObject({ issues: [], options: { values: { file: files } } });
  });

  it.each<[variables: Env, wait: boolean]>([
    [{ WAIT: 'false' }, false],
    [{ NO_WAIT: 'true' }, false],
    [{ NO_WAIT: 'no' }, true],
    [{ WAIT_FOR_SCAN: 'false' }, false],
  ])('%j: waits %p', (variables, wait) => {
    expect(read(variables)).toMatchObject({ issues: [], options: { values: { wait } } });
  });

  it('take names of other tools, and say those of today', () => {
    const { options, issues, notices } = read({ APPNAME: 'Shop', TEAMS: 'a,b', SCANTIMEOUT: '5' });
    expect(issues).toEqual([]);
    expect(options.values).toMatchObject({ app: 'Shop', team: ['a', 'b'], timeout: 5 });
    expect(notices).toEqual(['APPNAME is called APP here.', 'TEAMS is called TEAM here.', 'SCANTIMEOUT is called TIMEOUT here.']);
  });

  it.each<[name: string, variables: Env, messages: readonly string[]]>([
    ['a misspelt one', { FAIL_ON_SEVERTY: 'High' }, ['FAIL_ON_SEVERTY: an unknown variable; perhaps FAIL_ON_SEVERITY']],
    ['a misspelt one of the pipe', { CODE_INSIGHT: 'no' }, ['CODE_INSIGHT: an unknown variable; perhaps CODE_INSIGHTS']],
    ['one of another command', { COMMAND: 'pipeline-scan', SANDBOX: 'dev' }, ['SANDBOX: a variable that pipeline-scan has no use for; it at scan, preflight only']],
    ['another command', { COMMAND: 'deploy' }, ['COMMAND: "deploy"; scan, wait, pipeline-scan, preflight']],
    ['the same twice', { FILE: 'a', FILE_COUNT: '1', FILE_0: 'b' }, ['FILE_COUNT: a second variable beside FILE; one of them']],
    ['a list for one value', { APP_COUNT: '1', APP_0: 'Shop' }, ['APP: a list; one value']],
    ['a list with a hole', { FILE_COUNT: '2', FILE_1: 'b' }, ['FILE_0: nothing; item 1 of 2']],
    ['a list without a count', { FILE_COUNT: 'two' }, ['FILE_COUNT: something else than a count; a YAML list as FILE']],
    ['items without a list', { FILE_0: 'a' }, ['FILE_0: an unknown variable; perhaps FILE']],
    ['a switch that is none', { CODE_INSIGHTS: 'maybe' }, ['CODE_INSIGHTS: "maybe"; true, false, yes, no, 1 or 0']],
    ['a time that is none', { MAX_TIME: '900' }, ['MAX_TIME: "900"; whole minutes from 1 to 720, as the step has them']],
    ['no time', { MAX_TIME: '0' }, ['MAX_TIME: "0"; whole minutes from 1 to 720, as the step has them']],
    ['a wrong value, by the name that was used', { TIMEOUT: 'soon' }, ['TIMEOUT: "soon"; a whole number of minutes from 1 to 10080']],
    ['a variable that does not exist', { SANDBOX: '$BRANCH_SANDBOX' }, ['SANDBOX: the text "$BRANCH_SANDBOX" itself; a variable BRANCH_SANDBOX that exists and that this pipeline may see']],
    ['a secret one that does not exist', { CODE_INSIGHTS_TOKEN: '${TOKEN}' }, ['CODE_INSIGHTS_TOKEN: the text "$TOKEN" itself; a variable TOKEN that exists and that this pipeline may see']],
    ['an option that nobody has', { VERAPIPE_TIEMOUT: '5' }, ['VERAPIPE_TIEMOUT: an unknown variable; perhaps VERAPIPE_TIMEOUT']],
  ])('that are wrong are named: %s', (_name, variables, messages) => {
    expect(faults(variables)).toEqual(messages);
  });

  it('that do not exist are missing credentials, where they are those', () => {
    const { env, issues, notices } = read({ VERACODE_API_KEY_ID: '$VERACODE_API_KEY_ID', VERACODE_API_KEY_SECRET: '${KEY}' });
    expect(issues).toEqual([]);
    expect(notices).toEqual([expect.stringContaining('VERACODE_API_KEY_ID is the text "$VERACODE_API_KEY_ID" itself'), expect.stringContaining('VERACODE_API_KEY_SECRET is the text "$KEY" itself')]);
    expect([env['VERACODE_API_KEY_ID'], env['VERACODE_API_KEY_SECRET']]).toEqual([undefined, undefined]);
  });

  it('that were not replaced within a value are told', () => {
    expect(read({ FILE: 'shop-$VERSION.war', SAVE_AS: 'shop-*.war=$1.war' })).toMatchObject({ issues: [], notices: ['FILE holds the text "$VERSION": no variable of that name was replaced there.'] });
  });

  it('leave Code Insights alone where that is said, in a preflight and in a plan', () => {
    expect(read({}).reportsToCodeInsights).toBe(true);
    expect(read({ CODE_INSIGHTS: 'no' }).reportsToCodeInsights).toBe(false);
    expect(read({ COMMAND: 'preflight' }).reportsToCodeInsights).toBe(false);
    expect(read({ PLAN: 'true' }).reportsToCodeInsights).toBe(false);
  });
});

describe('a value', () => {
  it.each([
    ['$NAME', 'NAME'],
    [' ${name_1} ', 'name_1'],
    ['$1', null],
    ['$NAME-x', null],
    ['$$NAME', null],
    ['NAME', null],
    ['$', null],
  ])('%p is the variable %p', (value, name) => {
    expect(undefinedVariable(value)).toBe(name);
  });

  it.each<[value: string, names: readonly string[]]>([
    ['a-$B.jar and ${C_1}', ['B', 'C_1']],
    ['costs $5, or $x', []],
  ])('%p holds %j', (value, names) => {
    expect(unreplacedVariables(value)).toEqual(names);
  });
});
