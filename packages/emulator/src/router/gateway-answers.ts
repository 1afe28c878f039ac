import type { EmulatedResponse } from '../exchange.js';
import { guidOf } from '../platform/world.js';

/** XML calls answer trouble with pages, REST calls with JSON. */
export function isXmlPath(path: string): boolean {
  return path.endsWith('.do');
}

/** What stands before the platform answers in its place. */
export function gatewayAnswer(path: string, problem: { readonly status: number; readonly message: string }): EmulatedResponse {
  const { status, message } = problem;
  const title = titles[status] ?? 'Error';
  if (isXmlPath(path)) {
    return htmlPage(status, `Error Code: ${status}`, message);
  }
  const body = { message, http_code: status, http_status: title };
  return { status, headers: { 'content-type': 'application/json;charset=UTF-8' }, body: Buffer.from(JSON.stringify(body)) };
}

/** Every refused signature looks the same: the reason stands in the journal only. */
export function unauthorized(path: string, sequence: number): EmulatedResponse {
  const conversation = guidOf('conversation', String(sequence));
  const message = isXmlPath(path) ? 'Request requires HTTP authentication' : conversation;
  const answer = gatewayAnswer(path, { status: 401, message });
  return { ...answer, headers: { ...answer.headers, 'x-conversation-id': conversation } };
}

/** A page for people, where a client expected a document. */
export function htmlPage(status: number, title: string, text: string): EmulatedResponse {
  const html = `<!DOCTYPE html>\n<html><head><title>${escapeHtml(title)}</title></head>\n<body><h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(text)}</p></body></html>\n`;
  return { status, headers: { 'content-type': 'text/html;charset=UTF-8' }, body: Buffer.from(html) };
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  411: 'Length Required',
  413: 'Payload Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
