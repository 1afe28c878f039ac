import type { InProcess, Request } from '../in-process.js';
import { bodyOf } from '../rehearsal.js';
import { guidOf } from '../../src/platform/world.js';
import type { ScenarioInput } from '../../src/scenarios/scenario.js';

/** A request of an operation, below its path. */
export interface Example {
  readonly query?: string;
  readonly json?: object;
  /** Values of the names in the path; the scenario's first application and its parts by default. */
  readonly path?: Readonly<Record<string, string>>;
  readonly status: number;
}

/** Something of everything that answers can show. */
export const exampleScenario: ScenarioInput = {
  policies: [{ name: 'House rules', forbiddenSeverity: 4, forbiddenCwes: [117], graceDays: 10 }],
  applications: [
    {
      name: 'Shop',
      policy: 'House rules',
      tags: 'java, web',
      teams: ['Default Team'],
      businessOwner: 'Dana',
      businessOwnerEmail: 'dana@example.com',
      builds: [{ name: 'v1' }],
      sandboxes: [{ name: 'dev', builds: [{ name: 'd1' }] }],
    },
    { name: 'Unscanned' },
  ],
  scans: [
    {
      findings: [
        { cwe: 89, file: 'src/Orders.java', line: 7, function: 'void find(int)' },
        { cwe: 80, mitigation: { action: 'fp', status: 'accepted' } },
        { cwe: 404, remediationStatus: 'Fixed' },
      ],
      dynamicFindings: [{ cwe: 80, url: 'https://shop.example/search?q=1', parameter: 'q' }],
      manualFindings: [{ cwe: 287, location: 'https://shop.example/orders/1', cvss: 8.1, capecId: 1 }],
    },
  ],
};

const profile = { name: 'Warehouse', business_criticality: 'HIGH' };
const unknown = { guid: '00000000-0000-4000-8000-000000000000' };

/** At least one request of every emulated operation that an OpenAPI file describes. */
export const examples: Readonly<Record<string, readonly Example[]>> = {
  'GET /healthcheck/status': [{ status: 200 }],
  'GET /appsec/v1/applications': [{ status: 200 }, { query: '?name=Shop&page=0&size=1', status: 200 }, { query: '?name=nobody', status: 200 }, { query: '?page=-1', status: 400 }],
  'POST /appsec/v1/applications': [{ json: { profile }, status: 200 }],
  'GET /appsec/v1/applications/{guid}': [{ status: 200 }, { path: unknown, status: 404 }],
  'PUT /appsec/v1/applications/{guid}': [{ json: { profile: { ...profile, name: 'Shop 2' } }, status: 200 }],
  'DELETE /appsec/v1/applications/{guid}': [{ status: 204 }],
  'GET /appsec/v1/applications/{guid}/sandboxes': [{ status: 200 }, { query: '?page=5', status: 200 }],
  'POST /appsec/v1/applications/{guid}/sandboxes': [{ json: { name: 'feature' }, status: 200 }],
  'GET /appsec/v1/applications/{guid}/sandboxes/{sandbox}': [{ status: 200 }],
  'GET /appsec/v1/policies': [{ status: 200 }, { query: '?name=nobody', status: 200 }],
  'GET /appsec/v1/policies/{guid}': [{ path: { guid: '{policy}' }, status: 200 }],
  'GET /appsec/v1/policies/{guid}/versions': [{ path: { guid: '{policy}' }, status: 200 }],
  'GET /appsec/v1/policies/{guid}/versions/{version}': [{ path: { guid: '{policy}', version: '1' }, status: 200 }],
  'GET /appsec/v2/applications/{guid}/findings': [
    { query: '?scan_type=STATIC&include_annot=true&include_exp_date=true', status: 200 },
    { query: '?scan_type=DYNAMIC', status: 200 },
    { query: '?scan_type=MANUAL', status: 200 },
    { query: '?scan_type=SCA', status: 200 },
    { query: '?size=2&page=1', status: 200 },
    { query: '?context={sandbox}', status: 200 },
    { query: '?cve=CVE-1-1', status: 200 },
    { query: '?severity=9', status: 400 },
    { path: unknown, status: 404 },
  ],
  'GET /appsec/v2/applications/{guid}/findings/{issue}/static_flaw_info': [
    { path: { issue: '1' }, status: 200 },
    { path: { issue: '1' }, query: '?context={sandbox}', status: 200 },
    { path: { issue: '99' }, status: 400 },
    { path: { ...unknown, issue: '1' }, status: 403 },
  ],
  'GET /appsec/v2/applications/{guid}/findings/{issue}/dynamic_flaw_info': [
    { path: { issue: '10000001' }, status: 200 },
    { path: { issue: '1' }, status: 400 },
    { path: { ...unknown, issue: '1' }, status: 403 },
  ],
};

/** The request line and the body of an example. */
export function requestOf({ emulator }: InProcess, operation: string, example: Example): { readonly target: string; readonly request: Request } {
  const [method = '', path = ''] = operation.split(' ');
  const [application] = emulator.snapshot().applications;
  const known: Readonly<Record<string, string>> = {
    guid: application?.guid ?? '',
    sandbox: application?.sandboxes[0]?.guid ?? '',
    policy: guidOf('policy', 'House rules'),
    ...example.path,
  };
  const fill = (text: string): string => text.replaceAll(/\{(\w+)\}/g, (_, name: string) => known[name] ?? '');
  // Values of a path may be names themselves.
  const target = fill(fill(`${path}${example.query ?? ''}`));
  const { json } = example;
  const sent = json === undefined ? {} : { body: bodyOf(JSON.stringify(json)), headers: { 'content-type': 'application/json' } };
  return { target, request: { method, ...sent } };
}
