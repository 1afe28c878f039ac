import type { Route } from '../../exchange.js';
import { demandRight } from '../../platform/access.js';
import { createBuildResults } from '../../platform/findings/build-results.js';
import { dataPathOf } from '../../platform/findings/data-path.js';
import type { Finding } from '../../platform/findings/finding.js';
import { PlatformRefusal } from '../../platform/refusal.js';
import type { World } from '../../platform/world.js';
import { demandBuild } from './mitigation-routes.js';
import { documentResponse, xmlRoute } from './xml-route.js';
import type { XmlElement } from './xml-text.js';

/** Data paths of a finding. */
export function callStackRoutes(world: World): Route[] {
  return [
    xmlRoute(world, {
      operation: 'getcallstacks.do',
      version: '5.0',
      parameters: ['build_id', 'flaw_id'],
      answer(parameters, call) {
        demandRight(call.account, 'read-results');
        const { application, build } = demandBuild(world, parameters, call);
        const flawId = parameters.requiredId('flaw_id');
        const results = createBuildResults(application, build, world.clock.emulatedMs());
        if (results === null) {
          throw new PlatformRefusal('No report available.');
        }
        const finding = results.source.find(Number(flawId));
        if (finding === undefined) {
          throw new PlatformRefusal(`Could not find the flaw ${flawId} in build ${build.id}.`);
        }
        return documentResponse(world, 'callstacks', {
          attributes: { build_id: build.id, flaw_id: flawId },
          children: [callStack(finding)],
        });
      },
    }),
  ];
}

function callStack(finding: Finding): XmlElement {
  const { sourceFile, moduleName } = finding;
  const { file: path, functionName, lines } = dataPathOf(finding);
  const step = (position: number, at: number): XmlElement => ({
    name: 'call',
    attributes: { data_path: position, file_name: sourceFile, file_path: path, function_name: functionName, line_number: at },
  });
  return {
    name: 'callstack',
    attributes: { module_name: moduleName, steps: 2, local_path: path, function_name: functionName, line_number: lines[0] },
    children: [step(2, lines[0]), step(1, lines[1])],
  };
}
