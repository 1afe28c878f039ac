import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One report as Bitbucket keeps it. */
export interface KeptReport {
  readonly report: Readonly<Record<string, unknown>>;
  readonly annotations: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

/** The reports of Bitbucket Cloud, with the limits that its pages tell; anything beyond them is a 400. */
export interface BitbucketApi {
  readonly url: string;
  /** Every call in its order: method, path after the commit, status. */
  readonly calls: readonly string[];
  /** Bodies of the PUTs, with the results that a report went through. */
  readonly results: readonly unknown[];
  report(id: string): KeptReport | undefined;
  /** The next calls of a method get these answers instead. */
  failNext(method: string, answers: readonly { readonly status: number; readonly retryAfter?: string; readonly body?: string }[]): void;
  /** Forgets reports and calls. */
  reset(): void;
  close(): Promise<void>;
}

export const REPOSITORY = { BITBUCKET_WORKSPACE: 'ann', BITBUCKET_REPO_SLUG: 'shop', BITBUCKET_COMMIT: '0123456789abcdef0123456789abcdef01234567' };

const PREFIX = `/2.0/repositories/ann/shop/commit/${REPOSITORY.BITBUCKET_COMMIT}/reports/`;
const REPORT_FIELDS = ['title', 'details', 'external_id', 'reporter', 'link', 'logo_url', 'remote_link_enabled', 'report_type', 'result', 'data'];
const ANNOTATION_FIELDS = ['external_id', 'title', 'annotation_type', 'summary', 'details', 'result', 'severity', 'path', 'line', 'link'];

/**
 * @param authorization - what a call must bring, as the proxy adds it or a client sends it
 * @see developer.atlassian.com "Reports" (Bitbucket Cloud REST API)
 */
export async function startBitbucketApi(authorization: string): Promise<BitbucketApi> {
  const kept = new Map<string, { report: KeptReport['report']; annotations: Map<string, Readonly<Record<string, unknown>>> }>();
  const calls: string[] = [];
  const results: unknown[] = [];
  const failures = new Map<string, { readonly status: number; readonly retryAfter?: string; readonly body?: string }[]>();

  function answer(method: string, place: string, body: unknown): readonly [status: number, document?: unknown] {
    const [id = '', what, ...rest] = place.split('/');
    const entry = kept.get(id);
    if (rest.length > 0 || (what !== undefined && what !== 'annotations')) return [404, refusal('no such resource')];
    if (method === 'PUT' && what === undefined) {
      const fault = reportFault(body);
      if (fault !== null) return [400, refusal(fault)];
      const report = body as KeptReport['report'];
      results.push(report['result'] ?? null);
      kept.set(id, { report, annotations: entry?.annotations ?? new Map<string, Readonly<Record<string, unknown>>>() });
      return [200, body];
    }
    if (entry === undefined) return [404, refusal('there is no such report')];
    if (method === 'DELETE' && what === undefined) {
      kept.delete(id);
      return [204];
    }
    if (method === 'GET') return [200, what === undefined ? entry.report : { size: entry.annotations.size, pagelen: 1, values: [...entry.annotations.values()].slice(0, 1) }];
    if (method !== 'POST' || what === undefined) return [405, refusal('not allowed here')];
    const fault = annotationsFault(body, entry.annotations);
    if (fault !== null) return [400, refusal(fault)];
    for (const annotation of body as readonly Readonly<Record<string, unknown>>[]) entry.annotations.set(String(annotation['external_id']), annotation);
    return [200, body];
  }

  const server = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request);
      const [path = ''] = (request.url ?? '').split('?');
      const method = request.method ?? '';
      const place = path.startsWith(PREFIX) ? decodeURIComponent(path.slice(PREFIX.length)) : null;
      const failure = failures.get(method)?.shift();
      const [status, document] = request.headers.authorization !== authorization ? [401, refusal('no access')] : place === null ? [404, refusal('no such commit')] : failure === undefined ? answer(method, place, body) : [failure.status, failure.body ?? refusal('try again')];
      calls.push(`${method} ${place ?? path} ${status}`);
      end(response, { status, document, retryAfter: failure?.retryAfter });
    })();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    results,
    report: (id) => kept.get(id),
    failNext: (method, answers) => void failures.set(method, [...answers]),
    reset() {
      kept.clear();
      failures.clear();
      calls.length = 0;
      results.length = 0;
    },
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

function reportFault(body: unknown): string | null {
  if (typeof body !== 'object' || body === null) return 'a report is an object';
  const { title, details, report_type: type, result, data = [], external_id: id } = body as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(body).find((field) => !REPORT_FIELDS.includes(field));
  if (unknown !== undefined) return `${unknown} is no field of a report`;
  if (!isText(title, 450)) return 'title: 1 to 450 characters';
  if (!isText(details, 2000)) return 'details: 1 to 2000 characters';
  if (!isOneOf(type, ['SECURITY', 'COVERAGE', 'TEST', 'BUG'])) return 'report_type';
  if (result !== undefined && !isOneOf(result, ['PASSED', 'FAILED', 'PENDING'])) return 'result';
  if (id !== undefined && !isText(id, 450)) return 'external_id';
  if (!Array.isArray(data) || data.length > 10) return 'data: at most 10 fields';
  return null;
}

function annotationsFault(body: unknown, kept: ReadonlyMap<string, unknown>): string | null {
  if (!Array.isArray(body) || body.length === 0 || body.length > 100) return 'between 1 and 100 annotations';
  const ids = new Set(kept.keys());
  for (const annotation of body as readonly Readonly<Record<string, unknown>>[]) {
    const { external_id: id, annotation_type: type, summary, details, severity, result, path, line } = annotation;
    const unknown = Object.keys(annotation).find((field) => !ANNOTATION_FIELDS.includes(field));
    if (unknown !== undefined) return `${unknown} is no field of an annotation`;
    if (!isText(id, 450)) return 'external_id is required';
    if (!isOneOf(type, ['VULNERABILITY', 'CODE_SMELL', 'BUG'])) return 'annotation_type';
    if (!isText(summary, 450)) return 'summary: 1 to 450 characters';
    if (details !== undefined && !isText(details, 2000)) return 'details: at most 2000 characters';
    if (severity !== undefined && !isOneOf(severity, ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'])) return 'severity';
    if (result !== undefined && !isOneOf(result, ['PASSED', 'FAILED', 'IGNORED', 'SKIPPED'])) return 'result';
    if (line !== undefined && (path === undefined || !Number.isInteger(line))) return 'a line needs a path';
    ids.add(String(id));
  }
  return ids.size > 1000 ? 'at most 1000 annotations' : null;
}

function isText(value: unknown, longest: number): boolean {
  return typeof value === 'string' && value !== '' && value.length <= longest;
}

function isOneOf(value: unknown, words: readonly string[]): boolean {
  return words.some((word) => word === value);
}

function refusal(message: string): object {
  return { type: 'error', error: { message } };
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  const text = Buffer.concat(parts).toString('utf8');
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

function end(response: ServerResponse, { status, document, retryAfter }: { readonly status: number; readonly document: unknown; readonly retryAfter: string | undefined }): void {
  if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(typeof document === 'string' ? document : document === undefined ? '' : JSON.stringify(document));
}
