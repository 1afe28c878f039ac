import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { OPTION_TABLE, optionKey, optionsOf } from '@verapipe/ci-kit';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { putPrograms } from './cli-programs.js';
import { type BuildToRun, type JenkinsWorld, type RanBuild, startJenkinsWorld, withGroovy } from './jenkins-builds.js';
import { PACKAGE } from './library-files.js';
import { VERSION } from './option-table.js';
import { type Registry, startRegistry } from './registry.js';

const example = (name: string): string => readFileSync(join(PACKAGE, 'examples', `${name}.Jenkinsfile`), 'utf8');

/** Everything that a shell, Groovy or Jenkins might act on. */
const HOSTILE = `it's "all" $HOME \${HOME} $$ %PATH% \`id\` $(id) \\ ; & | < > * # ünï 日本 😀`;
const RESTART = 'org.jenkinsci.plugins.pipeline.modeldefinition.causes.RestartDeclarativePipelineCause';

/** A Groovy text that is exactly this one. */
function groovy(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`).replaceAll('\n', String.raw`\n`)}'`;
}

/** Stages whose failures do not keep the next ones from running. */
function stages(bodies: Readonly<Record<string, string>>): string {
  const rendered = Object.entries(bodies).map(([name, body]) => `stage('${name}') { catchError(buildResult: 'SUCCESS', stageResult: 'FAILURE', message: '${name}') { ${body} } }`);
  return `node {\n${rendered.join('\n')}\n}`;
}

const EVERY_TEXT = optionsOf('scan').filter(({ name }) => !['output-dir', 'report'].includes(name));

function buildsToRun(programs: Readonly<Record<'probe' | 'impatient', string>>, registry: Registry) {
  const probe = `cli: [folder: ${groovy(programs.probe)}]`;
  const endless = { platform: 'endless', script: "node { stage('Veracode') { verapipeScan(app: 'Shop', file: 'build/*.jar', createProfile: true) } }", abortAt: 'Scan In Process' };
  return {
    declarative: { platform: 'strict', script: example('declarative') },
    scripted: { platform: 'strict', script: example('scripted') },
    changeRequest: { platform: 'strict', script: example('multibranch'), environment: { CHANGE_ID: '3', BRANCH_NAME: 'PR-3' } },
    fork: { platform: 'strict', script: example('multibranch'), environment: { CHANGE_ID: '4', BRANCH_NAME: 'PR-4' }, hidden: ['veracode'] },
    primary: { platform: 'clean', script: example('multibranch'), environment: { BRANCH_NAME: 'main', BRANCH_IS_PRIMARY: 'true' } },
    matrix: { platform: 'clean', script: example('matrix') },
    container: { platform: 'clean', script: example('container') },
    windows: { platform: 'strict', script: example('windows'), windows: true },
    withoutLibrary: { platform: 'strict', script: example('without-library') },

    quoting: {
      platform: 'clean',
      script: `node {
        stage('Veracode') {
          verapipeScan(app: ${groovy(HOSTILE)}, file: ['build/*.jar', 'a, "b" $HOME/*.jar'], description: ${groovy(`first\n${HOSTILE}`)}, createProfile: true,
            scanName: ${groovy(`one ${HOSTILE.replaceAll(/[{}]/gu, '')}`)}, credentials: [id: 'api-id', key: 'api-key'], publish: 'archive', report: "csv=veracode/all \${1 + 1}.csv")
          sh 'env'
        }
      }`,
    },
    everyOption: {
      platform: 'clean',
      script: `node { verapipeScan(${EVERY_TEXT.map(({ name, repeatable }) => `${optionKey(name)}: ${repeatable === true ? `[${groovy(HOSTILE)}, ${groovy('a,\nb')}]` : groovy(`a\n${HOSTILE}`)}`).join(', ')}, ${probe}, onUnfinished: 'UNSTABLE', publish: []) }`,
    },
    codes: {
      platform: 'endless',
      script: stages({
        'gate fails': "verapipePipelineScan(file: 'build/*.jar', platformUrl: env.STRICT_URL, credentialsId: 'strict', publish: [])",
        'unfinished, bearable': "verapipePipelineScan(file: 'build/*.jar', onUnfinished: 'UNSTABLE', publish: ['junit'])",
        'unfinished': "verapipePipelineScan(file: 'build/*.jar', publish: [])",
        'wrong input': "verapipePipelineScan(file: 'none/*.jar')",
        'no credentials': "verapipePipelineScan(file: 'build/*.jar', credentialsId: '')",
        'unknown credentials': "verapipePipelineScan(file: 'build/*.jar', credentialsId: 'unknown')",
        'passed without proof': `verapipeScan(app: 'Shop', file: 'build/*.jar', ${probe})`,
        'another version': `withEnv(['PROBE_VERSION=1.0.0']) { verapipeScan(app: 'Shop', file: 'build/*.jar', ${probe}) }`,
        'an option of another command': "verapipePipelineScan(file: ['a.jar'], sandbox: 'x', onFail: 'green', failOnSeverty: 'High', timeout: [1], outputDir: '../x', cli: [npx: 'latest'], publish: ['all'])",
      }),
    },
    skipped: { platform: 'clean', script: "node { stage('A') { verapipePipelineScan(file: 'build/*.jar', missingCredentials: 'skip') }\nstage('B') { echo 'goes on' } }", hidden: ['veracode'] },
    noCli: { platform: 'clean', script: "node { stage('A') { verapipeScan(app: 'Shop', file: 'build/*.jar') } }", environment: { PATH: '/usr/bin:/bin' } },
    noDocker: { platform: 'clean', script: example('container'), missing: ['docker'] },
    noPlugins: {
      platform: 'clean',
      script: "node { stage('A') { verapipePipelineScan(filepath: 'build/*.jar, shop/build/*.jar', exclude: 'shop/**') } }",
      missing: ['veracodePipelineScanner', 'junit', 'publishHTML'],
    },
    fromRegistry: { platform: 'clean', script: `node { verapipePipelineScan(file: 'build/*.jar', cli: [npx: '${VERSION}'], publish: []) }`, environment: registry.environment },
    waiting: {
      platform: 'clean',
      script: `node { stage('A') { timeout(time: 1, unit: 'DAYS') { verapipeScan(app: 'Waiting', file: 'build/*.jar', createProfile: true, onUnfinished: 'WAIT', cli: [folder: ${groovy(programs.impatient)}]) } } }`,
    },

    aborted: { ...endless, environment: { BUILD_NUMBER: '7' } },
    restarted: { ...endless, environment: { BUILD_NUMBER: '8' }, causes: { 8: [{ _class: RESTART, shortDescription: 'Restarted from build #7, stage Veracode' }] } },
    restartedAgain: { ...endless, environment: { BUILD_NUMBER: '10' }, causes: { 8: [{ _class: RESTART, shortDescription: 'Restarted from build #7, stage Veracode' }], 10: [{ _class: RESTART, originRunNumber: 8 }] } },
    later: { ...endless, script: endless.script.replace('createProfile', 'resume: true, createProfile'), environment: { BUILD_NUMBER: '11' }, workspace: 'aborted' },
  } satisfies Record<string, BuildToRun>;
}

type Builds = Readonly<Record<keyof ReturnType<typeof buildsToRun>, RanBuild>>;

withGroovy('the library', () => {
  let world: JenkinsWorld;
  let registry: Registry;
  let builds: Builds;

  beforeAll(async () => {
    world = await startJenkinsWorld({
      strict: {},
      clean: { scans: [{ findings: [], components: [] }], pipelineScans: [{ findings: [] }] },
      endless: { scans: [{ scanOutcome: 'never-ends' }], pipelineScans: [{ outcome: 'never-ends' }] },
    });
    registry = await startRegistry(world.folder);
    builds = await world.run(buildsToRun(await putPrograms(world.folder), registry));
  });
  afterAll(async () => {
    await registry.close();
    await world.close();
  });

  it('x', () => {
    writeFileSync('/tmp/jb.json', JSON.stringify(builds, null, 1));
  });
});
