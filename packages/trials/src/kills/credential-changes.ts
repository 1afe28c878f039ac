import type { Variant } from '../faults/cells.js';
import type { LocalStep } from './dies-at.js';
import type { KillCell, Moment } from './kill-cell.js';

/** Where a new pair goes. */
export type Place = 'profile' | 'command' | 'descriptor';

/**
 * How far a process has come when it ends. `lost`: the platform has made the pair, and nobody has kept it. `beside`: it
 * is written, not yet in its place. `placed`: it is there, and still beside it. `stored`: a store has it, and nobody has
 * proven it. `done`: what is left is to say so.
 */
export type Phase = 'unmade' | 'lost' | 'beside' | 'placed' | 'stored' | 'done';

/** One end. */
export interface CredentialMoment {
  readonly step: string;
  readonly nth: number;
  readonly moment: Moment;
  readonly phase: Phase;
}

/** A command that makes a pair, what the platform does to the old one, and where the new one goes. */
export interface PairChange extends Variant {
  readonly kind: 'rotate' | 'rotate --user' | 'generate';
  readonly oldCredentials: '24h' | 'at-once';
  readonly place: Place;
  readonly moments: readonly CredentialMoment[];
}

/** While the command of the user has the new pair, and has not said that it is done. */
export const IN_COMMAND = 'the command of --to-command';

const ROOT = '/api/authn/v2';
const OWN = `GET ${ROOT}/api_credentials`;
const THEIRS = `GET ${ROOT}/api_credentials/user_id/{user}`;
const USERS = `GET ${ROOT}/users`;
const SELF = `GET ${ROOT}/users/self`;

type Ends = readonly CredentialMoment[];

/** The ends around a call. */
function around(step: string, nth: number, phase: Phase): Ends {
  return (['before', 'after'] as const).map((moment) => ({ step, nth, moment, phase }));
}

/** Before and after a step on the own machine, of which the second is further. */
function across(step: LocalStep, nth: number, before: Phase, after: Phase = before): Ends {
  return [
    { step, nth, moment: 'before', phase: before },
    { step, nth, moment: 'after', phase: after },
  ];
}

/** What the call that makes the pair leaves; a late one is acted on when nobody waits for it. */
function making(step: string): Ends {
  return [
    { step, nth: 1, moment: 'before', phase: 'unmade' },
    { step, nth: 1, moment: 'after', phase: 'lost' },
    { step, nth: 1, moment: 'late', phase: 'lost' },
  ];
}

/** Every step on the own machine, before the call, between the call and the proof, and after the proof; in order. */
const LOCAL: Readonly<Record<Place, Readonly<Record<'proven' | 'written' | 'placed', Ends>>>> = {
  profile: {
    proven: [
      ...across('open', 2, 'unmade'),
      ...across('handle.writeFile', 1, 'unmade'),
      ...across('handle.sync', 1, 'unmade'),
      ...across('open', 3, 'unmade'),
      ...across('handle.sync', 2, 'unmade'),
    ],
    written: [...across('handle.write', 1, 'lost', 'beside'), ...across('handle.truncate', 1, 'beside'), ...across('handle.sync', 3, 'beside')],
    placed: [
      ...across('open', 4, 'beside'),
      ...across('handle.writeFile', 2, 'beside'),
      ...across('handle.sync', 4, 'beside'),
      ...across('rename', 1, 'beside', 'placed'),
      ...across('open', 5, 'placed'),
      ...across('handle.sync', 5, 'placed'),
    ],
  },
  command: {
    // Its first line is read: a script may want an interpreter that is not there.
    proven: across('open', 2, 'unmade'),
    // A command that is started and fed nothing keeps nothing.
    written: [...across('spawn', 1, 'lost'), { step: IN_COMMAND, nth: 1, moment: 'amid', phase: 'stored' }],
    placed: [],
  },
  descriptor: {
    proven: [...across('fd.write', 1, 'unmade')],
    written: [...across('fd.write', 2, 'lost', 'stored'), ...across('fd.fsync', 1, 'stored'), ...across('fd.close', 1, 'stored')],
    placed: [],
  },
};

/** The pair that signs is read. */
const READING: Ends = across('open', 1, 'unmade');

/** The last removal of the room beside the profile; earlier ones take away what holds no pair. */
const LAST_REMOVAL: Ends = across('rm', 4, 'placed', 'done');

/** Of commands for another account, whose steps on the own machine are the same ones: where something changes. */
const TURNS: readonly string[] = ['handle.write 1', 'rename 1', 'spawn 1', 'the command of --to-command 1', 'fd.write 2'];

function ownMoments(place: Place): Ends {
  const { proven, written, placed } = LOCAL[place];
  const isProfile = place === 'profile';
  return [
    ...READING,
    ...around(OWN, 1, 'unmade'),
    ...proven,
    ...making(`POST ${ROOT}/api_credentials`),
    ...written,
    ...around(OWN, 2, isProfile ? 'beside' : 'stored'),
    ...placed,
    ...(isProfile ? LAST_REMOVAL : []),
    ...around(OWN, 3, isProfile ? 'done' : 'stored'),
  ];
}

/** Beside these the end of the administrator's own pair is looked up, so that the second look at a pair is the proof. */
function otherMoments(place: Place): Ends {
  const { written, placed } = LOCAL[place];
  const isTurn = ({ step, nth }: CredentialMoment): boolean => TURNS.includes(`${step} ${String(nth)}`);
  return [
    ...around(USERS, 1, 'unmade'),
    ...around(SELF, 1, 'unmade'),
    ...around(THEIRS, 1, 'unmade'),
    ...making(`POST ${ROOT}/api_credentials/user_id/{user}`),
    ...written.filter(isTurn),
    ...around(OWN, 2, place === 'profile' ? 'beside' : 'stored'),
    ...placed.filter(isTurn),
  ];
}

/** The account for which an administrator makes pairs. */
export const OTHER = 'ci';

/** Every command that makes a pair and is killed. */
export const PAIR_CHANGES: readonly PairChange[] = (['rotate', 'rotate --user', 'generate'] as const).flatMap((kind) =>
  (['24h', 'at-once'] as const).flatMap((oldCredentials) =>
    (['profile', 'command', 'descriptor'] as const).map((place) => ({
      name: `credentials ${kind} to a ${place}, the old pair ends ${oldCredentials}`,
      // The pair of the other account has ended where it is to get its first good one.
      scenario: { settings: { oldCredentials }, accounts: [{ userName: 'admin', roles: ['adminapi' as const] }, { userName: OTHER, ...(kind === 'generate' ? { credentialsExpireInDays: -1 } : {}) }] },
      settings: [],
      operations: [],
      kind,
      oldCredentials,
      place,
      moments: kind === 'rotate' ? ownMoments(place) : otherMoments(place),
    })),
  ),
);

/** The command of that name; undefined for anything else. */
export function pairChangeOf({ variant }: { readonly variant: string }): PairChange | undefined {
  return PAIR_CHANGES.find(({ name }) => name === variant);
}

/** Every end of every command that makes a pair. */
export function pairCells(): readonly KillCell[] {
  return PAIR_CHANGES.flatMap(({ name: variant, moments }) => moments.map(({ step, nth, moment }) => ({ variant, step, nth, moment, signal: 'SIGKILL' as const, goingOn: 'same command' as const })));
}
