import type { Setting } from '@verapipe/ci-kit';
import type { FaultInput, ScenarioInput } from '@verapipe/emulator';

import type { Dice } from '../world/dice.js';
import type { Disturbance, PersonalAct, PipelinePlan, Plan } from './plan.js';

const MINUTE_MS = 60_000;

/** The module that some jobs leave out. */
export const EXCLUDED_MODULE = 'web';

const OPERATIONS = [
  'GET /appsec/v1/applications',
  'createapp.do',
  'getsandboxlist.do',
  'createsandbox.do',
  'getbuildlist.do',
  'createbuild.do',
  'uploadlargefile.do',
  'getfilelist.do',
  'removefile.do',
  'beginprescan.do',
  'getprescanresults.do',
  'beginscan.do',
  'getbuildinfo.do',
  'deletebuild.do',
  'detailedreport.do',
  'GET /api/authn/v2/api_credentials',
] as const;

/** Calls that change the platform: losing their answers is what hurts. */
const CHANGING = ['createapp.do', 'createsandbox.do', 'createbuild.do', 'uploadlargefile.do', 'beginprescan.do', 'beginscan.do', 'deletebuild.do', 'removefile.do'] as const;

/** The platform acts, and nobody is told. */
const LOSSES = ['reset-after', 'cut-body', 'stall', 'empty-200', 'wrong-root', 'bad-xml'] as const;

const KINDS = [
  'status:500',
  'status:502',
  'status:503',
  'status:503:20',
  'status:429:30',
  'html-200',
  'reset-before',
  'reset-after',
  'cut-body',
  'delay:20',
  'stall',
  'empty-200',
  'wrong-root',
  'bad-xml',
  'stale-read:1',
  'stale-read:2',
  'expired-credentials',
  'clock-skew:3600',
  'deleted-build',
  'cancelled-in-ui',
  'duplicate-name',
] as const;

/** What the platform does by itself, where a scan comes by. */
const TURNS_OF_FATE = ['stuck-prescan', 'scan-failed', 'policy-calculating:1800'] as const;
const WHERE_FATE_TURNS = ['beginprescan.do', 'beginscan.do', 'getbuildinfo.do'] as const;

/** Reads that an effect may hide from. */
const MAX_STALE_READS = 12;

/**
 * Where reads are believed in the end, because nothing else remains to go by: a profile after one minute of looks at it;
 * a sandbox after two, before the repeat and after it, like a build that the platform started for a file; a prescan or scan after a minute of looks and the polls at which
 * it may still show as not begun.
 */
const READS_UNTIL_BELIEVED: ReadonlyMap<string, number> = new Map([
  ['createapp.do', 6],
  ['createsandbox.do', 11],
  ['uploadlargefile.do', 11],
  ['beginprescan.do', 11],
  ['beginscan.do', 9],
]);

/** Throws the dice for a whole world. */
export function planOf(seed: number, dice: Dice): Plan {
  const hasProfile = dice.chance(60);
  return {
    seed,
    scenario: scenarioOf(dice.apart('scenario'), hasProfile),
    faults: faultsOf(dice.apart('faults')),
    ours: pipelineOf('ours', dice.apart('ours'), 0),
    rival: dice.chance(30) ? pipelineOf('rival', dice.apart('rival'), dice.between(0, 90 * MINUTE_MS)) : null,
    person: dice.chance(25) ? personOf(dice.apart('person')) : [],
  };
}

function scenarioOf(dice: Dice, hasProfile: boolean): ScenarioInput {
  const outcome = dice.between(1, 20);
  const evaluation = dice.pick(['Pass', 'Pass', 'Conditional Pass', 'Did Not Pass', 'Not Assessed']);
  const release = { name: 'release', startedMinutesAgo: 3000 };
  const left = { name: 'left by somebody', status: dice.pick(['Incomplete', 'Pre-Scan Failed', 'Scan In Process']), endsInMinutes: dice.between(5, 200) } as const;
  const builds = [...(dice.chance(50) ? [release] : []), ...(dice.chance(35) ? [left] : [])];
  return {
    accounts: [{ userName: 'ours' }, { userName: 'rival' }],
    settings: { xmlStyle: dice.pick(['references', 'plain']), fileIds: dice.pick(['small', '64-bit', 'negative']) },
    applications: hasProfile ? [{ name: 'Shop', builds, sandboxes: dice.chance(50) ? [{ name: 'feature' }] : [] }] : [],
    scans: [
      {
        lagSeconds: dice.pick([0, 0, 1, 30]),
        prescanSeconds: dice.between(0, 900),
        queueSeconds: dice.between(0, 300),
        scanSeconds: dice.between(0, 7200),
        reviewSeconds: dice.chance(10) ? dice.between(60, 3600) : 0,
        calculatingSeconds: dice.chance(30) ? dice.between(1, 1800) : 0,
        prescanOutcome: outcome === 1 ? 'failed' : outcome === 2 ? 'no-modules' : 'success',
        scanOutcome: outcome === 3 ? 'errors' : outcome === 4 ? 'cancelled' : 'results-ready',
        modules: dice.chance(50) ? [] : [{ name: 'app' }, { name: 'lib', dependency: true }, { name: 'broken', fatal: true }, { name: 'web' }],
        findings: dice.chance(50) ? [] : 'typical',
        components: [],
        policy: { evaluation },
      },
    ],
  };
}

function faultsOf(dice: Dice): readonly FaultInput[] {
  const count = dice.pick([0, 1, 2, 3, 5, 8]);
  const common = Array.from({ length: count }, () => ({
    operation: dice.chance(50) ? dice.pick(CHANGING) : dice.pick(OPERATIONS),
    kind: dice.chance(40) ? dice.pick(LOSSES) : dice.pick(KINDS),
    nth: dice.pick([1, 1, 1, 2, 3, 4]),
    count: dice.pick([1, 1, 1, 2, 3]),
  }));
  return [...common, ...rareFaultsOf(dice.apart('rare')), ...lateLossOf(dice.apart('late loss'))];
}

/** The answer to a change is lost, and the reads that could tell what became of it lag: what believing reads costs. */
function lateLossOf(dice: Dice): readonly FaultInput[] {
  if (!dice.chance(40)) return [];
  const place = { operation: dice.pick(CHANGING), nth: dice.pick([1, 1, 1, 2, 3]) };
  const reads = dice.between(1, READS_UNTIL_BELIEVED.get(place.operation) ?? MAX_STALE_READS);
  return [{ ...place, kind: dice.pick(LOSSES) }, { ...place, kind: `stale-read:${reads}` }];
}

function rareFaultsOf(dice: Dice): readonly FaultInput[] {
  const fate = { operation: dice.pick(WHERE_FATE_TURNS), kind: dice.pick(TURNS_OF_FATE), nth: dice.between(1, 3) };
  const json = { operation: 'GET /api/authn/v2/api_credentials', kind: dice.pick(['bad-json', 'html-200', 'status:401']), nth: dice.between(1, 3) };
  return [...(dice.chance(6) ? [fate] : []), ...(dice.chance(6) ? [json] : [])];
}

function pipelineOf(name: PipelinePlan['name'], dice: Dice, startMs: number): PipelinePlan {
  const count = dice.between(1, 3);
  return {
    name,
    startMs,
    settings: settingsOf(dice),
    files: Array.from({ length: count }, (_, index) => ({ name: `${name}-${index}.jar`, content: `${name} ${index} ${dice.fraction()}` })),
    attempts: Array.from({ length: 4 }, (_, index) => ({
      disturbance: dice.chance(45) ? disturbanceOf(dice) : null,
      goesOn: dice.pick(['same-command', 'resume', 'clean-workspace', 'wait']),
      isRebuilt: dice.apart(`rebuilt ${index}`).chance(8),
    })),
  };
}

function settingsOf(dice: Dice): readonly Setting[] {
  const settings: Setting[] = [{ name: 'create-profile', value: null }];
  const add = (percent: number, name: string, value: string | null = null): void => {
    if (dice.chance(percent)) settings.push({ name, value });
  };
  if (dice.chance(40)) {
    settings.push({ name: 'sandbox', value: 'feature' }, { name: 'create-sandbox', value: null });
  }
  add(40, 'delete-incomplete', dice.pick(['own-failed', 'not-running', 'any']));
  add(40, 'wait-turn');
  add(15, 'no-wait');
  add(10, 'keep');
  add(20, 'on-cancel', 'delete');
  add(20, 'fail-on-severity', 'high');
  settings.push({ name: 'timeout', value: String(dice.pick([30, 90, 360])) });
  return [...settings, ...modulePatternsOf(dice.apart('modules'))];
}

/** Patterns that leave something to scan in every world: names of its own modules, or of the uploaded files. */
function modulePatternsOf(dice: Dice): readonly Setting[] {
  const include = dice.chance(25) ? [{ name: 'include-modules', value: dice.pick(['*', '*a*']) }] : [];
  const exclude = dice.chance(15) ? [{ name: 'exclude-modules', value: EXCLUDED_MODULE }] : [];
  return [...include, ...exclude];
}

function disturbanceOf(dice: Dice): Disturbance {
  switch (dice.pick(['kill-at', 'kill-at-request', 'kill-at-request', 'cancel', 'clock-jump'])) {
    case 'kill-at':
      return { kind: 'kill-at', afterMs: dice.between(0, 60 * MINUTE_MS) };
    case 'kill-at-request':
      return { kind: 'kill-at-request', request: dice.between(1, 16), moment: dice.pick(['arrives', 'is-answered']) };
    case 'cancel':
      return { kind: 'cancel', afterMs: dice.chance(50) ? dice.between(0, 6000) : dice.between(0, 60 * MINUTE_MS) };
    case 'clock-jump':
      return { kind: 'clock-jump', afterMs: dice.between(0, 30 * MINUTE_MS), byMs: dice.between(-60, 60) * MINUTE_MS };
  }
}

function personOf(dice: Dice): readonly PersonalAct[] {
  const acts = Array.from({ length: dice.between(1, 2) }, () => ({
    atMs: dice.chance(40) ? dice.between(500, 8000) : dice.between(0, 120 * MINUTE_MS),
    act: dice.pick(['delete-build', 'cancel-build', 'create-build', 'stick-prescan', 'fail-scan', 'delay-policy'] as const),
  }));
  return acts.sort((one, other) => one.atMs - other.atMs);
}
