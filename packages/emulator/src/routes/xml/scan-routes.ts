import type { Route } from '../../exchange.js';
import { beginPrescan, prescanResults } from '../../platform/prescan.js';
import { beginScan, type ModuleSelection } from '../../platform/scan.js';
import { PlatformRefusal } from '../../platform/refusal.js';
import type { ModuleRecord } from '../../platform/state.js';
import type { World } from '../../platform/world.js';
import type { Parameters } from '../parameters.js';
import { buildInfo } from './build-info.js';
import { contextOf } from './build-routes.js';
import { documentResponse, xmlRoute } from './xml-route.js';
import type { XmlElement } from './xml-text.js';

const selectors = {
  scan_all_top_level_modules: 'all-top-level',
  scan_selected_modules: 'selected',
  scan_previously_selected_modules: 'previously-selected',
} as const satisfies Record<string, ModuleSelection['kind']>;

/** Prescan, module list and scan. */
export function scanRoutes(world: World): Route[] {
  return [
    xmlRoute(world, {
      operation: 'beginprescan.do',
      version: '5.0',
      parameters: ['app_id', 'sandbox_id', 'auto_scan', 'scan_all_nonfatal_top_level_modules', 'include_new_modules'],
      answer(parameters, call) {
        const context = contextOf(world, parameters, call);
        const build = beginPrescan(world, call.account, context, {
          autoScan: parameters.flag('auto_scan'),
          nonFatalModules: parameters.flag('scan_all_nonfatal_top_level_modules') ?? false,
          newModules: parameters.flag('include_new_modules') ?? false,
        });
        return buildInfo(world, { ...context, build });
      },
    }),
    xmlRoute(world, {
      operation: 'getprescanresults.do',
      version: '5.0',
      parameters: ['app_id', 'build_id', 'sandbox_id'],
      answer(parameters, call) {
        const context = contextOf(world, parameters, call);
        const { build, modules } = prescanResults(world, call.account, context, parameters.id('build_id'));
        return documentResponse(world, 'prescanresults', {
          attributes: {
            account_id: world.scenario.organization.accountId,
            app_id: context.application.id,
            sandbox_id: build.sandboxId ?? undefined,
            build_id: build.id,
          },
          children: modules.map(moduleElement),
        });
      },
    }),
    xmlRoute(world, {
      operation: 'beginscan.do',
      version: '5.0',
      parameters: ['app_id', 'sandbox_id', 'modules', ...Object.keys(selectors)],
      answer(parameters, call) {
        const context = contextOf(world, parameters, call);
        const build = beginScan(world, call.account, context, selectionOf(parameters));
        return buildInfo(world, { ...context, build });
      },
    }),
  ];
}

/** Exactly one of the four selectors; `false` counts as absent. */
function selectionOf(parameters: Parameters): ModuleSelection {
  const modules = parameters.text('modules');
  const selections: ModuleSelection[] = Object.entries(selectors).flatMap(([name, kind]) =>
    parameters.flag(name) === true ? [{ kind }] : [],
  );
  if (modules !== undefined) {
    selections.push({ kind: 'ids', ids: modules.split(',').map((id) => id.trim()) });
  }
  const [selection, ...others] = selections;
  if (selection === undefined) {
    throw new PlatformRefusal('No modules parameter specified');
  }
  if (others.length > 0) {
    throw new PlatformRefusal(`Give exactly one of modules, ${Object.keys(selectors).join(', ')}.`);
  }
  return selection;
}

function moduleElement(module: ModuleRecord): XmlElement {
  return {
    name: 'module',
    attributes: {
      id: module.id,
      name: module.name,
      app_file_id: module.fileId,
      checksum: module.checksum,
      platform: module.platform,
      size: readableSize(module.sizeBytes),
      status: module.status,
      has_fatal_errors: module.fatal,
      is_dependency: module.dependency,
    },
    children: [
      ...module.issues.map((details) => ({ name: 'issue', attributes: { details } })),
      ...module.fileIssues.map(({ file, details }) => ({ name: 'file_issue', attributes: { filename: file, details } })),
    ],
  };
}

/** `340KB`, `12MB`. */
function readableSize(sizeBytes: number): string {
  const megabyte = 1024 * 1024;
  return sizeBytes < megabyte ? `${Math.floor(sizeBytes / 1024)}KB` : `${Math.floor(sizeBytes / megabyte)}MB`;
}
