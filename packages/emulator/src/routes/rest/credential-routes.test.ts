import { describe, expect, it } from '@jest/globals';
import { startInProcess, type InProcess } from '../../../test/in-process.js';
import { bodyOf, createHandClock } from '../../../test/rehearsal.js';
import { sign } from '../../../test/signer.js';
import type { PlatformClock } from '../../platform-clock.js';
import type { ScenarioInput } from '../../scenarios/scenario.js';

const root = '/api/authn/v2/api_credentials';
const dayMs = 86_400_000;

interface Pair {
  readonly apiId: string;
  readonly apiKey: string;
}

interface Answer {
  readonly status: number;
  readonly json: { readonly [key: string]: unknown; readonly api_id?: string; readonly api_secret?: string };
}

let nonce = 0;

/** Asks as whoever has the pair. */
async function askAs(world: World, pair: Pair, call: string, body?: unknown): Promise<Answer> {
  const [method = '', target = ''] = call.split(' ');
  nonce += 1;
  const authorization = sign({ ...pair, method, host: 'localhost', target, timestampMs: world.clock.wallMs(), nonceHex: nonce.toString(16).padStart(32, '0') });
  const { status, text } = await world.started.ask(target, { method, authorization, ...(body === undefined ? {} : { body: bodyOf(JSON.stringify(body)) }) });
  return { status, json: text === '' ? {} : (JSON.parse(text) as Answer['json']) };
}

interface World {
  readonly started: InProcess;
  readonly clock: PlatformClock;
  readonly admin: Pair;
  readonly ci: Pair;
  /** Lets wall time pass. */
  pass(ms: number): void;
}

function start(settings: ScenarioInput['settings'] = {}): World {
  const hand = createHandClock();
  let passedMs = 0;
  const clock: PlatformClock = { ...hand, wallMs: () => hand.wallMs() + passedMs };
  const accounts: ScenarioInput['accounts'] = [
    { userName: 'admin', roles: ['adminapi'] },
    { userName: 'ci', roles: ['uploadapi'], apiId: `vera01ei-${'cd'.repeat(16)}` },
  ];
  const started = startInProcess({ clock, scenario: { accounts, teams: ['Blue'], settings } });
  const [admin, ci] = started.emulator.credentials;
  if (admin === undefined || ci === undefined) throw new Error('two accounts have two pairs');
  return { started, clock, admin, ci, pass: (ms) => (passedMs += ms) };
}

async function idOf(world: World, name: string): Promise<string> {
  const { json } = await askAs(world, world.admin, `GET /api/authn/v2/users?user_name=${name}`);
  return (json as { _embedded?: { users: { user_id: string }[] } })._embedded?.users[0]?.user_id ?? 'none';
}

function pairOf({ json }: Answer): Pair {
  return { apiId: json.api_id ?? '', apiKey: json.api_secret ?? '' };
}

describe('POST api_credentials', () => {
  it.each([
    ['24h', 200, 200],
    ['at-once', 401, 401],
  ] as const)('makes a pair for a year; %s: the old one is answered %i', async (oldCredentials, oldStatus, halfDayStatus) => {
    const world = start({ oldCredentials });
    const made = await askAs(world, world.ci, `POST ${root}`, {});
    const pair = pairOf(made);
    expect(made).toMatchObject({ status: 200, json: { api_id: expect.stringMatching(/^vera01ei-[0-9a-f]{32}$/), api_secret: expect.stringMatching(/^vera01es-[0-9a-f]{128}$/) } });
    // The secret is shown this once.
    const shown = await askAs(world, pair, `GET ${root}`);
    expect(shown).toMatchObject({ status: 200, json: { api_id: pair.apiId } });
    expect(shown.json).not.toHaveProperty('api_secret');
    expect((await askAs(world, world.ci, `GET ${root}`)).status).toBe(oldStatus);
    world.pass(dayMs / 2);
    expect((await askAs(world, world.ci, `GET ${root}`)).status).toBe(halfDayStatus);
    world.pass(dayMs / 2);
    expect((await askAs(world, world.ci, `GET ${root}`)).status).toBe(401);
    expect((await askAs(world, pair, `GET ${root}`)).status).toBe(200);
    world.pass(365 * dayMs);
    expect((await askAs(world, pair, `GET ${root}`)).status).toBe(401);
  });

  it('tells an old pair of the newer one, and gives an older one no second day', async () => {
    const world = start();
    const first = pairOf(await askAs(world, world.ci, `POST ${root}`, {}));
    expect((await askAs(world, world.ci, `GET ${root}`)).json).toMatchObject({ api_id: first.apiId });
    world.pass(dayMs / 2);
    const second = pairOf(await askAs(world, first, `POST ${root}`, {}));
    world.pass(dayMs / 2);
    const statuses = [];
    for (const pair of [world.ci, first, second]) statuses.push((await askAs(world, pair, `GET ${root}`)).status);
    expect(statuses).toEqual([401, 200, 200]);
    const { credentials } = world.started.emulator.snapshot();
    expect(credentials.filter(({ userName }) => userName === 'ci').map(({ apiId, endsAtMs }) => [apiId, endsAtMs !== null])).toEqual([
      [world.ci.apiId, true],
      [first.apiId, true],
      [second.apiId, false],
    ]);
    expect(JSON.stringify(world.started.emulator.snapshot())).not.toContain(second.apiKey.slice(9));
  });

  it.each<[string, unknown]>([
    ['a body that says something', { expires: 'never' }],
    ['a body that is none', undefined],
  ])('refuses %s, and makes nothing', async (_name, body) => {
    const world = start();
    const before = world.started.emulator.snapshot();
    expect((await askAs(world, world.ci, `POST ${root}`, body)).status).toBe(400);
    expect(world.started.emulator.snapshot()).toEqual(before);
  });
});

describe('the pairs of others', () => {
  it('are made, read and revoked by an administrator', async () => {
    const world = start();
    const user = await idOf(world, 'ci');
    const made = pairOf(await askAs(world, world.admin, `POST ${root}/user_id/${user}`, {}));
    expect((await askAs(world, made, `GET ${root}`)).status).toBe(200);
    expect((await askAs(world, world.admin, `GET ${root}/user_id/${user}`)).json).toEqual(expect.objectContaining({ api_id: made.apiId }));
    expect(await askAs(world, world.admin, `DELETE ${root}/${made.apiId}`)).toEqual({ status: 204, json: {} });
    expect((await askAs(world, world.admin, `DELETE ${root}/${made.apiId}`)).status).toBe(204);
    expect((await askAs(world, made, `GET ${root}`)).status).toBe(401);
    expect((await askAs(world, world.admin, `GET ${root}/${made.apiId}`)).json).toMatchObject({ revocation_user: 'admin', revocation_ts: expect.stringMatching(/\+0000$/) });
    expect((await askAs(world, world.admin, `DELETE ${root}/user_id/${user}`)).status).toBe(204);
  });

  it('are nothing to anybody else, who may look after the own one', async () => {
    const world = start();
    const [ci, admin] = [await idOf(world, 'ci'), await idOf(world, 'admin')];
    for (const call of [`GET ${root}/user_id/${admin}`, `POST ${root}/user_id/${admin}`, `GET ${root}/${world.admin.apiId}`, `DELETE ${root}/${world.admin.apiId}`, `GET ${root}/none`]) {
      expect([call, (await askAs(world, world.ci, call, call.startsWith('POST') ? {} : undefined)).status]).toEqual([call, 403]);
    }
    expect((await askAs(world, world.admin, `GET ${root}/none`)).status).toBe(404);
    expect((await askAs(world, world.admin, `POST ${root}/user_id/none`, {})).status).toBe(404);
    expect((await askAs(world, world.ci, `GET ${root}/user_id/${ci}`)).status).toBe(200);
    expect((await askAs(world, world.ci, `DELETE ${root}`)).status).toBe(204);
    expect((await askAs(world, world.ci, `GET ${root}`)).status).toBe(401);
  });

  it('outlive a restart, the ended ones as well', async () => {
    const world = start({ oldCredentials: 'at-once' });
    await askAs(world, world.ci, `POST ${root}`, {});
    const { emulator } = world.started;
    const again = startInProcess({ clock: world.clock, scenario: { accounts: [{ userName: 'admin', roles: ['adminapi'] }, { userName: 'ci' }] }, saved: emulator.save() });
    expect(again.emulator.snapshot().credentials).toEqual(emulator.snapshot().credentials);
    expect(again.emulator.credentials).toEqual(emulator.credentialsNow());
  });
});

describe('POST users', () => {
  const wanted = {
    user_name: 'ci-two',
    first_name: 'API',
    last_name: 'ci-two',
    email_address: 'appsec@example.com',
    roles: [{ role_name: 'uploadapi' }],
    teams: [] as object[],
    permissions: [{ permission_name: 'apiUser' }],
  };

  it('makes an API service account, which gets its pair from an administrator', async () => {
    const world = start();
    const { json: teams } = await askAs(world, world.admin, 'GET /api/authn/v2/teams');
    const { team_id: team } = (teams as { _embedded: { teams: { team_id: string }[] } })._embedded.teams[0] ?? { team_id: '' };
    const made = await askAs(world, world.admin, 'POST /api/authn/v2/users', { ...wanted, teams: [{ team_id: team, relationship: 'MEMBER' }] });
    expect(made).toMatchObject({ status: 200, json: { user_name: 'ci-two', user_type: 'API', email_address: 'appsec@example.com', roles: [{ role_name: 'uploadapi' }], teams: [{ team_name: 'Blue' }] } });
    expect(made.json).not.toHaveProperty('api_credentials');
    const user = await idOf(world, 'ci-two');
    expect((await askAs(world, world.admin, `GET ${root}/user_id/${user}`)).status).toBe(404);
    const pair = pairOf(await askAs(world, world.admin, `POST ${root}/user_id/${user}`, {}));
    expect((await askAs(world, pair, 'GET /api/authn/v2/users/self')).json).toMatchObject({ user_name: 'ci-two', api_credentials: { api_id: pair.apiId } });
    expect(world.started.emulator.snapshot().state.users).toMatchObject([{ userName: 'ci-two', createdBy: 'admin', kind: 'api-service-account' }]);
    world.started.emulator.reset();
    expect((await askAs(world, pair, `GET ${root}`)).status).toBe(401);
  });

  it('shows the first pair where it is asked for', async () => {
    const world = start();
    const { json } = await askAs(world, world.admin, 'POST /api/authn/v2/users?generate_api_creds=true', wanted);
    const pair = pairOf({ status: 200, json: (json as { api_credentials: Answer['json'] }).api_credentials });
    expect((await askAs(world, pair, `GET ${root}`)).status).toBe(200);
  });

  it.each<[string, object]>([
    ['a name that is taken', { user_name: 'CI' }],
    ['no mail address', { email_address: 'nobody' }],
    ['a role that nobody has', { roles: [{ role_name: 'king' }] }],
    ['the role of a person', { roles: [{ role_name: 'extadmin' }] }],
    ['a team that is none', { teams: [{ team_id: 'x' }] }],
  ])('refuses %s, and makes nobody', async (_name, change) => {
    const world = start();
    expect((await askAs(world, world.admin, 'POST /api/authn/v2/users', { ...wanted, ...change })).status).toBe(400);
    expect(world.started.emulator.snapshot().state.users).toEqual([]);
  });

  it('is for administrators', async () => {
    const world = start();
    expect((await askAs(world, world.ci, 'POST /api/authn/v2/users', wanted)).status).toBe(403);
  });
});
