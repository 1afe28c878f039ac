import {
  createVeracodeClient,
  hostsOfPlatformUrl,
  hostsOfRegion,
  isLoopbackHost,
  statusPageOf,
  ValidationError,
  type FoundCredentials,
  type PlatformHosts,
  type ValidationIssue,
  type VeracodeClient,
} from '@verapipe/core';

import { chooseCredentials, type CredentialChoice } from '../credentials/choose-credentials.js';
import { networkOptions } from './network-options.js';
import type { RunContext } from './run-context.js';

/** The way to the platform, as far as it could be made; no connection is open yet. */
export interface Connection {
  readonly choice: CredentialChoice;
  /** Null without credentials, or when something about the network options is wrong. */
  readonly client: VeracodeClient | null;
  /** The best guess where there is no client, so that everything else can be checked. */
  readonly hosts: PlatformHosts;
  /** The public status page of this platform; null for an emulator or a gateway without one. */
  readonly statusPage: string | null;
  readonly issues: readonly ValidationIssue[];
}

/** Finds credentials and platform, and makes the client. What is wrong with the input is a value, not a throw. */
export async function connect(run: RunContext): Promise<Connection> {
  const { env, homeDir, platform } = run.input;
  const choice = await chooseCredentials({ env, profile: run.options.profile, homeDir, platform });
  const given = chosenStatusPage(run);
  const issues = [...secretInArguments(run), ...given.issues];
  const withPage = (connection: Omit<Connection, 'statusPage'>): Connection => ({ ...connection, statusPage: given.url ?? statusPageOf(connection.hosts) });
  if (!('found' in choice)) return withPage({ choice, client: null, ...guessHosts(run, issues) });
  const { found } = choice;
  run.meet({ secret: found.credentials.apiKey, url: '', region: found.credentials.region });
  try {
    const client = createClient(run, found);
    const region = run.options.region ?? found.credentials.region;
    run.meet({ secret: found.credentials.apiKey, url: client.hosts.xmlBaseUrl, region });
    return withPage({ choice, client, hosts: client.hosts, issues });
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return withPage({ choice, client: null, hosts: hostsOfRegion(run.options.region ?? found.credentials.region), issues: [...issues, ...error.issues] });
  }
}

/** Makes a client for another pair, on the same way to the platform. Closing it leaves a network that was handed to the run as it is. */
export function createSecondClient(run: RunContext, credentials: FoundCredentials['credentials']): VeracodeClient {
  const { httpClient } = run.input;
  if (httpClient === undefined) return createClient(run, { credentials });
  const kept = { send: httpClient.send.bind(httpClient), close: () => Promise.resolve() };
  return createClient({ ...run, input: { ...run.input, httpClient: kept } }, { credentials });
}

function createClient(run: RunContext, { credentials }: Pick<FoundCredentials, 'credentials'>): VeracodeClient {
  const { platformUrl, region } = run.options;
  return createVeracodeClient({
    credentials,
    ...networkOptions(run),
    ...(platformUrl === null ? {} : { platformUrl }),
    ...(region === null ? {} : { region }),
  });
}

/** Without credentials the platform is known from the options, or taken to be the one of most accounts. */
function guessHosts({ options }: RunContext, issues: readonly ValidationIssue[]): Pick<Connection, 'hosts' | 'issues'> {
  const byRegion = hostsOfRegion(options.region ?? 'global');
  if (options.platformUrl === null) return { hosts: byRegion, issues };
  try {
    return { hosts: hostsOfPlatformUrl(options.platformUrl), issues };
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return { hosts: byRegion, issues: [...issues, ...error.issues] };
  }
}

/** A page of the user's choice: plain HTTP would let anybody on the way tell that all is well. */
function chosenStatusPage({ options: { statusUrl } }: RunContext): { readonly url: string | null; readonly issues: readonly ValidationIssue[] } {
  if (statusUrl === null) return { url: null, issues: [] };
  const url = URL.canParse(statusUrl) ? new URL(statusUrl) : null;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackHost(url.hostname));
  if (url === null || !isSafe || url.username !== '' || url.search !== '' || url.hash !== '') {
    return { url: null, issues: [{ path: 'statusUrl', got: url === null ? 'a text that is no absolute URL' : `${url.protocol}//${url.host}`, wanted: 'https://host[:port][/path], plain http: only to this machine' }] };
  }
  return { url: `${url.origin}${url.pathname.replace(/\/+$/u, '')}`, issues: [] };
}

/** Argument lists can be read by everybody on the machine. */
function secretInArguments({ options, input }: RunContext): readonly ValidationIssue[] {
  if (options.proxy === null || input.options.sources.proxy !== 'setting') return [];
  const full = options.proxy.includes('://') ? options.proxy : `http://${options.proxy}`;
  if (!URL.canParse(full) || new URL(full).password === '') return [];
  const wanted = 'the proxy with its password in VERAPIPE_PROXY or HTTPS_PROXY, because argument lists are public';
  return [{ path: 'proxy', got: 'a URL with a password', wanted }];
}
