import type { EmulatedAccount } from '../exchange.js';
import type { RoleName } from '../scenarios/account-schema.js';
import { deleteApplication, updateApplication } from './applications.js';
import { createBuild } from './builds.js';
import { cancelBuildInUi, delayPolicy, deleteBuildInUi, failScan, stickPrescan } from './interventions.js';
import { findContext } from './lookup.js';
import { deleteSandbox } from './sandboxes.js';
import type { BuildRecord } from './state.js';
import type { World } from './world.js';

/** What people and the platform itself do, past the API. Every method throws when there is no such thing. @public */
export interface Interventions {
  /** Somebody starts a scan in the web interface and leaves it there. @returns the id of the build */
  createBuild(place: { readonly applicationId: string; readonly sandboxId?: string; readonly name: string }): string;
  deleteBuild(buildId: string): void;
  /** Cancels a running prescan or scan; nothing happens when none is running. */
  cancelBuild(buildId: string): void;
  renameApplication(applicationId: string, name: string): void;
  deleteApplication(applicationId: string): void;
  deleteSandbox(sandboxId: string): void;
  /** The running prescan never ends. */
  stickPrescan(buildId: string): void;
  /** The running or planned scan ends with errors. */
  failScan(buildId: string): void;
  /** The policy stays at Calculating... for emulated seconds after publication; null: for ever. */
  delayPolicy(buildId: string, seconds: number | null): void;
}

const roles: readonly RoleName[] = ['extadmin', 'extseclead', 'extdeletescans', 'uploadapi', 'sandboxadmin'];

/** A person who may do everything. */
const person: EmulatedAccount = { apiId: '', userName: 'someone-in-the-web-interface', kind: 'person', roles, teams: [] };

/** @param onActed - called after each of them */
export function createInterventions(world: World, onActed: () => void): Interventions {
  const act = <T>(action: () => T): T => {
    const result = action();
    onActed();
    return result;
  };
  return {
    createBuild: ({ applicationId, sandboxId, name }) =>
      act(() => createBuild(world, person, findContext(world, person, { applicationId, sandboxId }), { name, legacyScanEngine: false }).id),
    deleteBuild: (buildId) => act(() => deleteBuildInUi(world, liveBuild(world, buildId))),
    cancelBuild: (buildId) => act(() => cancelBuildInUi(world, liveBuild(world, buildId))),
    renameApplication(applicationId, name) {
      act(() => updateApplication(world, person, applicationId, { fields: { name } }));
    },
    deleteApplication: (applicationId) => act(() => deleteApplication(world, person, applicationId)),
    deleteSandbox(sandboxId) {
      act(() => deleteSandbox(world, person, sandboxId));
    },
    stickPrescan: (buildId) => act(() => stickPrescan(world, liveBuild(world, buildId))),
    failScan: (buildId) => act(() => failScan(world, liveBuild(world, buildId))),
    delayPolicy: (buildId, seconds) => act(() => delayPolicy(liveBuild(world, buildId), seconds)),
  };
}

function liveBuild(world: World, buildId: string): BuildRecord {
  const builds = world.state.applications.flatMap((application) => application.builds);
  const build = builds.find(({ id, deleted }) => id === buildId && deleted === null);
  if (build === undefined) {
    throw new Error(`There is no build ${buildId} on the emulated platform. Its snapshot() lists those that exist.`);
  }
  return build;
}
