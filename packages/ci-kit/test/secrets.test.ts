import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';

import type { Env } from '@verapipe/core';
import { afterEach, describe, expect, it } from '@jest/globals';

import { runScan } from '../src/run/run-scan.js';
import { runWait } from '../src/run/run-wait.js';
import { type EmulatedRun, startEmulatedRun } from './emulated-run.js';

const ID = '0123456789abcdef0123456789abcdef';
const KEY = '5ec4e7'.repeat(21) + 'ab';

/** Every text by which a key could be known: as it is, its bytes and its digits in base64. */
function formsOf(key: string): readonly string[] {
  const bytes = Buffer.from(key, 'hex');
  return [key, bytes.toString('base64').replace(/=+$/u, ''), Buffer.from(key).toString('base64').replace(/=+$/u, '')];
}

function leaks(text: string): readonly string[] {
  const forms = formsOf(KEY).filter((form) => text.toLowerCase().includes(form.toLowerCase()));
  // A whole signature: what the platform needs to be convinced.
  return /\bsig=[0-9a-f]{64}/iu.test(text) ? [...forms, 'a signature'] : forms;
}

let world: EmulatedRun;

afterEach(() => world.close());

async function filesOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8'));
  return (await Promise.all(files)).join('\n');
}

describe('a key', () => {
  it.each<[name: string, fault: string | null, prefix: string]>([
    ['a run that goes well', null, ''],
    ['a run with prefixed keys', null, 'vera01'],
    ['refused credentials', 'expired-credentials', ''],
    ['an unreadable answer', 'html-200', ''],
    ['a cut answer', 'cut-body', ''],
    ['a lost connection', 'reset-after', ''],
    ['a failing platform', 'status:500', ''],
  ])('is nowhere after %s', async (_name, fault, prefix) => {
    world = await startEmulatedRun({
      accounts: [{ apiId: `${prefix === '' ? '' : `${prefix}gi-`}${ID}`, apiKey: `${prefix === '' ? '' : `${prefix}gs-`}${KEY}` }],
      scans: [{ findings: [], components: [] }],
      faults: fault === null ? [] : [{ operation: '*', kind: fault, count: 'all', nth: fault === 'reset-after' ? 4 : 1 }],
    });
    const log: string[] = [];
    const logger = {
      debug: (message: string, fields?: unknown) => log.push(`${message} ${inspect(fields)}`),
      warn: (message: string, fields?: unknown) => log.push(`${message} ${inspect(fields)}`),
    };
    const env: Env = { VERACODE_API_KEY_ID: world.emulator.apiId, VERACODE_API_KEY_SECRET: world.emulator.apiKey };
    const results = [await runScan(world.scanInput({ 'no-wait': true }, { env, logger })), await runWait(world.waitInput({}, { env, logger }))];
    const seen = [inspect(results, { depth: 20 }), JSON.stringify(results), JSON.stringify(world.events), log.join('\n'), await filesOf(world.cwd)].join('\n');
    expect(log.length).toBeGreaterThan(0);
    expect(leaks(seen)).toEqual([]);
  });

  it('that leaked would be found', async () => {
    world = await startEmulatedRun();
    expect(leaks(`x ${KEY.toUpperCase()}`)).toEqual([KEY]);
    expect(leaks(Buffer.from(KEY).toString('base64'))).toHaveLength(1);
    expect(leaks(`sig=${'a'.repeat(64)}`)).toEqual(['a signature']);
    expect(formsOf(KEY).flatMap((form) => leaks(form))).toHaveLength(3);
  });
});
