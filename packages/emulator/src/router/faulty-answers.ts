import type { EmulatedResponse } from '../exchange.js';
import type { AnswerFault, GatewayFault } from '../faults/fault.js';
import { gatewayAnswer, htmlPage, isXmlPath, unauthorized } from './gateway-answers.js';

/** What a call gets that never reaches the platform; undefined: the fault shows when the signature is checked. */
export function answerOfGateway(fault: GatewayFault, path: string, sequence: number): EmulatedResponse | undefined {
  switch (fault.kind) {
    case 'status':
      return statusAnswer(fault.status, fault.retryAfterSeconds, path);
    case 'html-200':
      return htmlPage(200, 'Scheduled maintenance', 'The service is not available at the moment. Please log in again later.');
    case 'reset-before':
      return { status: 503, headers: {}, body: new Uint8Array(), delivery: { kind: 'reset' } };
    case 'expired-credentials':
      return unauthorized(path, sequence);
    case 'clock-skew':
      return undefined;
  }
}

/** What becomes of the platform's answer on its way. */
export async function spoilAnswer(answer: EmulatedResponse, fault: AnswerFault, path: string): Promise<EmulatedResponse> {
  switch (fault.kind) {
    case 'reset-after':
      return { ...answer, delivery: { kind: 'reset' } };
    case 'stall':
      return { ...answer, delivery: { kind: 'stall' } };
    case 'cut-body':
      return cutInHalf(answer);
    case 'empty-200':
      return { ...answer, status: 200, body: new Uint8Array() };
    case 'wrong-root':
      return { ...answer, status: 200, ...(isXmlPath(path) ? otherXml : otherJson) };
    case 'bad-xml':
      return { ...answer, status: 200, ...brokenXml };
    case 'bad-json':
      return { ...answer, status: 200, ...brokenJson };
  }
}

function statusAnswer(status: number, retryAfterSeconds: number | null, path: string): EmulatedResponse {
  if (status === 204 || status === 304) {
    return { status, headers: {}, body: new Uint8Array() };
  }
  const answer = gatewayAnswer(path, { status, message: 'The service cannot answer this request now.' });
  const retryAfter = retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) };
  return { ...answer, headers: { ...answer.headers, ...retryAfter } };
}

/** The announced length stays, so that a client can notice. */
async function cutInHalf(answer: EmulatedResponse): Promise<EmulatedResponse> {
  const body = await wholeBody(answer.body);
  return { ...answer, body, delivery: { kind: 'cut', afterBytes: Math.floor(body.byteLength / 2) } };
}

/** A body as one piece, whatever it was before. */
export async function wholeBody(body: EmulatedResponse['body']): Promise<Uint8Array> {
  if (body instanceof Uint8Array) {
    return body;
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const xmlHeaders = { 'content-type': 'text/xml' };
const jsonHeaders = { 'content-type': 'application/json;charset=UTF-8' };
const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n\n';
const otherXml = { headers: xmlHeaders, body: Buffer.from(`${declaration}<unexpecteddocument version="1.0"/>\n`) };
const otherJson = { headers: jsonHeaders, body: Buffer.from('["unexpected"]') };
const brokenXml = { headers: xmlHeaders, body: Buffer.from(`${declaration}<buildinfo build_id="1"><build version="v`) };
const brokenJson = { headers: jsonHeaders, body: Buffer.from('{"_embedded":{"applications":[{"guid":"') };
