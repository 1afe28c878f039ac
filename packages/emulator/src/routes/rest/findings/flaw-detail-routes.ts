import type { ApiCall, EmulatedResponse, Route } from '../../../exchange.js';
import { hasRight } from '../../../platform/access.js';
import { dataPathOf } from '../../../platform/findings/data-path.js';
import type { Analysis, Finding } from '../../../platform/findings/finding.js';
import { liveSandboxes, visibleApplications, type ScanContext } from '../../../platform/lookup.js';
import type { World } from '../../../platform/world.js';
import type { Parameters } from '../../parameters.js';
import { apiOrigin, jsonResponse, restRoute } from '../rest-route.js';
import { newestScan, type PublishedScan } from './result-context.js';

const finding = '/appsec/v2/applications/{guid}/findings/{issue}';


/** What the scanner saw of one finding: data paths of static ones, request and response of dynamic ones. */
export function flawDetailRoutes(world: World): Route[] {
  return [
    restRoute({
      method: 'GET',
      path: `${finding}/static_flaw_info`,
      parameters: ['context'],
      answer: (parameters, call, path) => details(world, call, { parameters, path, analysis: 'static' }, staticFlawInfo),
    }),
    restRoute({
      method: 'GET',
      path: `${finding}/dynamic_flaw_info`,
      parameters: ['context'],
      answer: (parameters, call, path) => details(world, call, { parameters, path, analysis: 'dynamic' }, dynamicFlawInfo),
    }),
  ];
}

interface Wanted {
  readonly parameters: Parameters;
  readonly path: Readonly<Record<string, string>>;
  readonly analysis: Analysis;
}

/** These calls have refusals of a shape of their own. */
function details(
  world: World,
  call: ApiCall,
  { parameters, path, analysis }: Wanted,
  describe: (found: Finding, scan: PublishedScan) => object,
): EmulatedResponse {
  const context = contextOf(world, call, path['guid'], parameters.text('context'));
  if (!hasRight(call.account, 'read-results') || context === undefined) {
    return problem(403, 'FORBIDDEN', 'Access denied.');
  }
  const scan = newestScan(world, context);
  const found = scan?.results.source.find(Number(path['issue']));
  if (scan === undefined || found?.analysis !== analysis) {
    return problem(400, 'BAD_REQUEST', `There is no ${analysis} finding ${path['issue'] ?? ''}`);
  }
  return jsonResponse({ ...describe(found, scan), _links: { self: { href: `${apiOrigin(call)}${call.path}` } } });
}

function contextOf(world: World, { account }: ApiCall, guid: string | undefined, context: string | undefined): ScanContext | undefined {
  const application = visibleApplications(world, account).find((candidate) => candidate.guid === guid);
  if (application === undefined || context === undefined) {
    return application === undefined ? undefined : { application, sandbox: null };
  }
  const sandbox = liveSandboxes(application).find((candidate) => candidate.guid === context);
  return sandbox === undefined ? undefined : { application, sandbox };
}

function problem(status: number, code: string, message: string): EmulatedResponse {
  return { ...jsonResponse({ message, code }, status), refusal: message };
}

function staticFlawInfo(finding: Finding, scan: PublishedScan): object {
  const { issueId, sourceFile, moduleName } = finding;
  const { application, sandbox, build } = scan;
  const { file: path, functionName, lines } = dataPathOf(finding);
  const step = (position: number, at: number): object => ({
    data_path: position,
    file_name: sourceFile,
    file_path: path,
    function_name: functionName,
    line_number: at,
  });
  return {
    issue_summary: {
      app_guid: application.guid,
      name: moduleName,
      build_id: Number(build.id),
      issue_id: issueId,
      ...(sandbox === null ? {} : { context: sandbox.guid }),
    },
    data_paths: [
      {
        module_name: moduleName,
        steps: 2,
        local_path: path,
        function_name: functionName,
        line_number: lines[0],
        calls: [step(2, lines[0]), step(1, lines[1])],
      },
    ],
  };
}

/** Request and response are put together from the address; nobody has sent them. */
function dynamicFlawInfo({ issueId, weakness, description, dynamic }: Finding, { application, build }: PublishedScan): object {
  const url = new URL(dynamic?.url ?? '');
  const secure = url.protocol === 'https:';
  const uri = `${url.pathname}${url.search}`;
  const parameter = dynamic?.parameter;
  const original = parameter === undefined ? '' : (url.searchParams.get(parameter) ?? '');
  return {
    issue_summary: {
      app_guid: application.guid,
      app_id: Number(application.id),
      build_id: Number(build.id),
      issue_id: issueId,
      engine_version: '',
      cwe_id: weakness.cwe,
      description,
      recommendation: weakness.category.advice.join(' '),
    },
    dynamic_flaw_info: {
      request: {
        url: url.href,
        raw_bytes: base64(`GET ${uri} HTTP/1.1\r\nHost: ${url.host}\r\n\r\n`),
        secure,
        port: url.port === '' ? (secure ? '443' : '80') : url.port,
        protocol: 'HTTP',
        method: 'GET',
        path: url.pathname,
        uri,
        body: '',
        referer: '',
        attack_vectors:
          parameter === undefined ? [] : [{ name: parameter, type: 'QUERY', original_value: original, injected_value: '<rehearsal>' }],
      },
      response: { raw_bytes: base64('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n') },
    },
  };
}

function base64(text: string): string {
  return Buffer.from(text, 'latin1').toString('base64');
}
