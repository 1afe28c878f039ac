import type { ApiCall, EmulatedResponse, Route } from '../../exchange.js';
import { PlatformRefusal } from '../../platform/refusal.js';
import type { World } from '../../platform/world.js';
import { readParameters, type Parameters } from '../parameters.js';
import { rootAttributes, type DocumentName } from './documents.js';
import { declaration, renderElement, type XmlAttributes, type XmlElement } from './xml-text.js';

/** An XML call: what it is named, what it takes, what it does. */
export interface XmlCall {
  /** For instance `createbuild.do`. */
  readonly operation: string;
  /** The segment after `/api/` in the documentation; null for the two calls that have none. */
  readonly version: '3.0' | '4.0' | '5.0' | null;
  /** Uploads are POST only; everything else may be GET as well. */
  readonly methods?: readonly string[];
  readonly parameters: readonly string[];
  readonly body?: 'file';
  answer(parameters: Parameters, call: ApiCall): EmulatedResponse | Promise<EmulatedResponse>;
}

/** Calls answer under the older versions as well; clients in use still ask for those. */
const versions: readonly string[] = ['2.0', '3.0', '4.0', '5.0'];

/** Makes the route of an XML call: refusals become `<error>` documents. */
export function xmlRoute(world: World, xmlCall: XmlCall): Route {
  const { operation, version, methods = ['GET', 'POST'], parameters } = xmlCall;
  return {
    operation,
    methods,
    path: version === null ? `/api/${operation}` : `/api/${version}/${operation}`,
    otherPaths: version === null ? [] : versions.filter((other) => other !== version).map((other) => `/api/${other}/${operation}`),
    parameters,
    ...(xmlCall.body === undefined ? {} : { body: xmlCall.body }),
    async handle(call) {
      try {
        return await xmlCall.answer(readParameters(call.parameters), call);
      } catch (error) {
        if (error instanceof PlatformRefusal) {
          return errorResponse(world, error.message);
        }
        throw error;
      }
    },
  };
}

/** A document of the platform; attributes follow those of the schema. */
export function documentResponse(
  world: World,
  name: DocumentName,
  content: { readonly attributes?: XmlAttributes; readonly children?: readonly XmlElement[]; readonly comment?: string },
): EmulatedResponse {
  const style = world.scenario.settings.xmlStyle;
  const root: XmlElement = {
    name,
    attributes: { ...rootAttributes(name), ...content.attributes },
    children: content.children ?? [],
  };
  const comment = content.comment === undefined ? '' : `<!-- ${content.comment} -->\n`;
  return xmlResponse(`${declaration('UTF-8')}${renderElement(root, style)}${comment}`);
}

/** `<result>success</result>` under the root of a deletion. */
export function successResponse(
  world: World,
  name: 'deleteapp' | 'deletebuildresult' | 'removefile' | 'deletesandboxresult',
  attributes: XmlAttributes,
): EmulatedResponse {
  return documentResponse(world, name, { attributes, children: [{ name: 'result', text: 'success' }] });
}

/** The platform's way to say no: status 200 unless the scenario says otherwise. */
export function errorResponse(world: World, text: string): EmulatedResponse {
  const element = renderElement({ name: 'error', text }, world.scenario.settings.xmlStyle);
  return { ...xmlResponse(`${declaration('UTF-8')}${element}`), status: world.scenario.settings.errorStatus, refusal: text };
}

/** Headers of every XML answer. */
export const xmlHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store private must-revalidate',
  'content-type': 'text/xml',
  expires: 'Thu, 01 Jan 1970 00:00:00 GMT',
  pragma: '',
  server: 'Apache',
};

function xmlResponse(text: string): EmulatedResponse {
  return { status: 200, headers: xmlHeaders, body: Buffer.from(text, 'utf8') };
}
