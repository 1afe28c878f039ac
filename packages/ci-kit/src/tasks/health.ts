import { checkHealth, getOwnCredentials, isVeracodeError, regionOfHosts, VERSION, type CallingRun, type Region } from '@verapipe/core';
import { printable } from '@verapipe/reports';

import { signingPair } from '../credentials/signing-pair.js';
import { describeStatus, isTroubled } from '../health/describe-status.js';
import { readStatus, type ReadStatus } from '../health/read-status.js';
import { besideExpiry, tellExpiry } from '../run/beside-expiry.js';
import type { Connection } from '../run/connect.js';
import type { RunContext } from '../run/run-context.js';
import { runTask, type TaskInput } from '../run/run-task.js';
import type { TaskResult } from '../run/task-result.js';

/** What became of the call to the platform itself. */
type Endpoint = { readonly state: 'healthy' } | { readonly state: 'failed'; readonly error: unknown };

/**
 * `verapipe health`: the platform's health check, its public status page, and planned maintenance, in one line. Ends with
 * the exit code of what keeps the platform from answering; the status page, which is another site, only tells. Never
 * throws and sets nothing of the process.
 *
 * @public
 */
export function runHealth(input: TaskInput): Promise<TaskResult> {
  return runTask(
    input,
    (run, connection) =>
    Promise.resolve({
      issues: [],
      warnings: [],
      notices: [],
      work: async (calling: CallingRun) => {
        const [endpoint, read] = await Promise.all([askPlatform(run, connection, calling), readStatus(run, connection.statusPage)]);
        const facts = { run, connection, endpoint, read };
        await input.print(run.options.json ? `${JSON.stringify(jsonOf(facts), null, 2)}\n` : `${run.redact(sentenceOf(facts))}\n`);
        if (endpoint.state === 'failed') throw endpoint.error;
        return true;
      },
    }),
    // Where the look-up of the pair is the check itself, it is not made twice.
    { tellsExpiry: false, tellsNews: false },
  );
}

/** The health check is documented for the commercial region; elsewhere a call that is open to every account proves as much. */
async function askPlatform(run: RunContext, { choice }: Connection, { client, call }: CallingRun): Promise<Endpoint> {
  const region = regionOfHosts(client.hosts);
  try {
    if (region === null || region === 'global') await besideExpiry(run, { client, choice }, () => checkHealth(client, call));
    else tellExpiry(run, signingPair(await getOwnCredentials(client, call), choice));
    return { state: 'healthy' };
  } catch (error) {
    if (!isVeracodeError(error) || error.name === 'AbortedError') throw error;
    return { state: 'failed', error };
  }
}

interface HealthFacts {
  readonly run: RunContext;
  readonly connection: Connection;
  readonly endpoint: Endpoint;
  readonly read: ReadStatus;
}

function sentenceOf({ connection, endpoint, read }: HealthFacts): string {
  const { host } = new URL(connection.hosts.restBaseUrl);
  const platform = endpoint.state === 'healthy' ? `${host} is well` : `${host} does not answer as it should`;
  const page = 'unknown' in read ? `status page: unknown, ${read.unknown}` : `status page: ${describeStatus(read.status)}`;
  return printable(`${platform}; ${page}.`);
}

/** @see verapipe-health-1.schema.json */
function jsonOf({ run, connection, endpoint, read }: HealthFacts): object {
  const region: Region | null = regionOfHosts(connection.hosts);
  const error = endpoint.state === 'failed' && isVeracodeError(endpoint.error) ? endpoint.error : null;
  return {
    schemaVersion: 1,
    tool: { name: 'verapipe', version: VERSION },
    checkedAt: new Date(run.clock.now()).toISOString(),
    platform: { url: connection.hosts.xmlBaseUrl, restUrl: connection.hosts.restBaseUrl, region },
    endpoint: { healthy: endpoint.state === 'healthy', code: error?.code ?? null, message: error === null ? null : run.redact(error.message) },
    statusPage: {
      url: connection.statusPage,
      known: 'status' in read,
      why: 'unknown' in read ? read.unknown : null,
      troubled: 'status' in read ? isTroubled(read.status) : null,
      ...('status' in read ? read.status : { indicator: 'unknown', description: '', incidents: [], maintenances: [] }),
    },
  };
}
