import type { Build, BuildInfo } from '../../domain/build.js';
import { parseBuildStatus, parsePolicyEvaluation } from '../build-words.js';
import type { XmlDocument } from '../xml-answer.js';
import { parseUnixSeconds } from '../xml-dates.js';
import {
  childrenOf,
  optionalBoolean,
  optionalDate,
  optionalId,
  optionalText,
  requiredChild,
  requiredId,
  requiredText,
} from '../xml-fields.js';
import type { XmlElement } from '../xml-element.js';
import { successDocument } from './success.js';

/** Answer of `getbuildlist.do`. */
export const BUILDLIST: XmlDocument<readonly Build[]> = {
  roots: ['buildlist'],
  decode: (root, operation) => childrenOf(root, 'build').map((build) => buildOf(build, operation)),
};

/** Answer of every call that speaks of one build. */
export const BUILDINFO: XmlDocument<BuildInfo> = {
  roots: ['buildinfo'],
  decode: (root, operation) => ({
    accountId: optionalText(root, 'account_id'),
    applicationId: requiredId(root, 'app_id', operation),
    sandboxId: optionalId(root, 'sandbox_id', operation),
    ...buildStateOf(requiredChild(root, 'build', operation), operation),
  }),
};

/** Answer of `deletebuild.do`; older versions list the remaining builds. */
export const DELETEBUILD = successDocument('deletebuildresult', 'buildlist');

/** What a `build` element says by itself. */
export type BuildState = Omit<BuildInfo, 'accountId' | 'applicationId' | 'sandboxId'>;

/** A `build` element with its analysis units. */
export function buildStateOf(build: XmlElement, operation: string): BuildState {
  // A build can be analysed in several ways; ours is the static one.
  const unit = childrenOf(build, 'analysis_unit').find((candidate) => optionalText(candidate, 'analysis_type') === 'Static');
  const statusText = (unit && optionalText(unit, 'status')) ?? '';
  const policyEvaluationText = optionalText(build, 'policy_compliance_status') ?? '';
  const rulesStatusText = optionalText(build, 'rules_status') ?? '';
  return {
    ...buildOf(build, operation),
    submitter: optionalText(build, 'submitter'),
    status: parseBuildStatus(statusText),
    statusText,
    resultsReady: optionalBoolean(build, 'results_ready') === true,
    publishedAt: unit === undefined ? null : publishedAtOf(unit),
    policyName: optionalText(build, 'policy_name'),
    policyVersion: optionalText(build, 'policy_version'),
    policyEvaluation: parsePolicyEvaluation(policyEvaluationText),
    policyEvaluationText,
    rulesStatus: parsePolicyEvaluation(rulesStatusText),
    rulesStatusText,
    policyUpdatedAt: optionalDate(build, 'policy_updated_date'),
    gracePeriodExpired: optionalBoolean(build, 'grace_period_expired'),
    scanOverdue: optionalBoolean(build, 'scan_overdue'),
  };
}

function buildOf(build: XmlElement, operation: string): Build {
  return { id: requiredId(build, 'build_id', operation), name: requiredText(build, 'version', operation) };
}

function publishedAtOf(unit: XmlElement): string | null {
  return optionalDate(unit, 'published_date') ?? parseUnixSeconds(optionalText(unit, 'published_date_sec'));
}
