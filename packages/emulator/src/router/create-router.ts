import type { SignatureVerifier } from '../auth/verify-signature.js';
import type { EmulatedAccount, EmulatedRequest, EmulatedResponse, HandleRequest, Route } from '../exchange.js';
import { isAnswerFault, isGatewayFault, isPlatformFault, type Fault } from '../faults/fault.js';
import type { FaultPlan } from '../faults/fault-plan.js';
import type { Journal, JournalUpdate } from '../journal/journal.js';
import type { PlatformClock } from '../platform-clock.js';
import { guidOf } from '../platform/world.js';
import { BodyBrokeOff, countBody, type CountedBody } from '../request-body.js';
import { findCall, headProblem, parameterProblem, type CallProblem } from './call-problem.js';
import { answerOfGateway, spoilAnswer } from './faulty-answers.js';
import { gatewayAnswer, isXmlPath, unauthorized } from './gateway-answers.js';
import { createRouteFinder, type RouteMatch } from './match-route.js';
import { queryOf, readCallParameters } from './read-parameters.js';

/** What the router is made of. */
export interface RouterParts {
  readonly routes: readonly Route[];
  readonly verifier: SignatureVerifier;
  readonly faults: FaultPlan;
  readonly journal: Journal;
  readonly clock: PlatformClock;
  /** Called after every call that may have changed the platform, before it is answered. */
  readonly onActed: () => void;
}

/** A request on its way through the router. */
interface Passage {
  readonly request: EmulatedRequest;
  readonly path: string;
  readonly body: CountedBody;
  readonly sequence: number;
  readonly faults: readonly Fault[];
  readonly note: (update: JournalUpdate) => void;
}

/** Handles requests from signature to answer; each of them stands in the journal. */
export function createRouter(parts: RouterParts): HandleRequest {
  const findRoutes = createRouteFinder(parts.routes);
  const { clock, journal } = parts;
  return async (request) => {
    const path = request.target.split('?')[0] ?? '';
    const found = request.method === 'CONNECT' || !path.startsWith('/') ? notForwarded(request) : findCall(findRoutes, parts.routes, { method: request.method, path });
    const operation = 'route' in found ? found.route.operation : `${request.method} ${path}`;
    const note = journal.open({ wallMs: clock.wallMs(), emulatedMs: clock.emulatedMs(), method: request.method, host: request.host, path, operation });
    const sequence = journal.entries.length;
    const met = 'route' in found ? parts.faults.meet(operation) : [];
    note({ faults: met.map(({ text }) => text) });
    const passage: Passage = { request, path, body: countBody(request.body, request.headers['content-type']), sequence, faults: met.map(({ fault }) => fault), note };
    const answer = await answerSafely(parts, passage, found);
    const lost = answer.delivery !== undefined && answer.delivery.kind !== 'cut';
    note({ status: lost ? null : answer.status, bodyBytes: passage.body.bytesRead(), json: passage.body.json(), ...(answer.refusal === undefined ? {} : { refusal: answer.refusal }) });
    return withCommonHeaders(answer, passage, clock);
  };
}

/** Whatever goes wrong inside becomes an answer: one request must not end the emulator. */
async function answerSafely(parts: RouterParts, passage: Passage, found: RouteMatch | CallProblem): Promise<EmulatedResponse> {
  try {
    return await answerCall(parts, passage, found);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const status = error instanceof BodyBrokeOff ? 400 : 500;
    const text = status === 500 ? `The emulator failed at this call: ${message}. Please report it.` : message;
    return { ...gatewayAnswer(passage.path, { status, message: text }), refusal: text };
  }
}

async function answerCall(parts: RouterParts, passage: Passage, found: RouteMatch | CallProblem): Promise<EmulatedResponse> {
  await delayCall(parts.clock, passage.faults);
  const gatewayFault = passage.faults.find(isGatewayFault);
  const fromGateway = gatewayFault === undefined ? undefined : answerOfGateway(gatewayFault, passage.path, passage.sequence);
  if (fromGateway !== undefined) {
    return fromGateway;
  }
  if (!('route' in found) && found.status === 403) {
    return refuse(passage, found);
  }
  const answer = 'route' in found && found.route.isOpen === true ? await callPlatform(parts, passage, found, nobody) : await answerSigned(parts, passage, found);
  const answerFault = passage.faults.find(isAnswerFault);
  return answerFault === undefined ? answer : spoilAnswer(answer, answerFault, passage.path);
}

/** Who asks at a place that is open to everybody. */
const nobody: EmulatedAccount = { apiId: '', userName: '', kind: 'person', roles: [], teams: [] };

async function answerSigned(parts: RouterParts, passage: Passage, found: RouteMatch | CallProblem): Promise<EmulatedResponse> {
  const verification = parts.verifier.verify(passage.request, parts.clock.wallMs() + skewMs(passage.faults));
  if ('refusal' in verification) {
    return { ...unauthorized(passage.path, passage.sequence), refusal: verification.refusal };
  }
  passage.note({ account: verification.account.userName });
  return 'route' in found ? callPlatform(parts, passage, found, verification.account) : refuse(passage, found);
}

async function callPlatform(parts: RouterParts, passage: Passage, match: RouteMatch, account: EmulatedAccount): Promise<EmulatedResponse> {
  const { route, pathParameters } = match;
  const { request, path, body, faults, note } = passage;
  const ofHead = headProblem(route, request);
  if (ofHead !== undefined) {
    return refuse(passage, ofHead);
  }
  const read = await readCallParameters(route, { target: request.target, headers: request.headers, body });
  if ('problem' in read) {
    return refuse(passage, { status: read.status, message: read.problem });
  }
  const { parameters } = read;
  note({ parameters: Object.fromEntries(parameters) });
  const ofParameters = parameterProblem(route, parameters);
  if (ofParameters !== undefined) {
    return refuse(passage, ofParameters);
  }
  const call = { method: request.method, path, parameters, query: queryOf(request.target), headers: request.headers, body, account, faults: faults.filter(isPlatformFault) };
  const answer = await route.handle(call, pathParameters);
  note({ acted: answer.refusal === undefined });
  parts.onActed();
  return answer;
}

function refuse({ path, sequence }: Passage, { status, message }: CallProblem): EmulatedResponse {
  const answer = status === 401 ? unauthorized(path, sequence) : gatewayAnswer(path, { status, message });
  return { ...answer, refusal: message };
}

/** The proxy hands over what it does not forward, so that it stands in the journal. */
function notForwarded({ method, target }: EmulatedRequest): CallProblem {
  return { status: 403, message: `${method} ${target}: this proxy leads to the emulated Veracode hosts, port 443, and nowhere else.` };
}

async function delayCall(clock: PlatformClock, faults: readonly Fault[]): Promise<void> {
  for (const fault of faults) {
    if (fault.kind === 'delay') {
      await clock.sleep(fault.seconds * 1000);
    }
  }
}

function skewMs(faults: readonly Fault[]): number {
  return faults.reduce((sum, fault) => sum + (fault.kind === 'clock-skew' ? fault.seconds * 1000 : 0), 0);
}

function withCommonHeaders(answer: EmulatedResponse, { path, sequence, faults }: Passage, clock: PlatformClock): EmulatedResponse {
  const date = new Date(clock.wallMs() + skewMs(faults)).toUTCString();
  const conversation = isXmlPath(path) ? {} : { 'x-conversation-id': guidOf('conversation', String(sequence)) };
  return { ...answer, headers: { date, ...conversation, ...answer.headers } };
}
