import {
  createVeracodeClient,
  hostsOfPlatformUrl,
  hostsOfRegion,
  ValidationError,
  type FoundCredentials,
  type PlatformHosts,
  type ValidationIssue,
  type VeracodeClient,
} from '@verapipe/core';

import { chooseCredentials, type CredentialChoice } from '../credentials/choose-credentials.js';
import type { RunContext } from './run-context.js';

/** The way to the platform, as far as it could be made; no connection is open yet. */
export interface Connection {
  readonly choice: CredentialChoice;
  /** Null without credentials, or when something about the network options is wrong. */
  readonly client: VeracodeClient | null;
  /** The best guess where there is no client, so that everything else can be checked. */
  readonly hosts: PlatformHosts;
  readonly issues: readonly ValidationIssue[];
}

/** Finds credentials and platform, and makes the client. What is wrong with the input is a value, not a throw. */
export async function connect(run: RunContext): Promise<Connection> {
  const { env, homeDir, platform } = run.input;
  const choice = await chooseCredentials({ env, profile: run.options.profile, homeDir, platform });
  const issues = [...secretInArguments(run)];
  if (!('found' in choice)) return { choice, client: null, ...guessHosts(run, issues) };
  const { found } = choice;
  run.meet({ secret: found.credentials.apiKey, url: '', region: found.credentials.region });
  try {
    const client = createClient(run, found);
    const region = run.options.region ?? found.credentials.region;
    run.meet({ secret: found.credentials.apiKey, url: client.hosts.xmlBaseUrl, region });
    return { choice, client, hosts: client.hosts, issues };
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return { choice, client: null, hosts: hostsOfRegion(run.options.region ?? found.credentials.region), issues: [...issues, ...error.issues] };
  }
}

function createClient(run: RunContext, { credentials }: FoundCredentials): VeracodeClient {
  const { clock, random, logger, input } = run;
  const { platformUrl, region, proxy, caFile, rateShare } = run.options;
  return createVeracodeClient({
    credentials,
    clock,
    random,
    logger,
    env: input.env,
    rateShare,
    ...(platformUrl === null ? {} : { platformUrl }),
    ...(region === null ? {} : { region }),
    ...(proxy === null ? {} : { proxy }),
    ...(caFile === null ? {} : { caFile }),
    ...(input.userAgentSuffix === undefined ? {} : { userAgentSuffix: input.userAgentSuffix }),
    ...(input.httpClient === undefined ? {} : { httpClient: input.httpClient }),
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

/** Argument lists can be read by everybody on the machine. */
function secretInArguments({ options, input }: RunContext): readonly ValidationIssue[] {
  if (options.proxy === null || input.options.sources.proxy !== 'setting') return [];
  const full = options.proxy.includes('://') ? options.proxy : `http://${options.proxy}`;
  if (!URL.canParse(full) || new URL(full).password === '') return [];
  const wanted = 'the proxy with its password in VERAPIPE_PROXY or HTTPS_PROXY, because argument lists are public';
  return [{ path: 'proxy', got: 'a URL with a password', wanted }];
}
