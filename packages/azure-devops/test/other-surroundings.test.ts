import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MockTestRunner } from 'azure-pipelines-task-lib/mock-test.js';

import { startTaskWorld, TASK_FOLDER, type TaskWorld } from './task-world.js';

const require = createRequire(import.meta.url);

let world: TaskWorld;
beforeAll(async () => {
  world = await startTaskWorld({ pipelineScans: [{ findings: [] }], applications: [{ name: 'Shop' }] }, { proxyPort: 0 });
});
afterAll(() => world.close());

describe('an agent behind a proxy', () => {
  it('hands its proxy, and the authority that it trusts, on to the task', async () => {
    const { proxyUrl, caFile, apiId, apiKey } = world.emulator;
    const variables = { 'Agent.ProxyUrl': proxyUrl ?? '', 'Agent.ProxyBypassList': JSON.stringify(['\\.veracode\\.eu']), 'Agent.CAInfo': caFile ?? '', 'Agent.SkipCertValidation': 'True' };
    const connection = { ...world.connection, parameters: { apiId, apiKey }, data: {} };
    const ended = await world.agent.run({ connection, variables, inputs: { command: 'preflight', app: 'Shop', write: 'true' } });
    expect(ended).toMatchObject({ result: 'Succeeded', faults: [], log: expect.stringMatching(/^ok +Proxy: [^\n]*127\.0\.0\.1[^]+^ok +Write path/mu) });
    expect(ended.issues).toEqual([expect.objectContaining({ type: 'warning', message: expect.stringContaining("the platform's certificate is verified all the same") })]);
    expect(world.emulator.journal().some(({ operation }) => operation === 'uploadlargefile.do')).toBe(true);
    const direct = await world.agent.run({ connection, variables: { ...variables, 'Agent.ProxyUrl': 'http://127.0.0.1:9' }, inputs: { command: 'preflight', app: 'Shop' } });
    expect(direct).toMatchObject({ result: 'Failed', exitCode: 0, log: expect.stringMatching(/^FAILED +Proxy: The proxy http:\/\/127\.0\.0\.1:9 gave no tunnel/mu) });
  });
});

describe("the library's own mock runner", () => {
  it('runs the task, without a network', async () => {
    expect(await world.run({ command: 'pipelineScan', file: 'shop.jar', lint: 'off' })).toMatchObject({ result: 'Succeeded' });
    const script = join(world.agent.sources, 'mock-run.cjs');
    const given = { library: require.resolve('azure-pipelines-task-lib/mock-run.js'), program: join(TASK_FOLDER, 'main.cjs'), from: join(world.agent.sources, 'verapipe-results.json') };
    writeFileSync(script, mockRun(given));
    const runner = new MockTestRunner(script);
    // Otherwise it fetches a Node of its own.
    runner.nodePath = process.execPath;
    await runner.runAsync();
    expect({ succeeded: runner.succeeded, errors: runner.errorIssues, stderr: runner.stderr }).toEqual({ succeeded: true, errors: [], stderr: '' });
    expect(runner.stdOutContained('PASS: pipeline scan')).toBe(true);
  });
});

/** What makers of tasks write: inputs are set, then the program is required. The bundle has its own copy of the library, so nothing is mocked. */
function mockRun({ library, program, from }: { readonly library: string; readonly program: string; readonly from: string }): string {
  return `const { TaskMockRunner } = require(${JSON.stringify(library)});
// What these tests are told by variables is no option of the task.
for (const name of Object.keys(process.env)) if (name.startsWith('VERAPIPE_')) delete process.env[name];
const runner = new TaskMockRunner(${JSON.stringify(program)});
runner.setInput('command', 'gate');
runner.setInput('from', ${JSON.stringify(from)});
runner.run(true);
`;
}
