import { describe, expect, it } from '@jest/globals';

import { lintPipeline } from './lint-pipeline.js';

/** `rule:line`, in the order of the file; the fault where there is one. */
function lint(path: string, text: string): readonly string[] | string {
  const linted = lintPipeline({ path, text, system: null });
  return 'fault' in linted ? linted.fault : linted.swallows.map(({ rule, line }) => `${rule}:${line}`);
}

describe('a pipeline of Azure', () => {
  it.each<[name: string, text: string, wanted: readonly string[]]>([
    ['in order', 'steps:\n- script: npx verapipe scan\n- bash: |\n    set -e\n    npx verapipe gate\n    echo done\n', []],
    ['that swallows in a line', 'steps:\n- script: npx verapipe scan || true\n', ['or:2']],
    ['that swallows in a block', 'steps:\n- bash: |\n    make\n\n    npx verapipe scan || true\n', ['or:5']],
    ['that swallows in a folded block', 'steps:\n- bash: >\n    npx verapipe scan\n    --app x || true\n', ['or:3']],
    ['whose shell goes on', 'steps:\n- bash: |\n    npx verapipe scan\n    echo done\n', ['no-errexit:3']],
    ['whose batch file goes on', 'steps:\n- script: |\n    call npx verapipe scan\n    echo done\n', ['error-level:3']],
    ['whose PowerShell goes on', 'steps:\n- pwsh: |\n    npx verapipe scan\n    Write-Host done\n', ['last-exit-code:3']],
    ['whose exit code is ignored', 'steps:\n- task: PowerShell@2\n  inputs:\n    script: npx verapipe scan\n    ignoreLASTEXITCODE: true\n', ['ignored-exit-code:5']],
    ['with the task of a shell', 'steps:\n- task: Bash@3\n  inputs:\n    targetType: inline\n    script: npx verapipe scan || true\n', ['or:5']],
    ['whose step goes on', 'steps:\n- script: npx verapipe scan\n  continueOnError: true\n', ['continue-on-error:3']],
    ['whose job goes on', 'jobs:\n- job: scan\n  continueOnError: true\n  steps:\n  - script: npx verapipe scan\n', ['continue-on-error:3']],
    ['whose job in a stage goes on', 'stages:\n- stage: a\n  jobs:\n  - job: scan\n    continueOnError: "true"\n    steps:\n    - script: npx verapipe scan\n', ['continue-on-error:5']],
    ['whose other step goes on', 'steps:\n- script: make lint\n  continueOnError: true\n- script: npx verapipe scan\n  continueOnError: false\n', []],
    ['with the vendor’s task', 'steps:\n- task: Veracode@3\n  continueOnError: true\n  inputs:\n    failBuildOnPolicyFail: false\n', ['continue-on-error:3', 'tolerant-task:5']],
    ['with the vendor’s task in order', 'steps:\n- task: Veracode@3\n  inputs:\n    failBuildOnPolicyFail: true\n', []],
    ['whose step is off', 'steps:\n- script: npx verapipe scan\n  enabled: false\n', ['disabled:3']],
    ['under a condition of a template', 'steps:\n- ${{ if true }}:\n  - script: npx verapipe scan || true\n', ['or:3']],
    ['that deploys anyway', 'jobs:\n- job: scan\n  steps:\n  - script: npx verapipe scan\n- deployment: shop\n  dependsOn: scan\n  condition: always()\n', ['runs-anyway:7']],
    ['that reports anyway', 'jobs:\n- job: scan\n  steps:\n  - script: npx verapipe scan\n- job: report\n  dependsOn: [scan]\n  condition: always()\n', []],
    ['that only reports', 'steps:\n- script: npx verapipe scan --report-only\n', ['report-only:2']],
    ['that reports and then gates', 'steps:\n- script: npx verapipe scan --report-only\n- script: npx verapipe gate\n', []],
    ['that reports and then gates in one line', 'steps:\n- script: npx verapipe scan --report-only && npx verapipe gate\n', []],
    ['that only reports, on a line that goes on', 'steps:\n- bash: |\n    npx verapipe scan \\\n      --app x \\\n      --report-only\n', ['report-only:5']],
    ['that only reports by PowerShell', 'steps:\n- pwsh: |\n    npx verapipe scan `\n      --report-only=yes\n', ['report-only:3']],
    ['that does not only report', 'steps:\n- script: npx verapipe scan --report-only --no-report-only\n- script: npx verapipe scan --report-only=no\n', []],
    ['that only reports by our task', 'steps:\n- task: Verapipe@1\n  inputs:\n    app: x\n    reportOnly: true\n', ['report-only:5']],
    ['that only reports by our task, in another case', 'steps:\n- task: Verapipe@1\n  inputs:\n    command: pipelineScan\n    ReportOnly: "Yes"\n', ['report-only:5']],
    ['that reports and then gates by our task', 'steps:\n- task: Verapipe@1\n  inputs:\n    reportOnly: true\n- task: Verapipe@1\n  inputs:\n    command: gate\n', []],
    ['that only reports by the environment of a step', 'steps:\n- script: npx verapipe scan\n  env: { VERAPIPE_REPORT_ONLY: true }\n', ['report-only:3']],
    ['that reports by the environment of a step and then gates', 'steps:\n- script: npx verapipe scan\n  env: { VERAPIPE_REPORT_ONLY: true }\n- script: npx verapipe gate\n', []],
    ['that only reports by a variable, gate and all', 'variables:\n- name: VERAPIPE_REPORT_ONLY\n  value: 1\nsteps:\n- script: npx verapipe scan\n- script: npx verapipe gate\n', ['report-only:2']],
    ['that only reports by a variable of its job, and then takes it back', 'jobs:\n- job: a\n  variables: { verapipe.report.only: yes }\n  steps:\n  - script: npx verapipe scan\n    env: { VERAPIPE_REPORT_ONLY: no }\n', []],
    ['that only reports by a variable of its script', 'steps:\n- bash: |\n    set -e\n    export VERAPIPE_APP=x VERAPIPE_REPORT_ONLY=true\n    npx verapipe scan\n', ['report-only:4']],
    ['that only reports by a variable before the call', 'steps:\n- bash: VERAPIPE_REPORT_ONLY=1 npx verapipe scan\n', ['report-only:2']],
    ['whose variable only the run knows', 'steps:\n- script: npx verapipe scan\n  env: { VERAPIPE_REPORT_ONLY: $(reportOnly) }\n', []],
    ['that looks first, and only reports then', 'variables: { VERAPIPE_REPORT_ONLY: true }\nsteps:\n- script: npx verapipe preflight\n', []],
    ['whose step goes on by an expression', 'steps:\n- script: npx verapipe scan\n  continueOnError: ${{ true }}\n', ['continue-on-error:3']],
    ['whose step is off by its condition', 'steps:\n- script: npx verapipe scan\n  condition: false\n', ['disabled:3']],
    ['whose job is off by an expression', "jobs:\n- job: a\n  condition: ${{ 'false' }}\n  steps:\n  - script: npx verapipe scan\n", ['disabled:3']],
    ['whose step has a condition', 'steps:\n- script: npx verapipe scan\n  condition: succeeded()\n  continueOnError: ${{ parameters.x }}\n', []],
    ['with the script of another task', 'steps:\n- task: AzureCLI@2\n  inputs:\n    scriptType: bash\n    inlineScript: npx verapipe scan || true\n', ['or:5']],
  ])('%s', (_name, text, wanted) => {
    expect(lint('azure-pipelines.yml', text)).toEqual(wanted);
  });
});

describe('a pipeline of GitLab', () => {
  it.each<[name: string, text: string, wanted: readonly string[]]>([
    ['in order', 'scan:\n  script:\n  - npx verapipe scan | tee log\n  - npx verapipe gate\n', []],
    ['that swallows', 'scan:\n  script:\n  - npx verapipe scan || true\n', ['or:3']],
    ['that swallows in a text', 'scan:\n  script: npx verapipe scan || true\n', ['or:2']],
    ['that swallows in a block', 'scan:\n  script:\n  - make\n  - |\n    npx verapipe scan\n    npx verapipe gate || :\n', ['or:6']],
    ['with set +e in before_script', 'scan:\n  before_script:\n  - set +e\n  script:\n  - npx verapipe scan\n  - make\n', ['set-plus-e:5']],
    ['whose job may fail', 'scan:\n  script:\n  - npx verapipe scan\n  allow_failure: true\n', ['allow-failure:4']],
    ['whose job may fail with some codes', 'scan:\n  script: [npx verapipe scan]\n  allow_failure:\n    exit_codes: [1, 5]\n', ['allow-failure:3']],
    ['whose job may be skipped', 'scan:\n  script: [npx verapipe scan --missing-credentials skip]\n  allow_failure: { exit_codes: 8 }\n', []],
    ['whose other job may fail', 'lint:\n  script: [make lint]\n  allow_failure: true\nscan:\n  script: [npx verapipe scan]\n  allow_failure: false\n', []],
    ['whose rule lets it fail', 'scan:\n  script: [npx verapipe scan]\n  rules:\n  - if: $CI\n    allow_failure: true\n', ['allow-failure:5']],
    ['whose template lets it fail', '.base:\n  allow_failure: true\nscan:\n  extends: .base\n  script: [npx verapipe scan]\n', ['allow-failure:2']],
    ['whose template scans', '.base:\n  script: [npx verapipe scan]\nscan:\n  extends: [.base]\n  allow_failure: true\n', ['allow-failure:5']],
    ['whose job takes back what its template lets', '.base:\n  allow_failure: true\nscan:\n  extends: .base\n  allow_failure: false\n  script: [npx verapipe scan]\n', []],
    ['with a template of another file', 'scan:\n  extends: .veracode\n  allow_failure: true\n', ['allow-failure:3']],
    ['with anchors', '.a: &a\n  allow_failure: true\n.s: &s\n- npx verapipe scan || true\nscan:\n  <<: *a\n  script:\n  - *s\n', ['allow-failure:2', 'or:4']],
    ['with references', '.s:\n  script:\n  - npx verapipe scan || true\nscan:\n  script:\n  - !reference [.s, script]\n', ['or:3']],
    ['whose defaults swallow', 'default:\n  before_script: [set +e]\nscan:\n  script:\n  - npx verapipe scan\n  - make\n', ['set-plus-e:5']],
    ['that waits for a person', 'scan:\n  script: [npx verapipe scan]\n  when: manual\n', ['manual:3']],
    ['that waits for a person, and must pass', 'scan:\n  script: [npx verapipe scan]\n  when: manual\n  allow_failure: false\n', []],
    ['that scans too late', 'scan:\n  script: [make]\n  after_script:\n  - npx verapipe scan\n', ['after-script:4']],
    ['that deploys anyway', 'scan:\n  script: [npx verapipe scan]\ndeploy:\n  needs: [scan]\n  script: [make deploy]\n  when: always\n', ['runs-anyway:6']],
    ['that deploys anyway, by stages', 'scan:\n  script: [npx verapipe scan]\nship:\n  environment: production\n  script: [make]\n  when: always\n', ['runs-anyway:6']],
    ['that deploys without need of the scan', 'scan:\n  script: [npx verapipe scan]\ndeploy:\n  needs: [{ job: build }]\n  script: [make deploy]\n  when: always\n', []],
    ['that reports anyway', 'scan:\n  script: [npx verapipe scan]\nreport:\n  needs: [{ job: scan }]\n  script: [make]\n  when: always\n', []],
    ['that deploys anyway by a rule', 'scan:\n  script: [npx verapipe scan]\ndeploy:\n  script: [make deploy]\n  rules:\n  - if: $CI\n  - { when: always }\n', ['runs-anyway:7']],
    ['that deploys anyway after a component', 'include:\n- component: $CI_SERVER_FQDN/security/veracode/veracode-scan@1\ndeploy:\n  needs: [veracode_gate]\n  script: [make deploy]\n  when: always\n', ['runs-anyway:6']],
    ['that deploys by a rule when all is well', 'scan:\n  script: [npx verapipe scan]\ndeploy:\n  script: [make deploy]\n  rules: [{ if: $CI, when: on_success }]\n', []],
    ['that only reports by a variable of its job', 'scan:\n  variables: { VERAPIPE_REPORT_ONLY: "yes" }\n  script: [npx verapipe scan]\n', ['report-only:2']],
    ['that only reports by a variable of the pipeline', 'variables:\n  VERAPIPE_REPORT_ONLY: { value: "true", description: x }\nscan:\n  script: [npx verapipe scan]\ngate:\n  script: [npx verapipe gate]\n', ['report-only:2']],
    ['that only reports by a variable of a rule', 'scan:\n  script: [npx verapipe scan]\n  rules:\n  - variables: { VERAPIPE_REPORT_ONLY: "1" }\n', ['report-only:4']],
    ['that reports by a variable of its job and then gates', 'scan:\n  variables: { VERAPIPE_REPORT_ONLY: "true" }\n  script: [npx verapipe scan]\ngate:\n  script: [npx verapipe gate]\n', []],
    ['that only reports by a template', '.base:\n  variables: { VERAPIPE_REPORT_ONLY: "true" }\nscan:\n  extends: .base\n  script: [npx verapipe scan]\n', ['report-only:2']],
    ['with a component that only reports', 'include:\n- component: $CI_SERVER_FQDN/security/veracode/veracode-scan@1\n  inputs:\n    app: x\n    report-only: true\n', ['report-only:5']],
    ['with a component in order', 'include:\n- component: $CI_SERVER_FQDN/security/veracode/veracode-scan@1\n  inputs: { report-only: false }\n', []],
    ['below a header', 'spec:\n  inputs:\n    app:\n---\nscan:\n  script:\n  - npx verapipe scan || true\n', ['or:7']],
  ])('%s', (_name, text, wanted) => {
    expect(lint('.gitlab-ci.yml', text)).toEqual(wanted);
  });
});

describe('a pipeline of Bitbucket', () => {
  it.each<[name: string, steps: string, wanted: readonly string[]]>([
    ['in order', '    script:\n    - npx verapipe scan\n    - npx verapipe gate\n', []],
    ['that swallows', '    script:\n    - make\n    - npx verapipe scan || true\n', ['or:6']],
    ['with a pipe of commands', '    script:\n    - npx verapipe scan | tee log\n', ['pipe:5']],
    ['that scans too late', '    script: [make]\n    after-script:\n    - npx verapipe scan\n', ['after-script:6']],
    ['with a pipe that bears failures', '    script:\n    - pipe: docker://x/veracode-scan:1\n      variables:\n        FAIL_BUILD: "false"\n', ['tolerant-task:7']],
    ['with a pipe of ours that only reports', '    script:\n    - pipe: docker://x/veracode-pipe:1\n      variables:\n        APP: x\n        REPORT_ONLY: "yes"\n', ['report-only:8']],
    ['with a pipe of ours that only reports, and a gate', '    script:\n    - pipe: docker://x/veracode-pipe:1\n      variables:\n        REPORT_ONLY: 1\n    - npx verapipe gate\n', []],
    ['with a pipe of ours that does not only report', '    script:\n    - pipe: docker://x/veracode-pipe:1\n      variables: { REPORT_ONLY: "no" }\n', []],
    ['that only reports by a variable of its script', '    script:\n    - export VERAPIPE_REPORT_ONLY=yes\n    - npx verapipe scan\n', ['report-only:5']],
    ['with a pipe too late', '    script: [make]\n    after-script:\n    - pipe: docker://x/verapipe:1\n', ['after-script:6']],
    ['whose failure is ignored', '    script: [npx verapipe scan]\n    on-fail: { strategy: ignore }\n', ['on-fail-ignore:5']],
    ['whose other failure is ignored', '    script: [make]\n    on-fail: { strategy: ignore }\n', []],
  ])('%s', (_name, step, wanted) => {
    expect(lint('bitbucket-pipelines.yml', `pipelines:\n  default:\n  - step:\n${step.replace(/^ {4}/gmu, '      ')}`)).toEqual(wanted);
  });

  it('only reports by the variable of a custom pipeline', () => {
    const text = 'pipelines:\n  custom:\n    scan:\n    - variables:\n      - name: VERAPIPE_REPORT_ONLY\n        default: "true"\n    - step: { script: [npx verapipe scan] }\n';
    expect(lint('bitbucket-pipelines.yml', text)).toEqual(['report-only:5']);
  });

  it('is looked at in branches, stages and parallel steps', () => {
    const step = 'step: { script: [npx verapipe scan || true] }';
    const text = `pipelines:\n  branches:\n    main:\n    - parallel:\n      - ${step}\n    - stage:\n        steps:\n        - ${step}\n  pull-requests:\n    '**':\n    - ${step}\n`;
    expect(lint('bitbucket-pipelines.yml', text)).toEqual(['or:5', 'or:8', 'or:11']);
  });
});

describe('a Jenkinsfile', () => {
  const declarative = (steps: string): string => `pipeline {\n  agent any\n  stages { stage('x') { steps {\n${steps}\n  } } }\n}\n`;
  it.each<[name: string, steps: string, wanted: readonly string[]]>([
    ['in order', "sh 'npx verapipe scan'\nsh 'npx verapipe gate'", []],
    ['that swallows', "sh 'npx verapipe scan || true'", ['or:4']],
    ['that swallows in double quotes', 'sh "npx verapipe scan --app \\"x\\" || true"', ['or:4']],
    ['that swallows in a block', "sh '''\n  make\n  npx verapipe scan || true\n'''", ['or:6']],
    ['with a pipe', "sh 'npx verapipe scan | tee log'", ['pipe:4']],
    ['with a shell that goes on', "sh '''#!/bin/bash\nnpx verapipe scan\necho done\n'''", ['no-errexit:5']],
    ['with arguments by name', "sh label: 'scan', script: 'npx verapipe scan || true'", ['or:4']],
    ['with a batch file', "bat '''\ncall npx verapipe scan\necho done\n'''", ['error-level:5']],
    ['with PowerShell', "powershell '''\nnpx verapipe scan\nWrite-Host done\n'''", ['last-exit-code:5']],
    ['with catchError', "catchError {\n  sh 'npx verapipe scan'\n}", ['catch-error:4']],
    ['with catchError and results', "catchError(buildResult: 'SUCCESS', stageResult: 'FAILURE') {\n  sh 'npx verapipe scan'\n}", ['catch-error:4']],
    ['with warnError', "warnError('no matter') {\n  sh 'npx verapipe scan'\n}", ['catch-error:4']],
    ['with catchError around something else', "catchError {\n  sh 'make lint'\n}\nsh 'npx verapipe scan'", []],
    ['with an unread status', "sh(script: 'npx verapipe scan', returnStatus: true)", ['unread-status:4']],
    ['with an unread variable', "script {\n  def rc = sh(script: 'npx verapipe scan', returnStatus: true)\n}", ['unread-status:5']],
    ['with a read variable', "script {\n  def rc = sh(script: 'npx verapipe scan', returnStatus: true)\n  if (rc != 0) { error 'no' }\n}", []],
    ['with a read status', "script {\n  if (sh(returnStatus: true, script: 'npx verapipe scan') != 0) { error 'no' }\n}", []],
    ['with a try', "script {\n  try {\n    sh 'npx verapipe scan'\n  } catch (e) {\n    echo \"failed: throw ${e}\"\n  }\n}", ['catch:7']],
    ['with a try that throws', "script {\n  try {\n    sh 'npx verapipe scan'\n  } catch (Exception e) {\n    throw e\n  } finally {\n    echo 'x'\n  }\n}", []],
    ['with a try that fails by its result', "script {\n  try {\n    sh 'npx verapipe scan'\n  } catch (e) {\n    currentBuild.result = 'FAILURE'\n  }\n}", []],
    ['with a try that only finishes', "script {\n  try {\n    sh 'npx verapipe scan'\n  } finally {\n    echo 'x'\n  }\n}", []],
    ['with several catches', "script {\n  try {\n    sh 'npx verapipe scan'\n  } catch (A e) {\n    throw e\n  } catch (B e) {\n    echo 'x'\n  }\n}", ['catch:9']],
    ['with a result by hand', "sh 'npx verapipe scan'\nscript { currentBuild.result = 'SUCCESS' }", ['forced-success:5']],
    ['with the vendor’s step', "veracode applicationName: 'x', canFailJob: false, waitForScan: true", ['tolerant-task:4']],
    ['with the vendor’s step over lines', "veracode(\n  applicationName: 'x',\n  unstableBuild: true\n)", ['tolerant-task:6']],
    ['with our step and a bearable gate', "verapipeScan(\n  app: 'x',\n  onFail: 'UNSTABLE'\n)", ['tolerant-task:6']],
    ['with our step and a gate that fails', "verapipeScan(app: 'UNSTABLE', onFail: 'FAILURE')", []],
    ['with our step that only reports', "verapipeScan(app: 'x',\n  reportOnly: true)", ['report-only:5']],
    ['with our step that reports, and our gate', "verapipeScan app: 'x', reportOnly: 'yes'\nverapipeGate()", []],
    ['with our step, and a text that speaks of it', "verapipeScan(app: 'reportOnly: true')", []],
    ['that only reports in an environment', "withEnv(['A=b', 'VERAPIPE_REPORT_ONLY=true']) {\n  sh 'npx verapipe scan'\n}\nsh 'npx verapipe scan'", ['report-only:4']],
    ['that only reports by an assignment', "script { env.VERAPIPE_REPORT_ONLY = 'true' }\nsh 'npx verapipe scan'", ['report-only:4']],
    ['that only reports by its script', "sh 'npx verapipe scan --report-only'\nsh 'npx verapipe gate --report-only'", ['report-only:4', 'report-only:5']],
    ['with another job', "build job: 'veracode-scan', propagate: false", ['not-propagated:4']],
    ['with another job in order', "build job: 'veracode-scan'", []],
    ['in comments', "// sh 'npx verapipe scan || true'\n/* sh 'npx verapipe scan || true' */\nsh 'npx verapipe scan' // || true", []],
    ['with braces in texts', "echo 'catchError {'\nsh 'npx verapipe scan'\necho '}'", []],
  ])('%s', (_name, steps, wanted) => {
    expect(lint('Jenkinsfile', declarative(steps))).toEqual(wanted);
  });

  it.each<[name: string, text: string, wanted: readonly string[]]>([
    ['of the pipeline', "pipeline {\n  environment {\n    VERAPIPE_REPORT_ONLY = 'true'\n  }\n  stages { stage('x') { steps { sh 'npx verapipe scan' } } }\n}", ['report-only:3']],
    ['of another stage', "pipeline {\n  stages {\n    stage('a') { environment { VERAPIPE_REPORT_ONLY = 'true' } steps { echo 'a' } }\n    stage('b') { steps { sh 'npx verapipe scan' } }\n  }\n}", []],
    ['of the pipeline, taken back', "pipeline {\n  environment { VERAPIPE_REPORT_ONLY = 'true' }\n  stages { stage('a') { environment { VERAPIPE_REPORT_ONLY = 'no' }\n    steps { sh 'npx verapipe scan' } } }\n}", []],
  ])('reads the environment %s', (_name, text, wanted) => {
    expect(lint('Jenkinsfile', text)).toEqual(wanted);
  });

  it.each(['pipeline {', "sh 'npx verapipe scan", '}}}} {{{{ ((((', "'''", `node { ${'{ '.repeat(5000)}`, `sh("${'('.repeat(20_000)}`])('that is broken is read as far as it goes: %#', (text) => {
    expect(lint('Jenkinsfile', text)).toEqual([]);
  });
});

describe('lintPipeline', () => {
  it.each<[name: string, path: string, text: string, wanted: unknown]>([
    ['a GitLab pipeline by its content', 'ci.yml', 'scan:\n  script: npx verapipe scan || true\n', ['or:2']],
    ['an Azure template by its content', 'ci.yml', 'steps:\n- script: npx verapipe scan || true\n', ['or:2']],
    ['a Bitbucket pipeline by its content', 'ci.yml', 'pipelines:\n  default:\n  - step:\n      script:\n      - npx verapipe scan || true\n', ['or:5']],
    ['a Jenkinsfile by its content', 'ci.groovy', "node('linux') {\n  sh 'npx verapipe scan || true'\n}\n", ['or:2']],
    ['a workflow of another CI', 'ci.yml', 'on: push\njobs:\n  a:\n    steps:\n    - run: verapipe scan\n', 'which is no pipeline of a CI that is known by its name or content'],
    ['something else', 'ci.yml', 'a: 1\n', 'which is no pipeline of a CI that is known by its name or content'],
    ['nothing', 'ci.yml', '', 'which is no pipeline of a CI that is known by its name or content'],
    ['broken YAML', '.gitlab-ci.yml', 'a: [\nb', expect.stringMatching(/^which is no valid YAML \(line \d\)$/)],
    ['YAML of endless depth', '.gitlab-ci.yml', '['.repeat(50_000), expect.stringMatching(/^which is/)],
    ['a bomb of aliases', '.gitlab-ci.yml', `${Array.from({ length: 30 }, (_, i) => `a${i}: &a${i} [${i === 0 ? 'npx verapipe scan' : `*a${i - 1}, *a${i - 1}`}]`).join('\n')}\nscan:\n  script: *a29\n`, []],
    ['a wide bomb of aliases', 'bitbucket-pipelines.yml', `${Array.from({ length: 20 }, (_, i) => `a${i}: &a${i} [${i === 0 ? 'x' : Array.from({ length: 50 }, () => `*a${i - 1}`).join(', ')}]`).join('\n')}\npipelines:\n  default: *a19\n`, []],
    ['a wide bomb of merged maps', '.gitlab-ci.yml', `${Array.from({ length: 20 }, (_, i) => `a${i}: &a${i} { ${i === 0 ? 'x: 1' : `<<: [${Array.from({ length: 50 }, () => `*a${i - 1}`).join(', ')}]`} }`).join('\n')}\nscan:\n  <<: *a19\n  script: npx verapipe scan || true\n`, ['or:23']],
    ['a template that extends itself', '.gitlab-ci.yml', '.a:\n  extends: .b\n.b:\n  extends: .a\nscan:\n  extends: .a\n  script: npx verapipe scan || true\n', ['or:7']],
  ])('takes %s', (_name, path, text, wanted) => {
    expect(lint(path, text)).toEqual(wanted);
  });

  it.each<[name: string, script: string, calls: number]>([
    ['in a list of one line', 'script: [verapipe scan --file a.war]', 1],
    ['between other commands', 'script:\n  - echo start; verapipe scan --file a.war; echo ok', 1],
    ['after a look at a file', 'script:\n  - test -f a.war && verapipe scan --file a.war || true', 1],
    ['in a group', 'script:\n  - |\n    (\n      verapipe preflight\n      verapipe scan\n    )', 2],
    ['in one line', 'script:\n  - bash -c "verapipe scan --report-only; verapipe gate"', 2],
    ['that are only spoken of', 'script:\n  - echo "verapipe scan"\n  # verapipe scan\n  - npm install verapipe gate', 0],
    ['that two jobs share', 'script: &s [verapipe scan]\nother:\n  script: *s', 1],
  ])('counts the calls %s', (_name, script, calls) => {
    expect(lintPipeline({ path: '.gitlab-ci.yml', text: `scan:\n  ${script}\n`, system: null })).toMatchObject({ calls });
  });

  it('believes who says which CI it is', () => {
    expect(lintPipeline({ path: '.gitlab-ci.yml', text: 'steps:\n- script: verapipe scan\n  continueOnError: true\n', system: 'azure' })).toMatchObject({ system: 'azure', swallows: [{ rule: 'continue-on-error' }] });
  });

  it('tells what is lost, and what to write instead', () => {
    const linted = lintPipeline({ path: 'Jenkinsfile', text: "node { sh 'verapipe scan || true' }", system: null });
    expect(linted).toEqual({ system: 'jenkins', calls: 1, swallows: [{ line: 1, rule: 'or', what: expect.stringMatching(/\.$/), instead: expect.stringMatching(/\.$/) }] });
  });
});
