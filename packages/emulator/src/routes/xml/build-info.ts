import type { EmulatedResponse } from '../../exchange.js';
import { buildStatus, prescanEnded, publishedAtMs } from '../../platform/build-status.js';
import type { LocatedBuild } from '../../platform/lookup.js';
import { evaluatedAtMs } from '../../platform/policy-evaluation.js';
import { policyStatusOf } from '../../platform/policy-status.js';
import type { BuildRecord } from '../../platform/state.js';
import { policyNamed, type World } from '../../platform/world.js';
import { easternTime } from '../dates.js';
import { documentResponse } from './xml-route.js';
import type { XmlAttributes, XmlElement } from './xml-text.js';

/** Version of the engine that emulated scans name. */
export const engineVersion = '20260101000000';

/** The `buildinfo` document. */
export function buildInfo(world: World, located: LocatedBuild): EmulatedResponse {
  const { application, sandbox, build } = located;
  return documentResponse(world, 'buildinfo', {
    attributes: {
      account_id: world.scenario.organization.accountId,
      app_id: application.id,
      sandbox_id: sandbox?.id,
      build_id: build.id,
    },
    children: [buildElement(world, located)],
  });
}

/** The `build` element, as build information and lists of application builds carry it. */
export function buildElement(world: World, { application, build }: Pick<LocatedBuild, 'application' | 'build'>): XmlElement {
  const nowMs = world.clock.emulatedMs();
  const policy = policyNamed(world.scenario, application.policyName);
  const status = policyStatusOf(application, build, policy, nowMs);
  const evaluated = evaluatedAtMs(build, nowMs);
  return {
    name: 'build',
    attributes: {
      version: build.name,
      build_id: build.id,
      submitter: build.submittedBy,
      platform: 'Not Specified',
      lifecycle_stage: build.lifecycleStage,
      launch_date: build.launchDate === null ? undefined : easternTime(Date.parse(`${build.launchDate}T12:00:00Z`)),
      results_ready: publishedAtMs(build, nowMs) !== null,
      policy_name: policy.name,
      policy_version: policy.version,
      policy_compliance_status: status.compliance,
      policy_updated_date: evaluated === null ? undefined : easternTime(evaluated),
      rules_status: status.rules,
      grace_period_expired: status.gracePeriodExpired,
      scan_overdue: false,
      legacy_scan_engine: build.legacyScanEngine,
    },
    children: [
      { name: 'analysis_unit', attributes: staticUnit(build, nowMs) },
      ...build.behaviour.otherAnalyses.map(({ type, status: unitStatus }) => ({
        name: 'analysis_unit',
        attributes: { analysis_type: type, status: unitStatus },
      })),
    ],
  };
}

function staticUnit(build: BuildRecord, nowMs: number): XmlAttributes {
  const published = publishedAtMs(build, nowMs);
  return {
    analysis_type: 'Static',
    status: buildStatus(build, nowMs),
    published_date: published === null ? undefined : easternTime(published),
    published_date_sec: published === null ? undefined : Math.floor(published / 1000),
    engine_version: prescanEnded(build, nowMs) ? engineVersion : undefined,
  };
}
