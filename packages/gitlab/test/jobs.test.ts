import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from '@jest/globals';

import { type JobWorld, startJobWorld } from './started-job.js';

const MILD = { scans: [{ findings: [{ cwe: 209, severity: 2 as const }], components: [] }], pipelineScans: [{ findings: [] }] };

let world: JobWorld;
afterEach(() => world.close());

describe('a job that is stopped', () => {
  (process.platform === 'win32' ? it.skip : it)('ends with what still runs and how to attach, at SIGTERM (not run on Windows: it has no such signal)', async () => {
    world = await startJobWorld({ scans: [{ scanOutcome: 'never-ends' }] });
    const { exitCode, output } = await world.run('scan', { CI_JOB_TIMEOUT: '3600' }, 'Scan In Process');
    expect(exitCode).toBe(130);
    expect(output).toMatch(/\[WARN\] [\d:]+ {2}Warning: The CI ends this job after 60 minutes, and the run may take 360/u);
    expect(output).toMatch(/\[ERRO\] Cancelled: The run was cancelled \(SIGTERM\)[^]+goes on at the platform[^]+verapipe wait --state veracode\/\.verapipe\/scan\.json/u);
    expect(JSON.parse(await readFile(join(world.cwd, 'veracode', 'verapipe-results.json'), 'utf8'))).toMatchObject({ verdict: 'none', failure: { exitCode: 130 } });
  });
});

describe('the gate job', () => {
  it("holds an organisation's floor, beside which the scan job may report only", async () => {
    world = await startJobWorld(MILD);
    await writeFile(join(world.cwd, 'org.yaml'), 'version: 1\nfail-on-severity: Low\n');
    const floor = { VERAPIPE_ORG_POLICY: 'org.yaml' };
    expect((await world.run('scan', floor)).exitCode).toBe(0);
    expect(await world.run('gate', floor)).toMatchObject({ exitCode: 1, output: expect.stringContaining('fail  severity') });
    expect((await world.run('gate')).exitCode).toBe(0);
    expect(await world.run('gate', { ...floor, VERAPIPE_FAIL_ON_SEVERITY: 'High' })).toMatchObject({ exitCode: 2 });
  });

  it('is never green without the results of a scan job', async () => {
    world = await startJobWorld(MILD);
    expect(await world.run('gate')).toMatchObject({ exitCode: 2, output: expect.stringContaining('[ERRO] Error: the input has one fault') });
    expect(await world.run('gate', { COMPONENT_REPORT_DIR: '' })).toMatchObject({ exitCode: 2, output: expect.stringContaining('[ERRO] Error: COMPONENT_REPORT_DIR is empty') });
    expect(await world.run('')).toMatchObject({ exitCode: 2 });
    expect(world.emulator.journal()).toEqual([]);
  });

  it('tells every request with SECURE_LOG_LEVEL debug, and no key', async () => {
    world = await startJobWorld(MILD);
    const { output } = await world.run('scan', { SECURE_LOG_LEVEL: 'debug', COMPONENT_COMMAND: 'pipeline-scan' });
    expect(output).toContain('[INFO] ');
    expect(output).toContain('debug request');
    expect(output).not.toContain(world.emulator.apiKey);
  });
});
