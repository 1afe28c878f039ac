import { type CredentialsView, viewOfCredentials } from './auth/credentials-view.js';
import { createKeyring, issueCredentials, type IssuedCredentials } from './auth/keyring.js';
import { createSignatureVerifier } from './auth/verify-signature.js';
import { withControlInterface } from './control/control-interface.js';
import { controlRoutes } from './control/control-routes.js';
import type { HandleRequest } from './exchange.js';
import type { FaultControl } from './faults/fault-control.js';
import { createFaultPlan } from './faults/fault-plan.js';
import { readFaults } from './faults/read-faults.js';
import { createJournal, type JournalEntry } from './journal/journal.js';
import type { PlatformClock } from './platform-clock.js';
import { createPlatform } from './platform/create-platform.js';
import { createInterventions, type Interventions } from './platform/person-in-ui.js';
import type { PlatformSnapshot } from './platform/snapshot.js';
import type { PlatformState } from './platform/state.js';
import { systemRandom, type RandomSource } from './random-source.js';
import { createRouter } from './router/create-router.js';
import { createRoutes } from './routes/routes.js';
import { createScenario, type ScenarioInput } from './scenarios/scenario.js';

/** What an emulator is made of. @public */
export interface EmulatorOptions {
  readonly clock: PlatformClock;
  /** What a scenario file would say; default: an empty account. */
  readonly scenario?: ScenarioInput;
  /** Where ids and keys come from; default: the operating system. */
  readonly random?: RandomSource;
  /** What an earlier emulator left behind. */
  readonly saved?: SavedEmulator;
  /** Called after everything that may have changed what `save()` returns. */
  readonly onChange?: () => void;
}

/** What outlives an emulator; holds secret keys. @public */
export interface SavedEmulator {
  readonly credentials: readonly IssuedCredentials[];
  readonly state: PlatformState;
}

/** The emulated world, and the pairs of credentials in it; no secrets. @public */
export interface EmulatorSnapshot extends PlatformSnapshot {
  /** Every pair there ever was, the older ones of an account first. */
  readonly credentials: readonly CredentialsView[];
}

/** An emulated platform without sockets. @public */
export interface Emulator {
  /** Credentials of the first account. */
  readonly apiId: string;
  readonly apiKey: string;
  /** The pair of every account at the start. */
  readonly credentials: readonly IssuedCredentials[];
  /** The newest pair of every account at this moment; holds secret keys. */
  credentialsNow(): readonly IssuedCredentials[];
  readonly clock: PlatformClock;
  /** Handles a request completely: signature, faults, platform, journal. Never rejects. */
  readonly handle: HandleRequest;
  readonly faults: FaultControl;
  readonly interventions: Interventions;
  /** The truth about the emulated world at this moment. */
  snapshot(): EmulatorSnapshot;
  /** Every request so far, in the order of arrival. */
  journal(): readonly JournalEntry[];
  /** Moves emulated time forward. */
  advance(ms: number): void;
  /** Back to what the scenario says, with an empty journal. Credentials stay. */
  reset(): void;
  save(): SavedEmulator;
}

/**
 * Makes an emulated platform in this process. With a clock and a random source of one's own, everything it does is repeatable.
 *
 * @throws ScenarioError when the scenario cannot be used
 * @throws FaultError when the scenario has a fault at an operation that does not exist
 * @public
 */
export function createEmulator(options: EmulatorOptions): Emulator {
  const { clock, random = systemRandom, saved, onChange = () => undefined } = options;
  const scenario = createScenario(options.scenario ?? {});
  const { accounts, settings } = scenario;
  const platform = createPlatform({ clock, scenario });
  const keyring = createKeyring({
    accounts: () => [...accounts, ...platform.world.state.users],
    credentials: issueCredentials({ accounts, random, wallMs: clock.wallMs(), earlier: saved?.credentials ?? [] }),
    random,
    oldCredentials: settings.oldCredentials,
  });
  if (saved !== undefined) {
    platform.restore(saved);
  }
  const credentials = keyring.newest();
  const routes = createRoutes({ platform, credentials: keyring });
  const operations = routes.map(({ operation }) => operation);
  const plan = createFaultPlan();
  plan.add(readFaults(scenario.faults, operations, 'faults'));
  const journal = createJournal((text) => keyring.redact(text));
  const verifier = createSignatureVerifier({
    keyring,
    toleranceMs: settings.clockSkewToleranceSeconds * 1000,
    refuseReplays: settings.refuseReplayedNonces,
  });
  const first = credentials[0] ?? { apiId: '', apiKey: '' };
  const emulator: Emulator = {
    apiId: first.apiId,
    apiKey: first.apiKey,
    credentials,
    credentialsNow: () => keyring.newest(),
    clock,
    handle: createRouter({ routes, verifier, faults: plan, journal, clock, onActed: onChange }),
    faults: {
      set: (...faults) => plan.add(readFaults(faults, operations)),
      list: () => plan.list(),
      clear: () => plan.clear(),
    },
    interventions: createInterventions(platform.world, onChange),
    snapshot: () => ({ ...platform.snapshot(), credentials: keyring.all().map(viewOfCredentials) }),
    journal: () => [...journal.entries],
    advance(ms) {
      clock.advance(ms);
      onChange();
    },
    reset() {
      platform.reset();
      journal.clear();
      verifier.forget();
      plan.clear();
      plan.add(scenario.faults);
      onChange();
    },
    save: () => ({ credentials: keyring.all(), state: structuredClone(platform.world.state) }),
  };
  return { ...emulator, handle: withControlInterface(emulator.handle, { routes: controlRoutes(emulator), journal, clock }) };
}
