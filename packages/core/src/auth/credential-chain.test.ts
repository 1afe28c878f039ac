import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type CredentialLookup, credentialsFromFile, findCredentials, profileOf } from './credential-chain.js';

const IDS = { values: 'a0'.repeat(16), env: 'b0'.repeat(16), file: 'c0'.repeat(16), teamB: 'd0'.repeat(16) };
const KEY = '0f'.repeat(64);
const ENV = { VERACODE_API_KEY_ID: IDS.env, VERACODE_API_KEY_SECRET: KEY };
const FILE = `[default]
veracode_api_key_id = ${IDS.file}
veracode_api_key_secret = ${KEY}
[team-b]
veracode_api_key_id = vera01ei-${IDS.teamB}
veracode_api_key_secret = vera01es-${KEY}
[half]
veracode_api_key_id = ${IDS.file}
[other-half]
veracode_api_key_secret = ${KEY}
`;

let homeDir: string;
let file: string;

beforeEach(async () => {
  homeDir = await mkdtemp(join(tmpdir(), 'verapipe-home-'));
  await mkdir(join(homeDir, '.veracode'));
  file = join(homeDir, '.veracode', 'credentials');
});
afterEach(async () => {
  await rm(homeDir, { recursive: true });
});

async function writeCredentials(text: string, mode = 0o600): Promise<void> {
  await writeFile(file, text, { mode });
  await chmod(file, mode);
}

function find(lookup: Partial<CredentialLookup> = {}): ReturnType<typeof findCredentials> {
  return findCredentials({ env: {}, homeDir, ...lookup });
}

describe('findCredentials', () => {
  it.each([
    ['given values first', { explicit: { apiId: IDS.values, apiKey: KEY }, env: ENV }, IDS.values, 'the values given by the caller'],
    ['then the environment', { env: ENV }, IDS.env, 'the environment (VERACODE_API_KEY_ID, VERACODE_API_KEY_SECRET)'],
    ['the environment before a profile that it names', { env: { ...ENV, VERACODE_API_PROFILE: 'team-b' } }, IDS.env, /the environment/],
    ['then the default profile', {}, IDS.file, /^the profile "default" of .*credentials$/],
    ['the profile that the environment names', { env: { VERACODE_API_PROFILE: 'team-b' } }, IDS.teamB, /^the profile "team-b"/],
    ['a chosen profile before the environment', { profile: 'team-b', env: ENV }, IDS.teamB, /^the profile "team-b"/],
    ['the default for an empty profile variable', { env: { VERACODE_API_PROFILE: '' } }, IDS.file, /"default"/],
    ['the file for empty variables', { env: { VERACODE_API_KEY_ID: '', VERACODE_API_KEY_SECRET: '' } }, IDS.file, /"default"/],
  ])('takes %s', async (_name, lookup, apiId, source) => {
    await writeCredentials(FILE);
    const found = await find(lookup);
    expect(found.credentials.apiId).toBe(apiId);
    expect(found.source).toMatch(source);
    expect(found.warnings).toEqual([]);
  });

  it('takes another file when told so', async () => {
    const elsewhere = join(homeDir, 'elsewhere');
    await writeFile(elsewhere, FILE, { mode: 0o600 });
    await expect(find({ file: elsewhere })).resolves.toMatchObject({ credentials: { apiId: IDS.file } });
  });

  it('asks nobody to change the mode of a file on Windows', async () => {
    await writeCredentials(FILE, 0o644);
    await expect(find({ platform: 'win32' })).resolves.toMatchObject({ warnings: [] });
    await expect(find({ platform: 'linux' })).resolves.toMatchObject({ warnings: [expect.stringContaining('chmod 600')] });
  });

  it('says where it looked when there is nothing', async () => {
    await expect(find()).rejects.toMatchObject({
      name: 'CredentialError',
      code: 'no-credentials',
      message: `No API credentials were found. Looked at the environment (VERACODE_API_KEY_ID, VERACODE_API_KEY_SECRET), then the profile "default" of ${file}.`,
    });
    await writeCredentials('[team-b]');
    await expect(find()).rejects.toMatchObject({ code: 'no-credentials' });
  });

  it.each([
    ['only the id', { env: { VERACODE_API_KEY_ID: IDS.env } }, 'incomplete-environment', /VERACODE_API_KEY_ID is set, but VERACODE_API_KEY_SECRET is not/],
    ['only the key', { env: { VERACODE_API_KEY_ID: '', VERACODE_API_KEY_SECRET: KEY } }, 'incomplete-environment', /VERACODE_API_KEY_SECRET is set, but VERACODE_API_KEY_ID is not/],
    ['a broken pair in the environment', { env: { ...ENV, VERACODE_API_KEY_SECRET: 'oops' } }, 'malformed-api-key', /Source: the environment/],
    ['a profile that does not exist', { profile: 'team-c' }, 'missing-profile', /has no profile "team-c"/],
    ['a profile without a key', { profile: 'half' }, 'incomplete-profile', /no veracode_api_key_secret/],
    ['a profile without an id', { profile: 'other-half' }, 'incomplete-profile', /no veracode_api_key_id/],
  ])('refuses %s and looks no further', async (_name, lookup, code, message) => {
    await writeCredentials(FILE);
    const failure = await find(lookup).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'CredentialError', code, message: expect.stringMatching(message), advice: expect.stringMatching(/\w/) });
    expect((failure as Error).message).not.toContain(KEY);
  });

  it('names the profiles that may have been meant', async () => {
    await writeCredentials(FILE);
    await expect(find({ profile: 'Team-B' })).rejects.toMatchObject({ advice: expect.stringContaining('team-b') });
    await expect(find({ profile: 'zzzzzzzzzz' })).rejects.toMatchObject({ advice: expect.stringContaining('default, team-b, half') });
    await writeCredentials('');
    await expect(find({ profile: 'x' })).rejects.toMatchObject({ advice: 'The file is empty.' });
  });

  it('refuses a chosen profile when there is no file', async () => {
    await expect(find({ profile: 'team-b' })).rejects.toMatchObject({ code: 'missing-credentials-file' });
  });

  it('refuses what is no credentials file', async () => {
    await mkdir(file);
    await expect(find()).rejects.toMatchObject({ code: 'unreadable-credentials-file' });
    await rm(file, { recursive: true });
    await writeFile(file, Buffer.alloc(2 * 1024 * 1024));
    await expect(find()).rejects.toMatchObject({ code: 'unreadable-credentials-file', message: expect.stringContaining('no credentials file') });
    await expect(find({ file: join(file, 'below') })).rejects.toMatchObject({ code: 'no-credentials' });
    await expect(find({ file: 'x'.repeat(300) })).rejects.toMatchObject({ message: expect.stringContaining('ENAMETOOLONG') });
  });
});

describe('profileOf', () => {
  it.each([
    ['the one that was chosen', { VERACODE_API_PROFILE: 'team-b' }, 'team-c', 'team-c'],
    ['that of the environment', { VERACODE_API_PROFILE: 'team-b' }, null, 'team-b'],
    ['the default for an empty variable', { VERACODE_API_PROFILE: '' }, undefined, 'default'],
    ['the default', {}, null, 'default'],
  ])('is %s', (_name, env, chosen, profile) => {
    expect(profileOf(env, chosen)).toBe(profile);
  });
});

describe('credentialsFromFile', () => {
  it.each([
    ['others', 0o604, 'linux', 1],
    ['the group', 0o640, 'darwin', 1],
    ['nobody else', 0o600, 'linux', 0],
    ['nobody can tell, on Windows', 0o644, 'win32', 0],
  ] as const)('warns of a file that %s can read', async (_name, mode, platform, warnings) => {
    await writeCredentials(FILE, mode);
    const found = await credentialsFromFile({ path: file, platform }).find();
    expect(found?.warnings).toHaveLength(warnings);
    if (warnings > 0) expect(found?.warnings[0]).toContain('chmod 600');
  });
});
