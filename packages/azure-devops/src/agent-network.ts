import * as task from 'azure-pipelines-task-lib/task.js';

import type { HandedOver } from './handed-over.js';
import type { AgentNetwork } from './run-environment.js';

/** The agent's own way to the network: what it was configured with (`--proxyurl`, `--sslcacert`). */
export function agentNetwork({ secretVariable }: HandedOver): AgentNetwork {
  return {
    proxyFor: (url) => proxyFor(url, secretVariable('AGENT_PROXYPASSWORD')),
    caFile: task.getHttpCertConfiguration()?.caFile ?? null,
    skipsCertificates: task.getVariable('Agent.SkipCertValidation')?.toLowerCase() === 'true',
  };
}

/** The library knows the exceptions, and writes login names into the URL as they are, which many passwords break. */
function proxyFor(url: string, password: string | null): string | null {
  const found = task.getHttpProxyConfiguration(url);
  if (found === null) return null;
  if (!URL.canParse(found.proxyUrl)) return found.proxyUrl;
  const proxy = new URL(found.proxyUrl);
  proxy.username = encodeURIComponent(found.proxyUsername ?? '');
  proxy.password = encodeURIComponent(password ?? '');
  return proxy.href;
}
