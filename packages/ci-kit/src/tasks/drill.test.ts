import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type LocalTasks, startLocalTasks } from '../../test/local-task.js';
import { EXIT_CODES } from '../exit-codes.js';
import { runDrill } from './drill.js';

let tasks: LocalTasks;
beforeEach(async () => {
  tasks = await startLocalTasks();
});
afterEach(() => tasks.close());

function drill(options: Parameters<LocalTasks['run']>[2]): ReturnType<LocalTasks['run']> {
  return tasks.run(runDrill, 'drill', options);
}

describe('verapipe drill --exit', () => {
  it.each(Object.keys(EXIT_CODES))('ends with %s, and says in one line that it is a drill', async (code) => {
    const { result, printed } = await drill({ exit: code });
    expect(result).toEqual({ kind: 'drilled', exitCode: Number(code) });
    expect(printed).toMatch(new RegExp(`^DRILL: nothing was scanned\\. This ends with ${code} because --exit asked for it; .+\\.\\n$`));
  });

  it('prints one object with --json', async () => {
    const { result, printed } = await drill({ exit: '6', json: true });
    expect(result).toMatchObject({ exitCode: 6 });
    expect(JSON.parse(printed)).toMatchObject({ schemaVersion: 1, drill: true, exitCode: 6, meaning: EXIT_CODES[6] });
  });

  it.each(['11', '69', '131', '255'])('refuses %s, which is no code of the table', async (code) => {
    const { result, printed } = await drill({ exit: code });
    expect(result).toMatchObject({ kind: 'failed', exitCode: 2, failure: { issues: [{ path: 'exit', got: code, wanted: expect.stringMatching(/0, 1, 2, .+, 70, 130/) }] } });
    expect(printed).toBe('');
  });

  it.each([['-1'], ['256'], ['one'], ['1.5']])('refuses %s, which is no number of an exit code', async (code) => {
    expect((await drill({ exit: code })).result).toMatchObject({ kind: 'failed', exitCode: 2 });
  });

  it('wants to know what to do, and one thing only', async () => {
    expect((await drill({})).result).toMatchObject({ exitCode: 2, failure: { issues: [{ path: 'exit', got: 'nothing' }] } });
    await tasks.write('Jenkinsfile', "node { sh 'verapipe scan' }");
    expect((await drill({ exit: '0', lint: 'Jenkinsfile' })).result).toMatchObject({ exitCode: 2, failure: { issues: [{ path: 'lint' }] } });
  });
});

describe('verapipe drill --lint', () => {
  it('ends with 0 where nothing swallows failures', async () => {
    await tasks.write('.gitlab-ci.yml', 'scan:\n  script:\n  - npx verapipe scan\n  - npx verapipe gate\n');
    const { result, printed } = await drill({ lint: '.gitlab-ci.yml' });
    expect(result).toEqual({ kind: 'done', exitCode: 0 });
    expect(printed).toBe('GitLab CI: nothing swallows failures around the 2 calls in .gitlab-ci.yml. Included files and templates are not read.\n');
  });

  it('ends with 1 on a find: place, what is lost, what to write instead', async () => {
    await tasks.write('Jenkinsfile', "node {\n  sh 'npx verapipe scan || true'\n}\n");
    const { result, printed } = await drill({ lint: 'Jenkinsfile' });
    expect(result).toEqual({ kind: 'done', exitCode: 1 });
    expect(printed).toMatch(/^Jenkinsfile:2 {2}or: What stands after \|\| .+\n {4}Instead: .+\nJenkins: one place swallows failures around the one call in Jenkinsfile\./);
    const { printed: json } = await drill({ lint: 'Jenkinsfile', json: true });
    expect(JSON.parse(json)).toMatchObject({ schemaVersion: 1, file: 'Jenkinsfile', ci: 'jenkins', calls: 1, swallows: [{ line: 2, rule: 'or' }] });
  });

  it.each(['script: [verapipe scan --file a.war]', 'script:\n  - echo start; verapipe scan --file a.war; echo ok', 'include:\n  component: x/veracode-scan@1'])('finds the call in %j', async (job) => {
    await tasks.write('.gitlab-ci.yml', job.startsWith('include') ? `${job}\n` : `scan:\n  ${job}\n`);
    const { result, printed } = await drill({ lint: '.gitlab-ci.yml' });
    expect(result).toEqual({ kind: 'done', exitCode: 0 });
    expect(printed).toContain('nothing swallows failures around the one call in');
  });

  it('takes the CI from --ci where name and content do not tell', async () => {
    await tasks.write('ci.txt', 'echo: 1\nx:\n- script: verapipe scan\n  continueOnError: true\n');
    expect((await drill({ lint: 'ci.txt' })).result).toMatchObject({ exitCode: 2 });
    expect((await drill({ lint: 'ci.txt', ci: 'azure' })).result).toMatchObject({ kind: 'done', exitCode: 1 });
  });

  it.each<[name: string, file: string, text: string | null, got: RegExp]>([
    ['a file that is not there', 'gone.yml', null, /^gone\.yml, which does not exist$/],
    ['a file of bytes', 'azure-pipelines.yml', '\0', /no text/],
    ['broken YAML', 'azure-pipelines.yml', 'a: [', /no valid YAML \(line 1\)/],
    ['a pipeline without a call: nothing is proven by it', '.gitlab-ci.yml', 'a:\n  script: make\n', /calls neither verapipe nor/],
  ])('refuses %s', async (_name, file, text, got) => {
    if (text !== null) await tasks.write(file, text);
    expect((await drill({ lint: file })).result).toMatchObject({ kind: 'failed', exitCode: 2, failure: { issues: [{ path: 'lint', got: expect.stringMatching(got) }] } });
  });
});
