import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const MAIN = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist', 'main.js');

let temporary: string;

beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'verapipe-demo-test-'));
});

afterEach(() => rm(temporary, { recursive: true }));

interface Ended {
  readonly exitCode: number;
  readonly stderr: string;
}

function demo(...options: string[]): Promise<Ended> {
  const env = { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary, VERAPIPE_APP: 'not for the demo' };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [MAIN, ...options], { env }, (_error, _stdout, stderr) => {
      resolve({ exitCode: child.exitCode ?? -1, stderr });
    });
  });
}

/** The results file that the demo's last line points to. */
async function readResults(stderr: string): Promise<Record<string, unknown>> {
  const folder = /The result files lie in (.+)/.exec(stderr)?.[1] ?? '';
  return JSON.parse(await readFile(join(folder, 'verapipe-results.json'), 'utf8')) as Record<string, unknown>;
}

describe('the demo', () => {
  it('scans the packed CLI, passes, and says where the results lie', async () => {
    const { exitCode, stderr } = await demo();
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(await readResults(stderr)).toMatchObject({
      schemaVersion: 1,
      verdict: 'pass',
      artifacts: [{ name: expect.stringMatching(/^verapipe-.*\.tgz$/), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    });
  });

  it("hands options on, and ends with the CLI's exit code", async () => {
    const { exitCode, stderr } = await demo('--fail-on-severity', 'low');
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 1 });
    expect(await readResults(stderr)).toMatchObject({ verdict: 'fail' });
  });
});
