import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { optionKey, optionsOf } from '@verapipe/ci-kit';
import type { ScenarioInput } from '@verapipe/emulator';

import type { BuildToRun } from './jenkins-builds.js';
import { PACKAGE } from './library-files.js';
import { VERSION } from './option-table.js';
import type { Registry } from './registry.js';

const CLEAN: ScenarioInput = { scans: [{ findings: [], components: [] }], pipelineScans: [{ findings: [] }] };
const ENDLESS: ScenarioInput = { scans: [{ scanOutcome: 'never-ends' }], pipelineScans: [{ file: 'shop.jar', outcome: 'never-ends' }] };

/** Everything that a shell, Groovy or Jenkins might act on. */
export const HOSTILE = `it's "all" $HOME \${HOME} $$ %PATH% \`id\` $(id) \\ ; & | < > * # ünï 日本 😀`;
export const LIST = [HOSTILE, 'a,\nb'];
const RESTART = 'org.jenkinsci.plugins.pipeline.modeldefinition.causes.RestartDeclarativePipelineCause';
const SCAN_SHOP = "verapipeScan(app: 'Shop', file: 'build/*.jar', createProfile: true)";

/** Options whose values the library hands on as they are. */
export const EVERY_OPTION = optionsOf('scan').filter(({ name }) => !['output-dir', 'report'].includes(name));

/** The text of an example. */
export const example = (name: string): string => readFileSync(join(PACKAGE, 'examples', `${name}.Jenkinsfile`), 'utf8');

/** The block of a language under a heading of the docs page. */
export function fenced(language: string, heading: string): string {
  const page = readFileSync(join(PACKAGE, '..', '..', 'docs', 'jenkins.md'), 'utf8');
  const [, block = ''] = new RegExp(`\\n\`\`\`${language}\\n([^]*?)\\n\`\`\`\\n`, 'u').exec(page.split(`\n## ${heading}\n`)[1] ?? '') ?? [];
  return block;
}

/** A Groovy text that is exactly this one. */
function groovy(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`).replaceAll('\n', String.raw`\n`)}'`;
}

/** Stages whose failures do not keep the next ones from running. */
function stages(bodies: Readonly<Record<string, string>>): string {
  const rendered = Object.entries(bodies).map(([name, body]) => `stage('${name}') { catchError(buildResult: 'SUCCESS', stageResult: 'FAILURE', message: '== ${name}') { ${body} } }`);
  return `node {\n${rendered.join('\n')}\n}`;
}

export type BuildName =
  | 'declarative' | 'scripted' | 'changeRequest' | 'fork' | 'primary' | 'matrix' | 'container' | 'noDocker'
  | 'windows' | 'withoutLibrary' | 'freestyle' | 'quoting' | 'everyOption' | 'codes' | 'skipped' | 'noPlugins' | 'fromRegistry'
  | 'waiting' | 'later' | 'aborted' | 'restarted' | 'restartedAgain' | 'kept';

/** Every build that the tests look at. */
export function buildsToRun(programs: Readonly<Record<'probe' | 'impatient', string>>, registry: Registry): Readonly<Record<BuildName, BuildToRun>> {
  const probe = `cli: [folder: ${groovy(programs.probe)}]`;
  const restartOf7 = { _class: RESTART, shortDescription: 'Restarted from build #7, stage Veracode' };
  return {
    declarative: { script: example('declarative') },
    scripted: { script: example('scripted') },
    changeRequest: { script: example('multibranch'), environment: { CHANGE_ID: '3', BRANCH_NAME: 'PR-3' } },
    fork: { script: example('multibranch'), environment: { CHANGE_ID: '4', BRANCH_NAME: 'PR-4' }, hidden: ['veracode'] },
    primary: { scenario: CLEAN, script: example('multibranch'), environment: { BRANCH_NAME: 'main', BRANCH_IS_PRIMARY: 'true' } },
    matrix: { scenario: CLEAN, script: example('matrix') },
    container: { scenario: CLEAN, script: example('container') },
    noDocker: { scenario: CLEAN, script: example('container'), missing: ['docker'] },
    windows: { script: example('windows'), windows: true },
    withoutLibrary: { script: example('without-library') },

    freestyle: { script: `node { withCredentials([usernamePassword(credentialsId: 'veracode', usernameVariable: 'VERACODE_API_KEY_ID', passwordVariable: 'VERACODE_API_KEY_SECRET')]) { sh ${groovy(fenced('sh', 'Freestyle jobs'))} } }`, environment: { VERAPIPE_CREATE_PROFILE: 'true' } },

    quoting: {
      scenario: CLEAN,
      script: `node {
        verapipeScan(app: ${groovy(HOSTILE)}, file: ['build/*.jar', ${groovy(`a, "b" $HOME/it's.jar`)}], description: ${groovy(`first\n${HOSTILE}`)}, createProfile: true,
          scanName: ${groovy(HOSTILE.replaceAll(/[{}]/gu, ''))}, credentials: [id: 'api-id', key: 'api-key'], publish: 'archive', report: "csv=veracode/all \${1 + 1}.csv")
        sh 'env'
      }`,
    },
    everyOption: {
      script: `node { verapipeScan(${EVERY_OPTION.map(({ name, repeatable }) => `${optionKey(name)}: ${repeatable === true ? `[${LIST.map(groovy).join(', ')}]` : groovy(`a\n${HOSTILE}`)}`).join(', ')}, ${probe}) }`,
    },
    codes: {
      scenario: ENDLESS,
      script: stages({
        'gate fails': `verapipePipelineScan(file: ${groovy(`a, "b" $HOME/it's.jar`)}, publish: [])`,
        'unfinished, bearable': "verapipePipelineScan(file: 'build/*.jar', onUnfinished: 'UNSTABLE', publish: ['junit'])",
        unfinished: "verapipePipelineScan(file: 'build/*.jar', publish: [])",
        'wrong input': "verapipePipelineScan(file: 'none/*.jar')",
        'no credentials': "verapipePipelineScan(file: 'build/*.jar', credentialsId: '')",
        'unknown credentials': "verapipePipelineScan(file: 'build/*.jar', credentialsId: 'unknown')",
        'passed without proof': `verapipeScan(app: 'Shop', file: 'build/*.jar', ${probe})`,
        'another version': `withEnv(['PROBE_VERSION=1.0.0']) { verapipeScan(app: 'Shop', file: 'build/*.jar', ${probe}) }`,
        'no command line': "withEnv(['PATH=/usr/bin:/bin']) { verapipeScan(app: 'Shop', file: 'build/*.jar') }",
        'faults of all kinds':
          "verapipePipelineScan(file: ['a.jar'], filepath: 'b.jar', sandbox: 'x', onFail: 'green', failOnSeverty: 'High', timeout: [1], outputDir: '../x', cli: [npx: 'latest'], publish: ['all'], credentials: [id: 'x'])",
        'a gate has no reports': "verapipeGate(publish: ['junit'], onUnfinished: 'WAIT')",
        'two supplies': "verapipeGate(cli: [npx: '1.2.3', folder: '/opt'])",
        'no name of an image': "verapipeGate(cli: [image: '-v /:/host'])",
      }),
    },
    skipped: { script: "node { stage('A') { verapipePipelineScan(file: 'build/*.jar', missingCredentials: 'skip') }\nstage('B') { echo 'goes on' } }", hidden: ['veracode'] },
    noPlugins: {
      scenario: CLEAN,
      script: "node { verapipePipelineScan(filepath: 'build/*.jar, build/shop.*') }",
      missing: ['veracodePipelineScanner', 'junit', 'publishHTML'],
    },
    fromRegistry: { scenario: CLEAN, script: `node { verapipePipelineScan(file: 'build/*.jar', cli: [npx: '${VERSION}'], publish: []) }`, environment: registry.environment },

    waiting: {
      scenario: CLEAN,
      script: `node { verapipeScan(app: 'Shop', file: 'build/*.jar', createProfile: true, sandbox: env.NOT_SET, scanName: '{ci} {pipeline} {commit}', onUnfinished: 'WAIT', cli: [folder: ${groovy(programs.impatient)}]) }`,
    },
    later: { after: 'waiting', script: `node { verapipeScan(app: 'Shop', file: 'build/*.jar', scanName: '{ci} {pipeline} {commit}', publish: []) }`, environment: { BUILD_NUMBER: '13' } },

    aborted: { scenario: ENDLESS, script: `node { stage('Veracode') { ${SCAN_SHOP} } }`, abortAt: 'Scan In Process', environment: { BUILD_NUMBER: '7' } },
    restarted: { after: 'aborted', script: `node { stage('Veracode') { ${SCAN_SHOP} } }`, abortAt: 'Scan In Process', environment: { BUILD_NUMBER: '8' }, causes: { 8: [restartOf7] } },
    restartedAgain: {
      script: `node { verapipeScan(app: 'Shop', file: 'build/*.jar', ${probe}) }`,
      environment: { BUILD_NUMBER: '10' },
      causes: { 8: [restartOf7], 10: [{ _class: RESTART, originRunNumber: 8 }] },
    },
    kept: {
      script: `import verapipe.jenkins.StepCall
        new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(new StepCall('scan', [app: 'a', file: ['b'], publish: ['junit'], cli: [npx: '1.2.3'], onFail: 'x'], 'out'))
        echo 'can be kept'`,
    },
  };
}
