import type { EmulatedResponse, Route } from '../../exchange.js';
import { demandRight } from '../../platform/access.js';
import { createBuildResults } from '../../platform/findings/build-results.js';
import { allFindings } from '../../platform/findings/finding.js';
import { buildsOf, findApplication } from '../../platform/lookup.js';
import { PlatformRefusal } from '../../platform/refusal.js';
import type { ApplicationRecord } from '../../platform/state.js';
import { guidOf, type World } from '../../platform/world.js';
import { reportTime } from '../dates.js';
import { documentResponse, xmlHeaders, xmlRoute } from './xml-route.js';
import { declaration, renderElement, type XmlElement } from './xml-text.js';

const preparationMs = 120_000;

/** The flaw report: ordered first, fetched with a token when it is ready (204 before). */
export function flawReportRoutes(world: World): Route[] {
  return [
    xmlRoute(world, {
      operation: 'generateflawreport.do',
      version: '3.0',
      parameters: ['app_id_list', 'scan_type'],
      answer(parameters, { account }) {
        demandRight(account, 'read-results');
        const applicationIds = parameters.required('app_id_list').split(',').map((id) => id.trim());
        applicationIds.forEach((id) => findApplication(world, account, id));
        parameters.required('scan_type');
        parameters.word('scan_type', ['static', 'dynamic', 'manual']);
        const token = guidOf('flaw-report', String(world.state.flawReports.length + 1));
        world.state.flawReports.push({ token, applicationIds, readyAtMs: world.clock.emulatedMs() + preparationMs });
        return documentResponse(world, 'archerreport', { attributes: { token } });
      },
    }),
    xmlRoute(world, {
      operation: 'downloadflawreport.do',
      version: '3.0',
      parameters: ['token'],
      answer(parameters, { account }) {
        demandRight(account, 'read-results');
        const token = parameters.text('token');
        const report = world.state.flawReports.find((candidate) => candidate.token === token);
        if (report === undefined) {
          throw new PlatformRefusal('Please provide a valid report token.');
        }
        if (world.clock.emulatedMs() < report.readyAtMs) {
          return { status: 204, headers: xmlHeaders, body: new Uint8Array() };
        }
        const applications = report.applicationIds.map((id) => findApplication(world, account, id));
        return records(world, applications.flatMap((application) => recordsOf(world, application)));
      },
    }),
  ];
}

function records(world: World, children: readonly XmlElement[]): EmulatedResponse {
  const root: XmlElement = { name: 'Records', attributes: { xmlns: 'http://www.archer-tech.com/' }, children };
  const text = `${declaration('UTF-8')}${renderElement(root, world.scenario.settings.xmlStyle)}`;
  return { status: 200, headers: xmlHeaders, body: Buffer.from(text, 'utf8') };
}

/** Findings of the newest published policy scan. */
function recordsOf(world: World, application: ApplicationRecord): XmlElement[] {
  const nowMs = world.clock.emulatedMs();
  const newest = buildsOf({ application, sandbox: null }, nowMs).flatMap((build) => {
    const results = createBuildResults(application, build, nowMs);
    return results === null ? [] : [{ build, results }];
  });
  const { build, results } = newest.at(-1) ?? {};
  if (build === undefined || results === undefined) {
    return [];
  }
  return [...allFindings(results.source)].map((finding) => ({
    name: 'Record',
    attributes: {
      app_id: application.id,
      app_name: application.name,
      build_id: build.id,
      issueid: finding.issueId,
      cweid: finding.weakness.cwe,
      severity: finding.severity,
      remediation_status: results.remediationStatus(finding),
      mitigation_status: results.mitigationStatus(finding),
      date_first_occurrence: reportTime(results.firstFoundAtMs(finding)),
    },
  }));
}
