import type { PipelineSystem } from './pipeline-system.js';
import type { Build } from './what-is-built.js';

/** The file that each CI reads. */
export const PIPELINE_FILES: Readonly<Record<PipelineSystem, string>> = {
  azure: 'azure-pipelines.yml',
  gitlab: '.gitlab-ci.yml',
  bitbucket: 'bitbucket-pipelines.yml',
  jenkins: 'Jenkinsfile',
};

/** What a first pipeline is made from. */
export interface FirstPipeline {
  readonly app: string;
  readonly branch: string;
  readonly build: Build;
  /** Of verapipe: another version is another judge. */
  readonly version: string;
}

const IMAGE = 'node:22';

/**
 * Writes a first pipeline: it builds, shows that the scan would succeed, scans, and lets the gates decide. The scan
 * itself only reports, so that its files are kept whatever the gates say. Pure.
 */
export function renderFirstPipeline(system: PipelineSystem, pipeline: FirstPipeline): string {
  switch (system) {
    case 'azure':
      return azure(pipeline);
    case 'gitlab':
      return gitlab(pipeline);
    case 'bitbucket':
      return bitbucket(pipeline);
    case 'jenkins':
      return jenkins(pipeline);
  }
}

/** @param options - what no variable says */
function calls({ version }: FirstPipeline, options = ''): readonly string[] {
  const verapipe = `npx --yes verapipe@${version}`;
  return [`${verapipe} preflight --for scan${options}`, `${verapipe} scan --report-only${options}`, `${verapipe} gate`];
}

/** Application and files on the command line, where variables would take lines of their own. */
function callsWithOptions(pipeline: FirstPipeline): readonly string[] {
  return calls(pipeline, ` --app ${shell(pipeline.app)}${pipeline.build.files.map((file) => ` --file ${shell(file)}`).join('')}`);
}

/** @see learn.microsoft.com "Set secret variables": a script sees a secret only where it is mapped */
function azure(pipeline: FirstPipeline): string {
  return `# Make VERACODE_API_KEY_ID and VERACODE_API_KEY_SECRET secret variables of the pipeline.
trigger: [${yaml(pipeline.branch)}]
pool: { vmImage: ubuntu-latest }
steps:
  - bash: |
      set -euo pipefail
${pipeline.build.command === null ? '' : `      ${pipeline.build.command}\n`}${calls(pipeline).map((call) => `      ${call}\n`).join('')}    env: { VERACODE_API_KEY_ID: $(VERACODE_API_KEY_ID), VERACODE_API_KEY_SECRET: $(VERACODE_API_KEY_SECRET), VERAPIPE_APP: ${yaml(pipeline.app)}, VERAPIPE_FILE: ${yaml(pipeline.build.files.join(','))} }
`;
}

/** @see docs.gitlab.com "CI/CD YAML syntax reference"; a `$` in a variable is doubled */
function gitlab(pipeline: FirstPipeline): string {
  const { build, app, branch } = pipeline;
  const { compiler, command, files } = build;
  const builds = compiler === null ? '' : `build:\n  image: ${compiler}\n  script:\n${yamlItems('    ', [command])}  artifacts: { paths: [${files.map(yaml).join(', ')}] }\n`;
  return `# Make VERACODE_API_KEY_ID and VERACODE_API_KEY_SECRET masked and protected variables (Settings > CI/CD).
${builds}veracode:
  ${compiler === null ? '' : 'stage: test\n  '}image: ${IMAGE}
  rules: [{ if: ${yaml(`$CI_COMMIT_BRANCH == "${branch}"`)} }]
  variables: { VERAPIPE_APP: ${yaml(app.replaceAll('$', '$$$$'))}, VERAPIPE_FILE: ${yaml(files.join(','))} }
  script:
${yamlItems('    ', [compiler === null ? command : null, ...calls(pipeline)])}  artifacts: { when: always, paths: [verapipe-results.json, veracode-detailed-report.xml, .verapipe/] }
`;
}

/** @see support.atlassian.com "Bitbucket Pipelines configuration reference" */
function bitbucket(pipeline: FirstPipeline): string {
  const { build, branch } = pipeline;
  const { compiler, command, files } = build;
  const builds = compiler === null ? '' : `      - step:\n          name: Build\n          image: ${compiler}\n          script:\n${yamlItems('            ', [command])}          artifacts: [${files.map(yaml).join(', ')}]\n`;
  return `# Make VERACODE_API_KEY_ID and VERACODE_API_KEY_SECRET secured repository variables.
pipelines:
  branches:
    ${yaml(branch)}:
${builds}      - step:
          image: ${IMAGE}
          script:
${yamlItems('            ', [compiler === null ? command : null, ...callsWithOptions(pipeline)])}          artifacts: [verapipe-results.json, veracode-detailed-report.xml]
`;
}

/** @see jenkins.io "Credentials Binding"; the shell text stands in single quotes, so that Groovy puts nothing in it */
function jenkins(pipeline: FirstPipeline): string {
  const { build: { command } } = pipeline;
  return `// Keep the API id and key as a "Username with password" credential called veracode. Agents need Node 20 or later.
pipeline {
  agent any
  stages { stage('Veracode') { steps {
${command === null ? '' : `    sh ${groovy(command)}\n`}    withCredentials([usernamePassword(credentialsId: 'veracode', usernameVariable: 'VERACODE_API_KEY_ID', passwordVariable: 'VERACODE_API_KEY_SECRET')]) {
${callsWithOptions(pipeline).map((call) => `      sh ${groovy(call)}\n`).join('')}  } } } }
  post { always { archiveArtifacts artifacts: 'verapipe-results.json, veracode-detailed-report.xml', allowEmptyArchive: true } }
}
`;
}

function yamlItems(indent: string, items: readonly (string | null)[]): string {
  return items.map((item) => (item === null ? '' : `${indent}- ${yaml(item)}\n`)).join('');
}

/** JSON is YAML; plain words need no quotes, and double quotes stand well in single ones. */
function yaml(text: string): string {
  if (/^[^'\p{Cc}]*"[^'\p{Cc}]*$/u.test(text)) return `'${text}'`;
  return /^[A-Za-z][\w./@-]*(?: [\w./@=-]+)*$/u.test(text) && !/^(?:true|false|yes|no|on|off|null|y|n)$/iu.test(text) ? text : JSON.stringify(text);
}

/** In double quotes where nothing in them means anything to a shell: they stand well in the single ones of Groovy. */
function shell(text: string): string {
  if (/^[\w./-]+$/u.test(text)) return text;
  return /^[^"$`\\!]*$/u.test(text) ? `"${text}"` : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function groovy(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
}
