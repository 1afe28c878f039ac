import { access } from './checks/access.js';
import { account } from './checks/account.js';
import { application } from './checks/application.js';
import { artifactLint } from './checks/artifact-lint.js';
import { artifacts } from './checks/artifacts.js';
import { clock } from './checks/clock.js';
import { conformance } from './checks/conformance.js';
import { credentials } from './checks/credentials.js';
import { disk } from './checks/disk.js';
import { expiry } from './checks/expiry.js';
import { health } from './checks/health.js';
import { latestBuild } from './checks/latest-build.js';
import { masking } from './checks/masking.js';
import { names } from './checks/names.js';
import { orgPolicy } from './checks/org-policy.js';
import { outputs } from './checks/outputs.js';
import { policy } from './checks/policy.js';
import { proxy } from './checks/proxy.js';
import { region } from './checks/region.js';
import { roles } from './checks/roles.js';
import { sandbox } from './checks/sandbox.js';
import { sandboxesLeft } from './checks/sandboxes-left.js';
import { statusPage } from './checks/status-page.js';
import { teams } from './checks/teams.js';
import { timeLimit } from './checks/time-limit.js';
import { tls } from './checks/tls.js';
import { write } from './checks/write.js';
import type { Check } from './check.js';

/** Every check, from the wire upwards; what needs another one comes after it. */
export const ALL_CHECKS: readonly Check[] = [
  names,
  proxy,
  tls,
  clock,
  credentials,
  region,
  health,
  statusPage,
  access,
  expiry,
  account,
  roles,
  teams,
  application,
  sandbox,
  sandboxesLeft,
  policy,
  latestBuild,
  artifacts,
  artifactLint,
  orgPolicy,
  outputs,
  disk,
  timeLimit,
  masking,
  write,
  conformance,
];
