import {
  createDeadline,
  createOpenClient,
  getOwnCredentials,
  getOwnUser,
  listSandboxProfiles,
  locateApplication,
  probeHost,
  type ApplicationProfile,
  type CallingRun,
  type FoundCredentials,
  type HostAnswer,
  type NameMatch,
  type OwnCredentials,
  type RolePurpose,
  type SandboxProfile,
  type User,
} from '@verapipe/core';

import { readArtifacts, type ReadArtifacts } from '../artifacts/read-artifacts.js';
import type { Connection } from '../run/connect.js';
import { networkOptions } from '../run/network-options.js';
import type { RunContext } from '../run/run-context.js';
import type { ScanNames } from '../scan-name.js';

/** What checks look at. Each fact is read once, when the first check asks for it. */
export interface PreflightContext {
  readonly run: RunContext;
  readonly connection: Connection;
  /** What is to run later. */
  readonly purpose: RolePurpose;
  /** By which a scan of this job knows its own. */
  readonly names: ScanNames;
  /** Bases of the platform's hosts, each origin once. */
  readonly bases: readonly string[];
  /** Free bytes on the disk of a folder that exists. */
  readonly freeBytes: (folder: string) => Promise<number>;
  /** For calls that are signed. @throws Error when there are no credentials: such checks need `credentials` */
  readonly calling: () => CallingRun;
  readonly foundCredentials: () => FoundCredentials;
  readonly probe: (base: string) => Promise<HostAnswer>;
  readonly ownCredentials: () => Promise<OwnCredentials>;
  readonly ownUser: () => Promise<User>;
  /** The files that `--file` names. */
  readonly artifacts: () => Promise<ReadArtifacts>;
  readonly application: () => Promise<NameMatch<ApplicationProfile>>;
  /** Of the application. */
  readonly sandboxes: () => Promise<readonly SandboxProfile[]>;
  /** Ends idle connections. */
  close(): Promise<void>;
}

/** Everything is looked at within this time, or is said not to be. */
const TIMEOUT_MS = 10 * 60_000;

/** What a context is made from. */
export interface PreflightParts {
  readonly run: RunContext;
  readonly connection: Connection;
  readonly names: ScanNames;
  readonly freeBytes: (folder: string) => Promise<number>;
}

export function createPreflightContext({ run, connection, names, freeBytes }: PreflightParts): PreflightContext {
  const { choice, client, hosts } = connection;
  const { signal } = run.input;
  const deadline = createDeadline(run.clock, TIMEOUT_MS);
  const call = { deadline, ...(signal === undefined ? {} : { signal }) };
  const open = createOpenClient(networkOptions(run));
  const bases = [...new Map([hosts.restBaseUrl, hosts.xmlBaseUrl].map((base) => [new URL(base).origin, base])).values()];
  const probes = new Map(bases.map((base) => [base, once(() => probeHost(open, base, call))]));

  const calling = (): CallingRun => {
    if (client === null) throw new Error('A check that signs needs the check of the credentials.');
    return { client, deadline, call };
  };
  const application = once(() => locateApplication(calling().client, run.options.app ?? '', call));
  return {
    run,
    connection,
    // The table gives a preflight its default; other commands do without.
    purpose: run.options.for ?? 'scan',
    names,
    bases,
    freeBytes,
    calling,
    foundCredentials() {
      if (!('found' in choice)) throw new Error('A check that signs needs the check of the credentials.');
      return choice.found;
    },
    probe: (base) => probes.get(base)?.() ?? probeHost(open, base, call),
    ownCredentials: once(() => getOwnCredentials(calling().client, call)),
    ownUser: once(() => getOwnUser(calling().client, call)),
    artifacts: once(() => {
      const { file: files, exclude, saveAs } = run.options;
      return readArtifacts({ cwd: run.input.cwd, files, exclude, saveAs });
    }),
    application,
    sandboxes: once(async () => {
      const { found } = await application();
      const sandboxes: SandboxProfile[] = [];
      for await (const sandbox of listSandboxProfiles(calling().client, { applicationGuid: found.guid }, call)) sandboxes.push(sandbox);
      return sandboxes;
    }),
    close: () => open.close(),
  };
}

/** The same promise for everybody who asks, a failed one as well. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => (reading ??= read());
}
