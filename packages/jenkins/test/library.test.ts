import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { environmentName } from '@verapipe/ci-kit';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type BuildName, buildsToRun, EVERY_OPTION, example, HOSTILE, LIST } from './builds-to-run.js';
import { putPrograms } from './cli-programs.js';
import { type BuildToRun, type JenkinsWorld, type RanBuild, startJenkinsWorld, withGroovy } from './jenkins-builds.js';
import { PACKAGE } from './library-files.js';
import { VERSION } from './option-table.js';
import { type Registry, startRegistry } from './registry.js';

/** What stands in the log of the build `codes` about one of its stages. */
function failureOf({ log }: RanBuild, stage: string): string {
  return log.split(`== ${stage}\n`)[1]?.split('\n== ')[0] ?? '';
}

withGroovy('the library', () => {
  let world: JenkinsWorld;
  let registry: Registry;
  let wanted: Readonly<Record<BuildName, BuildToRun>>;
  let builds: Readonly<Record<BuildName, RanBuild>>;

  beforeAll(async () => {
    world = await startJenkinsWorld();
    registry = await startRegistry(world.folder);
    wanted = buildsToRun(await putPrograms(world.folder), registry);
    builds = await world.run(wanted);
  });
  afterAll(async () => {
    await registry.close();
    await world.close();
  });

  const stepsOf = (build: RanBuild, ...names: readonly string[]): RanBuild['calls'] => build.calls.filter(({ step }) => names.includes(step));
  const commandsOf = (build: RanBuild): readonly unknown[] => stepsOf(build, 'sh', 'bat', 'powershell').filter(({ label }) => label !== undefined).map(({ script }) => script);
  const uploadsTo = ({ platform }: RanBuild): number => platform.journal().filter(({ operation }) => operation === 'uploadlargefile.do').length;

  describe('an example', () => {
    it('declarative: looks first, scans, and is unstable when a gate fails', () => {
      const { result, stages: ended, returned, log } = builds.declarative;
      expect({ result, ended }).toEqual({ result: 'UNSTABLE', ended: { Build: 'SUCCESS', Veracode: 'UNSTABLE' } });
      expect(commandsOf(builds.declarative)).toEqual(['verapipe --version || true', 'verapipe preflight', 'verapipe --version || true', 'verapipe scan']);
      const [build] = builds.declarative.platform.snapshot().applications.flatMap((application) => application.builds);
      expect(returned).toEqual([
        { exitCode: 0, result: 'SUCCESS', outputDir: 'veracode' },
        {
          ...{ exitCode: 1, result: 'UNSTABLE', outputDir: 'veracode', verdict: 'fail', scanId: build?.id, applicationId: expect.stringMatching(/^\d+$/u), sandboxId: null, url: expect.stringContaining(`:${build?.id ?? ''}`) },
          reports: { sarif: 'veracode/veracode.sarif', junit: 'veracode/veracode-junit.xml', 'html-static': 'veracode/html/index.html', results: 'veracode/verapipe-results.json' },
        },
      ]);
      expect(log).toContain(`verapipe ${VERSION} (installed); this library is ${VERSION}`);
      expect(log).toMatch(/WARNING: verapipe scan ended with 1: a gate .+#ViewReportsResultSummary.+\nThe scan is done, and a gate failed/u);
    });

    it('shows a scan on the pages of Jenkins, by files that are there', () => {
      const shown = stepsOf(builds.declarative, 'recordIssues', 'junit', 'publishHTML', 'archiveArtifacts');
      expect(shown).toEqual([
        { step: 'recordIssues', tools: [{ symbol: 'sarif', pattern: 'veracode/veracode.sarif', id: 'veracode', name: 'Veracode' }], enabledForFailure: true },
        { step: 'junit', testResults: 'veracode/veracode-junit.xml', allowEmptyResults: true, skipMarkingBuildUnstable: true },
        { step: 'publishHTML', target: expect.objectContaining({ reportDir: 'veracode/html', reportFiles: 'index.html', reportName: 'Veracode' }) },
        { step: 'archiveArtifacts', artifacts: 'veracode/**', allowEmptyArchive: true },
      ]);
      expect(readFileSync(join(builds.declarative.folder, 'veracode', 'html', 'index.html'), 'utf8')).not.toMatch(/<script|style=/u);
    });

    it('scripted: has the outcome in hand, and the gate decides', () => {
      const { result, stages: ended, log } = builds.scripted;
      expect({ result, ended }).toEqual({ result: 'FAILURE', ended: { Build: 'SUCCESS', Veracode: 'SUCCESS', Gate: 'FAILURE' } });
      expect(log).toMatch(/Scan \d+ says fail: http\S+\n/u);
      expect(log).toContain('ERROR: verapipe gate ended with 1');
      // A gate that reads a file needs no key.
      expect(stepsOf(builds.scripted, 'withCredentials')).toHaveLength(1);
    });

    it('multibranch: change requests by pipeline scans, the primary branch by a policy scan', () => {
      expect(builds.changeRequest).toMatchObject({ result: 'FAILURE', stages: { 'Change request': 'FAILURE' } });
      expect(builds.changeRequest.stages).not.toHaveProperty('Primary branch');
      expect(stepsOf(builds.changeRequest, 'recordIssues')).toMatchObject([{ tools: [{ symbol: 'veracodePipelineScanner', pattern: 'veracode/results.json' }] }]);
      const findings = (JSON.parse(readFileSync(join(builds.changeRequest.folder, 'veracode', 'results.json'), 'utf8')) as { readonly findings: readonly object[] }).findings;
      expect(findings[0]).toMatchObject({ severity: expect.any(Number), issue_type: expect.any(String), files: { source_file: { file: expect.any(String), line: expect.any(Number) } } });
      expect(builds.primary).toMatchObject({ result: 'SUCCESS', stages: { 'Change request': 'skipped', 'Primary branch': 'SUCCESS' } });
      expect(builds.primary.returned).toMatchObject([{ exitCode: 0, verdict: 'pass' }]);
    });

    it('multibranch: a fork without credentials is not built, and asks nobody', () => {
      expect(builds.fork).toMatchObject({ result: 'SUCCESS', stages: { 'Change request': 'NOT_BUILT' }, returned: [{ exitCode: 8, verdict: 'none', scanId: null }] });
      expect(builds.fork.returned[0]?.['reports']).not.toHaveProperty('pipelineResults');
      expect(builds.fork.platform.journal()).toEqual([]);
      expect(stepsOf(builds.fork, 'recordIssues')).toEqual([]);
    });

    it('matrix: each cell has its scan, its folder and its page', () => {
      expect(builds.matrix).toMatchObject({ result: 'SUCCESS', stages: { 'Veracode (MODULE=shop)': 'SUCCESS', 'Veracode (MODULE=stock)': 'SUCCESS' } });
      expect(builds.matrix.platform.snapshot().applications.flatMap((application) => application.builds.map(({ name }) => [application.name, name]))).toEqual([
        ['Shop shop', 'jenkins web/shop 12 Veracode shop'],
        ['Shop stock', 'jenkins web/shop 12 Veracode stock'],
      ]);
      expect(stepsOf(builds.matrix, 'sarif').map(({ id, name }) => [id, name])).toEqual([['veracode-shop', 'Veracode (veracode/shop)'], ['veracode-stock', 'Veracode (veracode/stock)']]);
    });

    it('container: everything of verapipe runs inside of the image', () => {
      expect(builds.container.result).toBe('SUCCESS');
      expect(stepsOf(builds.container, 'docker.inside')).toEqual([{ step: 'docker.inside', image: 'registry.example.org/security/veracode:1.2.3', args: '' }]);
      const names = builds.container.calls.map(({ step, script }) => script ?? step);
      expect(names.indexOf('docker.inside')).toBeLessThan(names.indexOf('verapipe --version || true'));
      expect(builds.noDocker).toMatchObject({ result: 'FAILURE', log: expect.stringContaining('needs the plugin "Docker Pipeline"') });
    });

    it('windows: the lines of bat and PowerShell are constant', () => {
      expect(builds.windows).toMatchObject({ result: 'UNSTABLE', stages: { bat: 'UNSTABLE', powershell: 'UNSTABLE' } });
      expect(commandsOf(builds.windows)).toEqual([
        '@call verapipe --version\r\n@exit /b 0',
        '@call verapipe pipeline-scan\r\n@exit /b %ERRORLEVEL%',
        'verapipe --version; exit 0',
        '$global:LASTEXITCODE = 127; verapipe pipeline-scan; exit $LASTEXITCODE',
      ]);
    });

    it('without the library: the same result of the same command', () => {
      expect(builds.withoutLibrary).toMatchObject({ result: 'FAILURE', stages: { Veracode: 'FAILURE' }, log: expect.stringContaining('script returned exit code 1') });
      const verdict = /\nfail {2}policy {2}.+\n/u.exec(builds.declarative.log)?.[0] ?? 'none';
      expect(builds.withoutLibrary.log).toContain(verdict);
    });

    it('freestyle: the shell text of the docs page, and its reports', () => {
      expect(builds.freestyle).toMatchObject({ result: 'FAILURE', log: expect.stringMatching(/FAIL: policy scan "jenkins web\/shop 12" [^]+script returned exit code 1/u) });
      for (const file of ['veracode-junit.xml', 'veracode.sarif', 'verapipe-results.json']) expect(existsSync(join(builds.freestyle.folder, 'veracode', file))).toBe(true);
    });

    it.each(readdirSync(join(PACKAGE, 'examples')).filter((file) => file.endsWith('.Jenkinsfile')))('%s is among those that ran', (file) => {
      const scripts = Object.values(wanted).map(({ script }) => script);
      expect(scripts).toContain(example(file.replace('.Jenkinsfile', '')));
    });
  });

  describe('what a call says', () => {
    it('reaches the platform as it is', () => {
      expect(builds.quoting.result).toBe('SUCCESS');
      const [application] = builds.quoting.platform.snapshot().applications;
      expect(application).toMatchObject({ name: HOSTILE, description: `first\n${HOSTILE}` });
      expect(application?.builds).toMatchObject([{ name: HOSTILE.replaceAll(/[{}]/gu, '') }]);
      expect(builds.quoting.log).toContain(`Uploaded it's.jar`);
      expect(existsSync(join(builds.quoting.folder, 'veracode', 'all 2.csv'))).toBe(true);
      expect(commandsOf(builds.quoting)).toEqual(['verapipe --version || true', 'verapipe scan']);
    });

    it('arrives as it is in every option', () => {
      const [, seen = '{}'] = /^variables (.+)$/mu.exec(builds.everyOption.log) ?? [];
      const variables = JSON.parse(seen) as Readonly<Record<string, string>>;
      const arrived = EVERY_OPTION.map(({ name, repeatable }) => [name, repeatable === true ? (JSON.parse(variables[environmentName(name)] ?? '') as unknown) : variables[environmentName(name)]]);
      expect(arrived).toEqual(EVERY_OPTION.map(({ name, repeatable }) => [name, repeatable === true ? LIST : `a\n${HOSTILE}`]));
    });

    it('is refused with all of its faults, before anything runs', () => {
      expect(failureOf(builds.codes, 'faults of all kinds')).toMatch(
        /^ERROR: The input of verapipe pipeline-scan has 9 faults; nothing was started\.\n {2}publish: got all, wanted a list of issues, junit, html, archive, or \[\] for nothing\n {2}filepath: given twice, under two names\n {2}sandbox: no parameter of this step\n {2}failOnSeverty: no parameter of this step; perhaps failOnSeverity\n {2}timeout: takes one value, got a list\n {2}outputDir: wanted a folder inside of the workspace.*\n {2}cli: npx wants one exact version.+got "latest"\n {2}credentials: wanted .+\n {2}onFail: got "green", wanted FAILURE or UNSTABLE/u,
      );
expect(failureOf(builds.codes, 'a gate has no reports')).toMatch(/has 2 faults.+\n {2}publish: verapipe gate has nothing to publish\n {2}onUnfinished: got "WAIT", wanted FAILURE or UNSTABLE/u);
    });

    it.each([
      ['two supplies', "cli: wanted 'installed', [npx: VERSION], [folder: PATH] or [image: NAME, args: ARGUMENTS]"],
      ['no name of an image', 'cli: "-v /:/host" is no name of an image'],
    ])('is refused: %s', (stage, fault) => {
      expect(failureOf(builds.codes, stage)).toContain(`has one fault; nothing was started.\n  ${fault}`);
    });

    it('may use the names of other tools, whose lists stand in one text', () => {
      expect(builds.noPlugins.log).toContain('verapipe: "filepath" is called "file" here.');
      expect(builds.noPlugins.log).toContain('Uploaded shop.jar');
    });
  });

  describe('an exit code', () => {
    it.each<[stage: string, result: string, said: string]>([
      ['gate fails', 'FAILURE', 'ERROR: verapipe pipeline-scan ended with 1: a gate or check said no'],
      ['unfinished', 'FAILURE', 'ERROR: verapipe pipeline-scan ended with 7: not finished in time'],
      ['wrong input', 'FAILURE', 'ERROR: verapipe pipeline-scan ended with 2: the input is wrong'],
      ['no credentials', 'FAILURE', 'ERROR: verapipe pipeline-scan ended with 3: credentials are missing'],
      ['unknown credentials', 'FAILURE', "ERROR: Could not find credentials entry with ID 'unknown'"],
      ['passed without proof', 'FAILURE', 'ERROR: verapipe scan ended with 0, and there are no results in veracode: not taken for a pass.'],
      ['another version', 'FAILURE', `ERROR: verapipe 1.0.0 does not fit this library, which is ${VERSION}`],
      ['no command line', 'FAILURE', 'ERROR: verapipe --version told no version: no verapipe starts on this agent. Install it'],
    ])('of "%s" makes it %s', (stage, result, said) => {
      expect(builds.codes.stages[stage]).toBe(result);
      expect(failureOf(builds.codes, stage)).toContain(said);
    });

    it('7 is bearable where that was asked for, and never a pass', () => {
      expect(builds.codes.stages['unfinished, bearable']).toBe('UNSTABLE');
      expect(builds.codes.returned).toMatchObject([{ exitCode: 7, result: 'UNSTABLE', verdict: 'none' }]);
      expect(builds.codes.result).toBe('UNSTABLE');
    });

    it('7 is waited on where that was asked for', () => {
      expect(commandsOf(builds.waiting)).toEqual(['verapipe --version || true', 'verapipe scan', 'verapipe wait']);
      expect(builds.waiting).toMatchObject({ result: 'SUCCESS', returned: [{ exitCode: 0, verdict: 'pass', scanId: expect.any(String) }] });
      expect(uploadsTo(builds.waiting)).toBe(1);
    });

    it('8 leaves the build "not built", and what follows runs', () => {
      expect(builds.skipped).toMatchObject({ result: 'NOT_BUILT', stages: { A: 'NOT_BUILT', B: 'SUCCESS' }, log: expect.stringContaining('Nothing was scanned, and nothing was proven.') });
    });
  });

  describe('the key', () => {
    it('is in no log, no argument of a step and no file', () => {
      for (const build of Object.values(builds)) {
        const { apiKey } = build.platform;
        const told = [build.log, JSON.stringify(build.calls), JSON.stringify(build.returned)];
        expect(told.filter((text) => text.includes(apiKey))).toEqual([]);
        const folder = join(build.folder, 'veracode');
        const files = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile()) : [];
        expect(files.filter(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8').includes(apiKey))).toEqual([]);
      }
    });

    it('is gone after the step', () => {
      expect(stepsOf(builds.quoting, 'withCredentials')).toHaveLength(1);
      expect(builds.quoting.log).toMatch(/^JOB_NAME=web\/shop$/mu);
      expect(builds.quoting.log).not.toMatch(/^(?:VERACODE_API_KEY|VERAPIPE_APP|VERAPIPE_FILE)/mu);
    });
  });

  describe('a build that is stopped', () => {
    it('is aborted by SIGTERM alone, and says what goes on', () => {
      expect(builds.aborted).toMatchObject({ result: 'ABORTED', stages: { Veracode: 'ABORTED' }, endedByAbort: [130] });
      expect(builds.aborted.log).toMatch(/Cancelled: The run was cancelled \(SIGTERM\)\.\nScan .+ goes on at the platform/u);
      // Nothing of the library comes between the abort and the end of the build.
      expect(builds.aborted.calls.at(-1)).toMatchObject({ step: 'sh', script: 'verapipe scan' });
    });

    it('is gone on with by a restart from its stage, in another workspace', () => {
      expect(builds.restarted.log).toContain('this build goes on with build 7');
      expect(builds.restarted.log).toContain('Scan "jenkins web/shop 7 Veracode" (build 3000001) found, going on with it');
      expect(builds.restarted.platform.snapshot().applications.flatMap((application) => application.builds)).toHaveLength(1);
      expect(uploadsTo(builds.restarted)).toBe(1);
      expect(builds.restartedAgain.log).toContain('"VERAPIPE_SCAN_NAME":"{ci} {pipeline} 7{suffix}"');
    });

    it('is gone on with by a later build of the same commit, where the name of the scan says so', () => {
      expect(builds.later).toMatchObject({ result: 'SUCCESS', returned: [{ scanId: builds.waiting.returned[0]?.['scanId'], verdict: 'pass' }] });
      expect(uploadsTo(builds.later)).toBe(1);
    });
  });

  it('leaves out what plugins are missing for, and says so', () => {
    expect(builds.noPlugins.result).toBe('SUCCESS');
    for (const [what, plugin] of [['issues', 'Warnings Next Generation'], ['junit', 'JUnit'], ['html', 'HTML Publisher']] as const) {
      expect(builds.noPlugins.log).toContain(`verapipe: publish: '${what}' was left out, because the plugin "${plugin}" is missing or too old.`);
    }
    expect(stepsOf(builds.noPlugins, 'archiveArtifacts')).toHaveLength(1);
  });

  it('comes by the command line with npx, in the version that was asked for', () => {
    expect(builds.fromRegistry).toMatchObject({ result: 'SUCCESS', returned: [{ exitCode: 0, verdict: 'pass' }] });
    expect(commandsOf(builds.fromRegistry)).toEqual(['npx verapipe --version || true', 'npx verapipe pipeline-scan']);
    expect(builds.fromRegistry.log).toContain(`verapipe ${VERSION} (npx)`);
  });

  it('keeps nothing across steps that Jenkins could not write down', () => {
    expect(builds.kept).toMatchObject({ result: 'SUCCESS', log: 'can be kept\n' });
  });
});
