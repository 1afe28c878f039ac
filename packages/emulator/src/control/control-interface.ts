import type { EmulatedRequest, HandleRequest } from '../exchange.js';
import { FaultError } from '../faults/read-faults.js';
import type { Journal } from '../journal/journal.js';
import { suggestion } from '../nearest-name.js';
import type { PlatformClock } from '../platform-clock.js';
import { readSmallBody } from '../request-body.js';
import { FormTextError, parseFormText } from '../router/form-text.js';
import { queryOf } from '../router/read-parameters.js';
import { controlJson, ControlProblem } from './control-answers.js';
import type { ControlRoute } from './control-routes.js';

const prefix = '/__emulator/';
const largestBodyBytes = 1024 * 1024;
const loopbackNames: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Answers `/__emulator/...` and hands everything else on. It takes no signature, so it answers under loopback names only.
 *
 * What it refuses stands in the journal; what it does is not, for it is no traffic of the platform.
 */
export function withControlInterface(
  handle: HandleRequest,
  parts: { readonly routes: readonly ControlRoute[]; readonly journal: Journal; readonly clock: PlatformClock },
): HandleRequest {
  const { routes, journal, clock } = parts;
  return async (request) => {
    if (!request.target.startsWith(prefix)) {
      return handle(request);
    }
    try {
      return controlJson(await answerControl(routes, request));
    } catch (error) {
      const answer = refusalOf(error);
      const { method, host } = request;
      const path = request.target.split('?')[0] ?? '';
      journal.open({ wallMs: clock.wallMs(), emulatedMs: clock.emulatedMs(), method, host, path, operation: `${method} ${path}` })({
        status: answer.status,
        refusal: answer.message,
      });
      return controlJson({ error: answer.message }, answer.status);
    }
  };
}

async function answerControl(routes: readonly ControlRoute[], request: EmulatedRequest): Promise<unknown> {
  if (!loopbackNames.includes(request.host)) {
    throw new ControlProblem(403, `The control interface answers under ${loopbackNames.join(', ')} only, not under ${request.host}.`);
  }
  const name = (request.target.split('?')[0] ?? '').slice(prefix.length);
  const route = findRoute(routes, request.method, name);
  const parameters = parseFormText(queryOf(request.target));
  const unknown = [...parameters.keys()].find((parameter) => !(route.parameters ?? []).includes(parameter));
  if (unknown !== undefined) {
    throw new ControlProblem(400, `${prefix}${name} does not know "${unknown}".${suggestion(unknown, route.parameters ?? [])}`);
  }
  return route.answer({ parameters, body: await readBody(request) });
}

function findRoute(routes: readonly ControlRoute[], method: string, name: string): ControlRoute {
  const named = routes.filter((route) => route.name === name);
  if (named.length === 0) {
    const names = [...new Set(routes.map((route) => route.name))];
    throw new ControlProblem(404, `There is no ${prefix}${name}.${suggestion(name, names)} Known are: ${names.join(', ')}.`);
  }
  const route = named.find((candidate) => candidate.method === method);
  if (route === undefined) {
    throw new ControlProblem(405, `${prefix}${name} takes ${named.map((candidate) => candidate.method).join(', ')}, not ${method}.`);
  }
  return route;
}

async function readBody({ body, headers }: EmulatedRequest): Promise<unknown> {
  const bytes = await readSmallBody(body, largestBodyBytes);
  if (bytes === undefined) {
    throw new ControlProblem(413, `The body is larger than ${largestBodyBytes} bytes.`);
  }
  if (bytes.byteLength === 0) {
    return undefined;
  }
  // A page in a browser cannot send this type to another site without asking first.
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) {
    throw new ControlProblem(415, 'The body must be JSON, with Content-Type: application/json.');
  }
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    throw new ControlProblem(400, 'The body is not JSON.');
  }
}

function refusalOf(error: unknown): { readonly status: number; readonly message: string } {
  if (error instanceof ControlProblem) {
    return { status: error.status, message: error.message };
  }
  if (error instanceof FaultError || error instanceof FormTextError) {
    return { status: 400, message: error.message };
  }
  return { status: 500, message: error instanceof Error ? error.message : String(error) };
}
