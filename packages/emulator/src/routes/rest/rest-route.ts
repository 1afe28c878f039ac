import type { ApiCall, EmulatedResponse, Route } from '../../exchange.js';
import { PlatformRefusal } from '../../platform/refusal.js';
import { guidOf } from '../../platform/world.js';
import { readParameters, type Parameters } from '../parameters.js';

/** A REST call: what it is named, what it takes, what it does. */
export interface RestCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly parameters: readonly string[];
  answer(parameters: Parameters, call: ApiCall, path: Readonly<Record<string, string>>): EmulatedResponse | Promise<EmulatedResponse>;
}

/** An answer other than success, in the shape of the applications service. */
export class RestProblem extends Error {
  override readonly name = 'RestProblem';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Makes the route of a REST call: problems become JSON. */
export function restRoute(restCall: RestCall): Route {
  const { method, path, parameters } = restCall;
  return {
    operation: `${method} ${path}`,
    methods: [method],
    path,
    parameters,
    async handle(call, pathParameters) {
      try {
        return await restCall.answer(readParameters(call.parameters), call, pathParameters);
      } catch (error) {
        return problemResponse(call, error);
      }
    },
  };
}

export function jsonResponse(value: unknown, status = 200): EmulatedResponse {
  const headers = {
    'cache-control': 'no-cache, no-store, max-age=0, must-revalidate',
    'content-type': 'application/json;charset=UTF-8',
    expires: '0',
    pragma: 'no-cache',
    server: 'Unknown',
    'strict-transport-security': 'max-age=31536000 ; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  };
  return { status, headers, body: Buffer.from(JSON.stringify(value), 'utf8') };
}

/** Done, and nothing to say about it. */
export function emptyResponse(status: number): EmulatedResponse {
  return { ...jsonResponse(null, status), body: new Uint8Array() };
}

/** Host of the REST APIs in the region that was called; links always name it. */
export function apiOrigin({ headers }: Pick<ApiCall, 'headers'>): string {
  const region = /\.veracode\.(com|eu|us)(:\d+)?$/.exec(headers['host'] ?? '')?.[1] ?? 'com';
  return `https://api.veracode.${region}`;
}

/** The role is missing: the gateway says so, in its own shape. */
function forbidden(): EmulatedResponse {
  return { ...jsonResponse({ http_code: 403, http_status: 'Forbidden', message: 'Access denied.' }, 403), refusal: 'Access denied.' };
}

function problemResponse(call: ApiCall, error: unknown): EmulatedResponse {
  if (error instanceof PlatformRefusal) {
    return error.message === 'Access denied.' ? forbidden() : apiErrors(call, 400, error.message);
  }
  if (error instanceof RestProblem) {
    return apiErrors(call, error.status, error.message);
  }
  throw error;
}

function apiErrors({ path }: ApiCall, status: number, title: string): EmulatedResponse {
  const code = status === 404 ? 'NOT_FOUND' : 'BAD_REQUEST';
  const problem = {
    id: guidOf('problem', `${path} ${title}`),
    code,
    title,
    status: String(status),
    source: { pointer: path, parameter: null },
  };
  return { ...jsonResponse({ _embedded: { api_errors: [problem] }, fallback_type: null, full_type: null }, status), refusal: title };
}
