import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { parse } from 'yaml';

import { withFacts } from '../../test/facts.js';
import { type LocalTasks, startLocalTasks } from '../../test/local-task.js';
import { COMMANDS } from '../options/option.js';
import { readOptions } from '../options/read-options.js';
import { lintPipeline } from '../pipelines/lint-pipeline.js';
import { PIPELINE_SYSTEMS, type PipelineSystem } from '../pipelines/pipeline-system.js';
import { runInit } from './init.js';

const FILES: Readonly<Record<PipelineSystem, string>> = { azure: 'azure-pipelines.yml', gitlab: '.gitlab-ci.yml', bitbucket: 'bitbucket-pipelines.yml', jenkins: 'Jenkinsfile' };
const PATH = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };

let tasks: LocalTasks;
beforeEach(async () => {
  tasks = await startLocalTasks();
});
afterEach(() => tasks.close());

function init(options: Parameters<LocalTasks['run']>[2]): ReturnType<LocalTasks['run']> {
  return tasks.run(runInit, 'init', options, PATH);
}

/** Writes a repository and the pipeline of one CI into it. */
async function made(ci: PipelineSystem, files: Readonly<Record<string, string>>, more: Parameters<LocalTasks['run']>[2] = {}): Promise<string> {
  for (const [name, text] of Object.entries(files)) await tasks.write(name, text);
  expect((await init({ ci, ...more })).result).toEqual({ kind: 'done', exitCode: 0 });
  return tasks.read(FILES[ci]);
}

/** What a shell makes of a call of verapipe. */
function argumentsOf(call: string): readonly string[] {
  const counted = call.replace(/^npx --yes verapipe@\S+/u, `node -e 'console.log(JSON.stringify(process.argv.slice(1)))' --`);
  return JSON.parse(execFileSync('sh', ['-c', counted], { cwd: tasks.cwd, encoding: 'utf8' })) as readonly string[];
}

const POM = '<project><parent><name>parent</name></parent><artifactId>web-shop</artifactId><packaging>war</packaging><dependencies><dependency><artifactId>other</artifactId></dependency></dependencies></project>';
const REPOSITORIES: readonly (readonly [name: string, files: Readonly<Record<string, string>>, command: string, artifact: string])[] = [
  ['Maven', { 'pom.xml': POM }, 'mvn --batch-mode package', 'target/*.war'],
  ['Maven with modules', { 'pom.xml': '<project><artifactId>web-shop</artifactId><modules><module>a</module></modules></project>' }, 'mvn --batch-mode package', '**/target/*.jar'],
  ['Gradle', { 'build.gradle.kts': 'plugins { java }' }, './gradlew assemble', '**/build/libs/*.jar'],
  ['.NET', { 'Web Shop.csproj': '<Project/>' }, 'dotnet publish "Web Shop.csproj"', 'veracode-publish/*.pdb'],
  ['JavaScript', { 'package.json': '{"name":"@scope/web-shop"}' }, 'git archive', 'veracode-sources.zip'],
  ['Python', { 'pyproject.toml': '' }, 'git archive', 'veracode-sources.zip'],
  ['nothing known', {}, 'git archive', 'veracode-sources.zip'],
];
const CASES = PIPELINE_SYSTEMS.flatMap((ci) => REPOSITORIES.map(([name, files, command, artifact]) => [ci, name, files, command, artifact] as const));

describe.each(CASES)('verapipe init %s for %s', (ci, _name, files, command, artifact) => {
  it('writes a pipeline that builds, goes through preflight, scan and gate, and swallows nothing', async () => {
    const text = await made(ci, files);
    // In a text in quotes, quotes are escaped.
    expect(text.replaceAll('\\"', '"')).toContain(command);
    expect(text).toContain(artifact);
    expect([...text.matchAll(/npx --yes verapipe@\d+\.\d+\.\d+ ([a-z]+)/gu)].map(([, called]) => called)).toEqual(['preflight', 'scan', 'gate']);
    expect(lintPipeline({ path: FILES[ci], text, system: null })).toMatchObject({ system: ci, swallows: [], calls: 3 });
    expect(text.split('\n').length).toBeLessThan(30);
    if (ci !== 'jenkins') expect(() => parse(text) as unknown).not.toThrow();
  });
});

describe('what verapipe init writes', () => {
  it.each(PIPELINE_SYSTEMS)('names only options that there are: %s', async (ci) => {
    const text = await made(ci, { 'pom.xml': POM });
    const calls = [...text.replaceAll('\\"', '"').matchAll(/npx --yes verapipe@\S+ ([a-z]+)((?: --[\w-]+(?: (?!--)(?:[\w./-]+|"[^"]*"|'[^']*'))?)*)/gu)];
    const known = calls.flatMap(([, name, options = '']) => {
      const command = COMMANDS.find((candidate) => candidate === name);
      return command === undefined ? [] : [[command, options] as const];
    });
    expect(known).toHaveLength(3);
    const env = Object.fromEntries([...text.matchAll(/(VERAPIPE_[A-Z_]+)/gu)].map(([, variable = '']) => [variable, 'x']));
    expect(Object.keys(env)).toEqual(ci === 'azure' || ci === 'gitlab' ? ['VERAPIPE_APP', 'VERAPIPE_FILE'] : []);
    for (const [command, options] of known) {
      const settings = [...options.matchAll(/--([\w-]+)(?: (?!--)(\S+))?/gu)].map(([, option = '', value]) => ({ name: option, value: value ?? null }));
      expect(readOptions(command, settings, env).issues).toEqual([]);
    }
  });

  it.each<[ci: PipelineSystem, wanted: RegExp]>([
    ['azure', /env: \{ VERACODE_API_KEY_ID: \$\(VERACODE_API_KEY_ID\), VERACODE_API_KEY_SECRET: \$\(VERACODE_API_KEY_SECRET\), /u],
    ['gitlab', /masked and protected variables/],
    ['bitbucket', /secured repository variables/],
    ['jenkins', /withCredentials\(\[usernamePassword\(/],
  ])('hands secrets over as %s does', async (ci, wanted) => {
    expect(await made(ci, {})).toMatch(wanted);
  });

  it.each(PIPELINE_SYSTEMS)('makes nothing that is there already, and still compiles: %s', async (ci) => {
    const scanned = await made(ci, {}, { file: ['dist/shop.zip'] });
    expect(scanned).not.toContain('git archive');
    expect(scanned).toContain('dist/shop.zip');
    expect(lintPipeline({ path: FILES[ci], text: scanned, system: null })).toMatchObject({ swallows: [], calls: 3 });
    await rm(join(tasks.cwd, FILES[ci]));
    const compiled = await made(ci, { 'pom.xml': POM }, { file: ['web/target/web.war'] });
    expect(compiled).toContain('mvn --batch-mode package');
    expect(compiled).toContain('web/target/web.war');
  });

  it.each<[PipelineSystem, number]>([
    ['azure', 9],
    ['gitlab', 9],
    ['bitbucket', 10],
    ['jenkins', 10],
  ])('is short: %s in %d lines besides those of the build', async (ci, lines) => {
    const code = (await made(ci, {})).trimEnd().split('\n').filter((line) => !/^(?:#|\/\/)|git archive/u.test(line));
    expect(code).toHaveLength(lines);
  });

  const NAMES = ['Web "Shop": #1 \\ yes', "It's", 'true', '*star', 'ünï', 'a $(b) `c` !d', 'x; y'];
  it.each(NAMES)('hands the name %j to the command as it is', async (app) => {
    const bitbucket = parse(await made('bitbucket', { 'pom.xml': POM }, { app })) as { pipelines: { branches: Record<string, { step: { script: string[] } }[]> } };
    const step = Object.values(bitbucket.pipelines.branches)[0]?.at(-1)?.step;
    expect(argumentsOf(step?.script[0] ?? '')).toEqual(['preflight', '--for', 'scan', '--app', app, '--file', 'target/*.war']);
    const jenkins = await made('jenkins', { 'pom.xml': POM }, { app });
    const text = /sh '((?:[^'\\]|\\.)* scan --report-only (?:[^'\\]|\\.)*)'/u.exec(jenkins)?.[1] ?? '';
    expect(argumentsOf(text.replace(/\\(.)/gu, '$1'))).toEqual(['scan', '--report-only', '--app', app, '--file', 'target/*.war']);
  });

  it.each<[app: string, read: (text: string) => unknown]>(
    ['Web "Shop": #1 \\ yes', "It's", 'true', '*star', 'ünï'].map((app) => [app, (text) => (parse(text) as { steps: [{ env: { VERAPIPE_APP: unknown } }] }).steps[0].env.VERAPIPE_APP]),
  )('keeps the name %j as it is', async (app, read) => {
    expect(read(await made('azure', {}, { app }))).toBe(app);
    const gitlab = parse(await made('gitlab', {}, { app })) as { veracode: { variables: { VERAPIPE_APP: unknown } } };
    expect(gitlab.veracode.variables.VERAPIPE_APP).toBe(app);
  });

  withFacts('is valid by the schemas of GitLab and Bitbucket', (folder) => {
    it.each(REPOSITORIES.flatMap(([name, files]) => (['gitlab', 'bitbucket'] as const).map((ci) => [ci, name, files] as const)))('is valid by the schema of %s, for %s', async (ci, _name, files) => {
      const ajv = new Ajv({ strict: false, allErrors: true });
      formats.default(ajv);
      const schema = JSON.parse(readFileSync(join(folder, 'ci', 'schemas', ci === 'gitlab' ? 'gitlab-ci.json' : 'bitbucket-pipelines.json'), 'utf8')) as object;
      const validate = ajv.compile(schema);
      validate(parse(await made(ci, files)));
      expect(validate.errors ?? []).toEqual([]);
    });
  });
});

describe('verapipe init', () => {
  it('says what it found out, and from where', async () => {
    await tasks.write('package.json', '{"name":"@scope/web-shop"}');
    const { printed } = await init({ ci: 'gitlab' });
    expect(printed).toMatch(/^\.gitlab-ci\.yml written, for GitLab CI\.[^]+app {5}"web-shop", from the name in package\.json\n[^]+verapipe drill --exit 1/u);
  });

  it.each<[name: string, files: Readonly<Record<string, string>>, remote: string | null, wanted: readonly [string, string]]>([
    ['package.json', { 'package.json': '{"name":"one"}', 'pom.xml': POM }, null, ['one', 'the name in package.json']],
    ['pom.xml', { 'pom.xml': POM }, 'https://git.test/team/remote.git', ['web-shop', 'the name in pom.xml']],
    ['broken package.json', { 'package.json': '{', 'pom.xml': POM }, null, ['web-shop', 'the name in pom.xml']],
    ['a variable in pom.xml', { 'pom.xml': '<project><artifactId>${x}</artifactId></project>' }, 'git@git.test:team/remote.git', ['remote', 'the git remote']],
    ['a remote with a password', {}, 'https://me:secret@git.test/team/remote/', ['remote', 'the git remote']],
  ])('takes the name from %s', async (_name, files, remote, [app, appSource]) => {
    execFileSync('git', ['init', '-q', '-b', 'trunk'], { cwd: tasks.cwd });
    if (remote !== null) execFileSync('git', ['remote', 'add', 'origin', remote], { cwd: tasks.cwd });
    for (const [name, text] of Object.entries(files)) await tasks.write(name, text);
    const { printed } = await init({ ci: 'azure', json: true, print: true });
    expect(JSON.parse(printed)).toMatchObject({ app, appSource, branch: 'trunk', file: null });
    expect(printed).not.toContain('secret@');
  });

  it('takes the default branch of the remote before the current one', async () => {
    execFileSync('git', ['init', '-q', '-b', 'feature'], { cwd: tasks.cwd });
    execFileSync('git', ['symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/release/next'], { cwd: tasks.cwd });
    expect(JSON.parse((await init({ ci: 'bitbucket', json: true })).printed)).toMatchObject({ branch: 'release/next' });
  });

  it.each(PIPELINE_SYSTEMS)('never overwrites: %s', async (ci) => {
    await tasks.write(FILES[ci], 'mine');
    const { result } = await init({ ci });
    expect(result).toMatchObject({ kind: 'failed', exitCode: 2, failure: { issues: [{ got: expect.stringContaining('is there already'), wanted: expect.stringContaining('--print') }] } });
    expect(await tasks.read(FILES[ci])).toBe('mine');
    const { result: printedResult, printed } = await init({ ci, print: true });
    expect(printedResult).toEqual({ kind: 'done', exitCode: 0 });
    expect(printed).toMatch(/verapipe@\S+ scan/u);
    expect(await tasks.read(FILES[ci])).toBe('mine');
  });

  it('does not write through what is there in another form', async () => {
    await mkdir(join(tasks.cwd, 'Jenkinsfile'));
    expect((await init({ ci: 'jenkins' })).result).toMatchObject({ kind: 'failed', exitCode: 2 });
    expect(await readdir(join(tasks.cwd, 'Jenkinsfile'))).toEqual([]);
  });

  it('needs to know the CI', async () => {
    expect((await init({})).result).toMatchObject({ exitCode: 2, failure: { issues: [{ path: 'ci' }] } });
    expect((await init({ ci: 'travis' })).result).toMatchObject({ exitCode: 2 });
  });
});
