import { machineProxy } from '@verapipe/ci-kit';
import * as task from 'azure-pipelines-task-lib/task.js';

import type { HandedOver } from './handed-over.js';
import type { AgentNetwork } from './run-environment.js';

/** The agent's own way to the network: what it was configured with (`--proxyurl`, `--sslcacert`). */
export function agentNetwork({ secretVariable }: HandedOver): AgentNetwork {
  const certificates = task.getHttpCertConfiguration();
  return {
    // The library's own reading of the proxy ends with an error on many an exception.
    proxyFor: machineProxy({
      url: task.getVariable('Agent.ProxyUrl') ?? '',
      username: task.getVariable('Agent.ProxyUsername') ?? '',
      password: secretVariable('AGENT_PROXYPASSWORD') ?? '',
      exceptions: task.getVariable('Agent.ProxyBypassList') ?? '',
    }),
    caFile: certificates?.caFile ?? null,
    skipsCertificates: task.getVariable('Agent.SkipCertValidation')?.toLowerCase() === 'true',
    hasClientCertificate: (certificates?.certFile ?? '') !== '',
  };
}
