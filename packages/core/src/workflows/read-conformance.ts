import { REST_OPERATIONS, XML_OPERATIONS } from '../api/operations.js';
import { withQuery, type Query } from '../api/rest/query.js';
import { callRest } from '../api/rest/rest-call.js';
import { callXml, xmlOperation, type XmlParameters } from '../api/xml/xml-call.js';
import { BUILDINFO, BUILDLIST } from '../codecs/documents/builds.js';
import { APPLIST } from '../codecs/documents/applications.js';
import { SANDBOXLIST } from '../codecs/documents/sandboxes.js';
import { decodeApplicationProfile } from '../codecs/rest-documents/application-profile.js';
import { decodeUser } from '../codecs/rest-documents/identity.js';
import { decodePolicy } from '../codecs/rest-documents/policy.js';
import { decodeSandboxProfile } from '../codecs/rest-documents/sandbox-profile.js';
import { decodeRestFinding } from '../codecs/rest-findings.js';
import { type JsonObject, optionalObject, optionalObjects, readDate, requireText } from '../codecs/rest.js';
import { compareShape, type ShapeDifference } from '../codecs/shapes/compare-shape.js';
import { APPLICATION, APPLICATION_PAGE, FINDING_PAGE, OWN_CREDENTIALS, OWN_USER, POLICY_PAGE, SANDBOX_PAGE } from '../codecs/shapes/rest-shapes.js';
import type { Shape } from '../codecs/shapes/shape.js';
import { APPLIST_DOCUMENT, BUILDINFO_DOCUMENT, BUILDLIST_DOCUMENT, SANDBOXLIST_DOCUMENT } from '../codecs/shapes/xml-shapes.js';
import type { XmlDocument } from '../codecs/xml-answer.js';
import type { XmlElement } from '../codecs/xml-element.js';
import type { ApplicationProfile } from '../domain/application-profile.js';
import { isVeracodeError } from '../kernel/errors.js';
import type { Operation } from '../transport/http.js';
import type { CallingRun } from './run.js';

/** How one read-only answer compares with what is expected of it. @public */
export interface ComparedAnswer {
  /** As the platform calls it. */
  readonly operation: string;
  /**
   * `compared`; `refused` by the platform, for instance for want of a role; `unreadable`, which is no answer of the
   * expected kind at all; `not asked`, where there is nothing to ask about.
   */
  readonly outcome: 'compared' | 'refused' | 'unreadable' | 'not asked';
  /** Code of the error of an answer that could not be had, or that our decoder refuses; null when all is well. */
  readonly code: string | null;
  readonly differences: readonly ShapeDifference[];
}

/** Few items of each list are enough, and spare the platform. */
const ITEMS = 20;

/**
 * Reads one answer of each kind that the workflows rely on, and compares it with the shape that is expected, and with
 * what the decoder makes of it. Reads only. Nothing of what is returned holds a value of the account: paths, kinds, and
 * words of closed sets.
 *
 * @param application - where to look; null: the first one that the account can see
 * @throws AbortedError, DeadlineError; what the platform does is part of the answer
 * @public
 */
export async function readConformance(run: CallingRun, application: Pick<ApplicationProfile, 'guid' | 'applicationId'> | null): Promise<readonly ComparedAnswer[]> {
  let place = application;
  const answers: ComparedAnswer[] = [];
  answers.push(await compareRest(run, { operation: 'GET /api/authn/v2/users/self', shape: OWN_USER, decode: (answer) => decodeUser(answer, 'users/self') }));
  answers.push(await compareRest(run, { operation: 'GET /api/authn/v2/api_credentials', shape: OWN_CREDENTIALS, decode: decodeOwnCredentials }));
  answers.push(
    await compareRest(run, {
      operation: 'GET /appsec/v1/applications',
      query: FIRST_PAGE,
      shape: APPLICATION_PAGE,
      decode(answer) {
        const [first] = itemsOf(answer, 'applications', decodeApplicationProfile);
        place ??= first ?? null;
      },
    }),
  );
  answers.push(await compareRest(run, { operation: 'GET /appsec/v1/policies', query: FIRST_PAGE, shape: POLICY_PAGE, decode: (answer) => itemsOf(answer, 'policy_versions', decodePolicy) }));
  answers.push(await compareXml(run, { operation: 'getapplist.do', shape: APPLIST_DOCUMENT, document: APPLIST, parameters: {} }));
  const found = place;
  if (found === null) return [...answers, ...PLACED.map((operation) => notAsked(operation))];
  answers.push(await compareRest(run, { operation: 'GET /appsec/v1/applications/{guid}', guid: found.guid, shape: APPLICATION, decode: (answer) => decodeApplicationProfile(answer, 'applications') }));
  answers.push(
    await compareRest(run, {
      operation: 'GET /appsec/v1/applications/{guid}/sandboxes',
      guid: found.guid,
      query: FIRST_PAGE,
      shape: SANDBOX_PAGE,
      decode: (answer) => itemsOf(answer, 'sandboxes', decodeSandboxProfile),
    }),
  );
  answers.push(
    await compareRest(run, {
      operation: 'GET /appsec/v2/applications/{guid}/findings',
      guid: found.guid,
      query: { ...FIRST_PAGE, scan_type: 'STATIC' },
      shape: FINDING_PAGE,
      decode: (answer) => itemsOf(answer, 'findings', decodeRestFinding),
    }),
  );
  const parameters = { app_id: found.applicationId };
  answers.push(await compareXml(run, { operation: 'getsandboxlist.do', shape: SANDBOXLIST_DOCUMENT, document: SANDBOXLIST, parameters }));
  answers.push(await compareXml(run, { operation: 'getbuildlist.do', shape: BUILDLIST_DOCUMENT, document: BUILDLIST, parameters }));
  answers.push(await compareXml(run, { operation: 'getbuildinfo.do', shape: BUILDINFO_DOCUMENT, document: BUILDINFO, parameters }));
  return answers;
}

const FIRST_PAGE: Query = { page: 0, size: ITEMS };

/** What can only be asked about an application. */
const PLACED = [
  'GET /appsec/v1/applications/{guid}',
  'GET /appsec/v1/applications/{guid}/sandboxes',
  'GET /appsec/v2/applications/{guid}/findings',
  'getsandboxlist.do',
  'getbuildlist.do',
  'getbuildinfo.do',
];

interface RestComparison {
  readonly operation: string;
  readonly guid?: string;
  readonly query?: Query;
  readonly shape: Shape;
  /** @throws ProtocolError when the decoder that the workflows use cannot read the answer */
  readonly decode: (answer: JsonObject) => unknown;
}

function compareRest({ client, call }: CallingRun, { operation: name, guid = '', query = {}, shape, decode }: RestComparison): Promise<ComparedAnswer> {
  const operation = operationNamed(name);
  const path = withQuery(name.slice('GET '.length).replace(/\{\w+\}/u, encodeURIComponent(guid)), query);
  return compared(name, shape, decode, () => callRest(client, { operation, method: 'GET', path, call, decode: (answer) => answer }));
}

interface XmlComparison {
  readonly operation: string;
  readonly shape: Shape;
  readonly document: XmlDocument<unknown>;
  readonly parameters: XmlParameters;
}

function compareXml({ client, call }: CallingRun, { operation: name, shape, document, parameters }: XmlComparison): Promise<ComparedAnswer> {
  const operation = xmlOperation(`/api/5.0/${name}`, operationNamed(name));
  let root: XmlElement | undefined;
  const raw: XmlDocument<JsonObject> = {
    roots: document.roots,
    decode(element) {
      root = element;
      return objectOf(element);
    },
  };
  return compared(name, shape, () => root && document.decode(root, name), () => callXml(client, { operation, parameters, document: raw, call }));
}

/** Gets an answer, compares it, and lets the decoder try. */
async function compared(operation: string, shape: Shape, decode: (answer: JsonObject) => unknown, read: () => Promise<JsonObject>): Promise<ComparedAnswer> {
  let answer: JsonObject;
  try {
    answer = await read();
  } catch (error) {
    if (!isVeracodeError(error) || error.name === 'AbortedError' || error.name === 'DeadlineError') throw error;
    return { operation, outcome: error.name === 'ProtocolError' ? 'unreadable' : 'refused', code: error.code, differences: [] };
  }
  return { operation, outcome: 'compared', code: faultOfDecoder(decode, answer), differences: compareShape(answer, shape) };
}

function faultOfDecoder(decode: (answer: JsonObject) => unknown, answer: JsonObject): string | null {
  try {
    decode(answer);
    return null;
  } catch (error) {
    if (!isVeracodeError(error)) throw error;
    return error.code;
  }
}

function notAsked(operation: string): ComparedAnswer {
  return { operation, outcome: 'not asked', code: null, differences: [] };
}

function itemsOf<T>(answer: JsonObject, element: string, decode: (item: JsonObject, operation: string) => T): readonly T[] {
  const embedded = optionalObject(answer, '_embedded', element);
  return embedded === null ? [] : optionalObjects(embedded, element, element).map((item) => decode(item, element));
}

function decodeOwnCredentials(answer: JsonObject): unknown {
  return [requireText(answer, 'api_id', 'api_credentials'), readDate(answer, 'expiration_ts', 'api_credentials')];
}

function operationNamed(name: string): Operation {
  const operation = [...REST_OPERATIONS, ...XML_OPERATIONS].find((candidate) => candidate.name === name);
  if (operation === undefined) throw new Error(`${name} is no operation.`);
  return operation;
}

/** An element as an object: its attributes, and its children as lists by their names. What XML itself needs is left out. */
function objectOf({ attributes, children }: XmlElement): JsonObject {
  const object = new Map<string, unknown>([...attributes].filter(([name]) => !name.startsWith('xmlns') && !name.includes(':')));
  for (const child of children) {
    const earlier = object.get(child.name);
    object.set(child.name, [...(Array.isArray(earlier) ? (earlier as readonly unknown[]) : []), objectOf(child)]);
  }
  return Object.fromEntries(object);
}
