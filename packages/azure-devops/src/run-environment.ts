import { proxyVariables } from '@verapipe/ci-kit';
import type { Env } from '@verapipe/core';

import type { HandedOver } from './handed-over.js';

/** The environment of a run: that of the task, with what the agent keeps elsewhere. */
export interface RunEnvironment {
  readonly env: Env;
  /** The platform that the service connection names; null: the one of the key's region. */
  readonly platformUrl: string | null;
  /** What the agent trusts beside the usual authorities; Node itself would read it only at its start. */
  readonly caFile: string | null;
  readonly warnings: readonly string[];
}

/** The agent's own settings, as its library tells them. */
export interface AgentNetwork {
  /** With user and password; null where this URL is to be reached directly. */
  readonly proxyFor: (url: string) => string | null;
  /** Authorities that the agent was configured to trust, a PEM file. */
  readonly caFile: string | null;
  readonly skipsCertificates: boolean;
  /** True when the agent shows a certificate of its own (`--sslclientcert`). */
  readonly hasClientCertificate: boolean;
}

/** What a run's environment is put together from, besides that of the task. */
export interface EnvironmentSources {
  readonly handedOver: HandedOver;
  /** Id of the service connection. */
  readonly connection: string | null;
  readonly network: AgentNetwork;
  /** The platform that an input names. */
  readonly platformUrlInput: string | null;
}

const ID = 'VERACODE_API_KEY_ID';
const KEY = 'VERACODE_API_KEY_SECRET';

/**
 * Puts credentials and proxy where a run looks for them. The pair of a service connection beats one of variables; a proxy of the
 * task's own environment beats that of the agent. Pure.
 */
export function runEnvironment(taskEnv: Env, { handedOver, connection, network, platformUrlInput }: EnvironmentSources): RunEnvironment {
  const platformUrl = connection === null ? null : dataOf(taskEnv, connection, 'PLATFORMURL');
  const pair = connection === null ? variablesOf(taskEnv, handedOver) : { id: handedOver.secretOf(connection, 'APIID'), key: handedOver.secretOf(connection, 'APIKEY') };
  return {
    platformUrl,
    caFile: network.caFile,
    warnings: [
      ...(network.skipsCertificates ? ['The agent is configured not to verify certificates (--sslskipcertvalidation). That holds for Azure DevOps; the platform\'s certificate is verified all the same.'] : []),
      ...(network.hasClientCertificate ? ['The agent has a client certificate (--sslclientcert). That holds for Azure DevOps; it is not shown to the platform, nor to a gateway before it.'] : []),
    ],
    env: {
      ...taskEnv,
      [ID]: pair.id ?? '',
      [KEY]: pair.key ?? '',
      ...proxyVariables(taskEnv, network.proxyFor, platformUrlInput ?? platformUrl),
    },
  };
}

/** Secret variables are handed to tasks apart from all others; `env:` of the step puts them among these. */
function variablesOf(env: Env, { secretVariable }: HandedOver): { readonly id: string | null; readonly key: string | null } {
  const valueOf = (name: string): string | null => {
    const value = env[name] ?? '';
    return value.trim() === '' ? secretVariable(name) : value;
  };
  return { id: valueOf(ID), key: valueOf(KEY) };
}

function dataOf(env: Env, connection: string, field: string): string | null {
  const wanted = `ENDPOINT_DATA_${connection}_${field}`.toUpperCase();
  const value = Object.entries(env).find(([name]) => name.toUpperCase() === wanted)?.[1]?.trim() ?? '';
  return value === '' ? null : value;
}
