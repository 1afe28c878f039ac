import type { ApiCall, Route } from '../../exchange.js';
import { demandRight } from '../../platform/access.js';
import { createBuild, deleteCurrentBuild, listBuilds, updateBuild, type BuildFields } from '../../platform/builds.js';
import { chooseBuild, findContext, liveSandboxes, type LocatedBuild, type ScanContext } from '../../platform/lookup.js';
import { evaluatedAtMs } from '../../platform/policy-evaluation.js';
import { PlatformRefusal } from '../../platform/refusal.js';
import type { BuildRecord } from '../../platform/state.js';
import type { World } from '../../platform/world.js';
import { lifecycleStages } from '../../scenarios/vocabulary.js';
import { easternTime, parseAmericanDate } from '../dates.js';
import { applicationId, type Parameters } from '../parameters.js';
import { buildInfo } from './build-info.js';
import { documentResponse, successResponse, xmlRoute } from './xml-route.js';

const contextParameters = ['app_id', 'sandbox_id'];

/** Builds: one scan and everything that belongs to it. */
export function buildRoutes(world: World): Route[] {
  return [
    xmlRoute(world, {
      operation: 'getbuildlist.do',
      version: '5.0',
      parameters: contextParameters,
      answer(parameters, call) {
        demandRight(call.account, 'view');
        const context = contextOf(world, parameters, call);
        return documentResponse(world, 'buildlist', {
          attributes: {
            account_id: world.scenario.organization.accountId,
            app_id: context.application.id,
            app_name: context.application.name,
            sandbox_id: context.sandbox?.id,
          },
          children: listBuilds(world, context).map((build) => ({ name: 'build', attributes: listEntry(world, build) })),
        });
      },
    }),
    xmlRoute(world, {
      operation: 'getbuildinfo.do',
      version: '5.0',
      parameters: [...contextParameters, 'build_id'],
      answer(parameters, call) {
        demandRight(call.account, 'view');
        const context = contextOf(world, parameters, call);
        const build = chooseBuild(context, parameters.id('build_id'), world.clock.emulatedMs());
        return buildInfo(world, located(context, build));
      },
    }),
    xmlRoute(world, {
      operation: 'createbuild.do',
      version: '5.0',
      parameters: [
        ...contextParameters,
        'version',
        'lifecycle_stage',
        'lifecycle_stage_id',
        'launch_date',
        'platform',
        'platform_id',
        'legacy_scan_engine',
      ],
      answer(parameters, call) {
        const context = contextOf(world, parameters, call);
        const fields = { ...buildFields(parameters), name: parameters.required('version') };
        const legacyScanEngine = parameters.flag('legacy_scan_engine') ?? false;
        const build = createBuild(world, call.account, context, { ...fields, legacyScanEngine });
        return buildInfo(world, { ...context, build });
      },
    }),
    xmlRoute(world, {
      operation: 'updatebuild.do',
      version: '5.0',
      parameters: [...contextParameters, 'build_id', 'version', 'lifecycle_stage', 'lifecycle_stage_id', 'launch_date'],
      answer(parameters, call) {
        const context = contextOf(world, parameters, call);
        const change = { ...buildFields(parameters), buildId: parameters.id('build_id') };
        return buildInfo(world, located(context, updateBuild(world, call.account, context, change)));
      },
    }),
    xmlRoute(world, {
      operation: 'deletebuild.do',
      version: '5.0',
      parameters: contextParameters,
      answer(parameters, call) {
        const context = contextOf(world, parameters, call);
        deleteCurrentBuild(world, call.account, context);
        return successResponse(world, 'deletebuildresult', {
          account_id: world.scenario.organization.accountId,
          app_id: context.application.id,
        });
      },
    }),
  ];
}

/** The context that `app_id` and `sandbox_id` name. */
export function contextOf(world: World, parameters: Parameters, { account }: Pick<ApiCall, 'account'>): ScanContext {
  return findContext(world, account, { applicationId: applicationId(parameters), sandboxId: parameters.id('sandbox_id') });
}

/** A build chosen by its id may lie in another context of the application than the one that was named. */
export function located({ application }: ScanContext, build: BuildRecord): LocatedBuild {
  return { application, sandbox: liveSandboxes(application).find(({ id }) => id === build.sandboxId) ?? null, build };
}

function listEntry(world: World, build: BuildRecord): { build_id: string; version: string; policy_updated_date: string | undefined } {
  const evaluated = evaluatedAtMs(build, world.clock.emulatedMs());
  return {
    build_id: build.id,
    version: build.name,
    policy_updated_date: evaluated === null ? undefined : easternTime(evaluated),
  };
}

function buildFields(parameters: Parameters): BuildFields {
  const name = parameters.text('version');
  const stage = parameters.word('lifecycle_stage', lifecycleStages) ?? stageById(parameters.id('lifecycle_stage_id'));
  const launch = parameters.text('launch_date');
  const launchDate = launch === undefined ? undefined : parseAmericanDate(launch);
  if (launch !== undefined && launchDate === undefined) {
    throw new PlatformRefusal('The parameter launch_date must be a date of the form mm/dd/yyyy.');
  }
  return {
    ...(name === undefined ? {} : { name }),
    ...(stage === undefined ? {} : { lifecycleStage: stage }),
    ...(launchDate === undefined ? {} : { launchDate }),
  };
}

/** The ids are not documented: the emulator counts the stages from 1. */
function stageById(id: string | undefined): (typeof lifecycleStages)[number] | undefined {
  if (id === undefined) {
    return undefined;
  }
  const stage = lifecycleStages[Number(id) - 1];
  if (stage === undefined) {
    throw new PlatformRefusal(`The lifecycle stage ${id} is not known.`);
  }
  return stage;
}
