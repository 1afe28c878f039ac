import type { ApiCall, EmulatedResponse, Route } from '../../exchange.js';
import { findBuild, type LocatedBuild } from '../../platform/lookup.js';
import { addMitigation, readMitigations, type MitigationAnswer } from '../../platform/mitigations.js';
import { PlatformRefusal } from '../../platform/refusal.js';
import type { World } from '../../platform/world.js';
import { mitigationActions, type MitigationActionName } from '../../scenarios/vocabulary.js';
import { mitigationTime } from '../dates.js';
import type { Parameters } from '../parameters.js';
import { documentResponse, xmlRoute } from './xml-route.js';

const actions = Object.keys(mitigationActions) as MitigationActionName[];
const longestComment = 2048;

/** Mitigations and comments; the two calls without a version in their path. */
export function mitigationRoutes(world: World): Route[] {
  return [
    xmlRoute(world, {
      operation: 'getmitigationinfo.do',
      version: null,
      parameters: ['build_id', 'flaw_id_list'],
      answer(parameters, call) {
        const subject = demandBuild(world, parameters, call);
        return mitigationInfo(world, subject, readMitigations(world, call.account, subject, issueIds(parameters)));
      },
    }),
    xmlRoute(world, {
      operation: 'updatemitigationinfo.do',
      version: null,
      parameters: ['build_id', 'flaw_id_list', 'action', 'comment'],
      answer(parameters, call) {
        const subject = demandBuild(world, parameters, call);
        parameters.required('action');
        const action = parameters.word('action', actions) ?? 'comment';
        const comment = parameters.required('comment');
        if (comment.length > longestComment) {
          throw new PlatformRefusal(`The comment is longer than ${longestComment} characters.`);
        }
        const input = { issueIds: issueIds(parameters), action, comment };
        return mitigationInfo(world, subject, addMitigation(world, call.account, subject, input));
      },
    }),
  ];
}

/** The build that `build_id` names. */
export function demandBuild(world: World, parameters: Parameters, { account }: ApiCall): LocatedBuild {
  const buildId = parameters.requiredId('build_id');
  const subject = findBuild(world, account, buildId);
  if (subject === undefined) {
    throw new PlatformRefusal(`A valid app could not be found for build_id=${buildId}.`);
  }
  return subject;
}

function issueIds(parameters: Parameters): string[] {
  return parameters
    .required('flaw_id_list')
    .split(',')
    .map((id) => id.trim());
}

function mitigationInfo(world: World, { build }: LocatedBuild, { results, findings, errors }: MitigationAnswer): EmulatedResponse {
  return documentResponse(world, 'mitigationinfo', {
    attributes: { build_id: build.id },
    children: [
      ...findings.map((finding) => ({
        name: 'issue',
        attributes: { flaw_id: finding.issueId, category: finding.weakness.name },
        children: results.mitigationHistory(finding).map(({ action, comment, by, atMs }) => ({
          name: 'mitigation_action',
          attributes: { action, desc: mitigationActions[action], reviewer: by, date: mitigationTime(atMs), comment },
        })),
      })),
      ...errors.map(({ type, issueIds: ids }) => ({ name: 'error', attributes: { type, flaw_id_list: ids.join(',') } })),
    ],
  });
}
