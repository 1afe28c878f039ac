import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';

type Json = Readonly<Record<string, unknown>>;

/** An OpenAPI file of the vendor (version 2 or 3), ready to judge answers. */
export interface Specification {
  readonly file: string;
  /** By method and path, the names in the path left out: `GET /appsec/v1/applications/{}`. */
  operation(key: string): SpecifiedOperation | undefined;
  /** What something has that a definition of the file does not allow, for answers that no path describes. */
  deviationsFrom(definition: string, value: unknown): readonly string[];
}

export interface SpecifiedOperation {
  readonly statuses: readonly string[];
  /**
   * What an answer has that the file does not allow, each a short text that names the definition and the field:
   * `Application.created: wanted string, got null`.
   */
  deviations(status: number, body: string): readonly string[];
}

/** Tells errors which definition they speak of: references hide it. */
const ownerKeyword = 'x-definition';
const methods = ['get', 'post', 'put', 'delete'];

/** The path of a route without the names in it. */
export function operationKey(operation: string): string {
  return operation.replaceAll(/\{\w+\}/g, '{}');
}

/** @param folder - of the OpenAPI files */
export function readSpecification(folder: string, name: string): Specification {
  const file = basename(name);
  const document = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Json;
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true });
  formats.default(ajv, { formats: ['date-time', 'int32', 'int64', 'double', 'float', 'byte', 'uuid'] });
  // Two formats are spelled in ways that nobody else uses.
  ajv.addFormat('UUID', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);
  ajv.addFormat('Double', true);
  ajv.addSchema({ $id: file, ...withTranslatedDefinitions(document) });
  const operations = new Map<string, SpecifiedOperation>();
  for (const [path, item] of Object.entries(objectAt(document, 'paths'))) {
    for (const method of methods.filter((word) => word in (item as Json))) {
      const responses = objectAt(objectAt(item as Json, method), 'responses');
      operations.set(operationKey(`${method.toUpperCase()} ${path}`), specifiedOperation(ajv, file, responses));
    }
  }
  return {
    file,
    operation: (key) => operations.get(key),
    deviationsFrom(definition, value) {
      const validate = ajv.compile({ $ref: `${file}#/definitions/${definition}` });
      return validate(value) ? [] : (validate.errors ?? []).map(describe);
    },
  };
}

function specifiedOperation(ajv: Ajv, file: string, responses: Json): SpecifiedOperation {
  const validators = new Map<string, ValidateFunction | null>();
  for (const [status, response] of Object.entries(responses)) {
    const schema = schemaOf(response as Json);
    validators.set(status, schema === undefined ? null : ajv.compile(absolute(translate(schema, '(answer)'), file) as object));
  }
  return {
    statuses: [...validators.keys()],
    deviations(status, body) {
      const validate = validators.get(String(status));
      if (validate === undefined) {
        return [`status ${status}: not among ${[...validators.keys()].join(', ')}`];
      }
      // A status without a schema says nothing about the body; an empty body has no shape.
      if (validate === null || body === '') {
        return [];
      }
      return validate(JSON.parse(body)) ? [] : [...new Set(withoutOtherBranches(validate.errors ?? []).map(describe))];
    },
  };
}

/** Version 3 has a schema for each media type, version 2 one. */
function schemaOf(response: Json): Json | undefined {
  const [content] = Object.values((response['content'] ?? {}) as Record<string, Json>);
  return (content?.['schema'] ?? response['schema']) as Json | undefined;
}

function withTranslatedDefinitions(document: Json): Json {
  const definitions = (document['definitions'] ?? {}) as Json;
  const components = { schemas: translateAll(((document['components'] ?? {}) as { schemas?: Json }).schemas ?? {}) };
  return { definitions: translateAll(definitions), components };
}

/** @param owner - the definition they belong to; left out: each is one of its own */
function translateAll(schemas: Json, owner?: string): Json {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, translate(schema as Json, owner ?? name)]));
}

/**
 * An OpenAPI schema as a JSON Schema. `nullable` becomes a second type, `readOnly`, `xml` and examples go away, and objects
 * take no other keys than the named ones: the vendor's files leave that open, so that nothing would ever contradict them.
 */
function translate(schema: Json, owner: string): Json {
  const { nullable, 'x-nullable': xNullable, readOnly: _r, writeOnly: _w, xml: _x, example: _e, discriminator: _d, ...rest } = schema;
  if (typeof rest['$ref'] === 'string') {
    // The file means the findings of this API; the other definition belongs to the manual tests, with names in camel case.
    const $ref = rest['$ref'] === '#/components/schemas/ManualFinding' ? '#/components/schemas/ManualFindingV2' : rest['$ref'];
    return nullable === true || xNullable === true ? { anyOf: [{ $ref }, { type: 'null' }] } : { $ref };
  }
  const translated = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, translateKeyword(key, value, owner)]));
  // Where alternatives are listed, they know the keys.
  const isClosed = 'properties' in rest && !['oneOf', 'anyOf', 'allOf', 'additionalProperties'].some((key) => key in rest);
  const closed = isClosed ? { additionalProperties: false } : {};
  if ((nullable === true || xNullable === true) && typeof rest['type'] === 'string') {
    return { ...translated, ...closed, [ownerKeyword]: owner, type: [rest['type'], 'null'] };
  }
  return { ...translated, ...closed, [ownerKeyword]: owner };
}

function translateKeyword(key: string, value: unknown, owner: string): unknown {
  switch (key) {
    case 'properties':
      return translateAll(value as Json, owner);
    case 'items':
    case 'not':
      return translate(value as Json, owner);
    case 'additionalProperties':
      return typeof value === 'object' ? translate(value as Json, owner) : value;
    case 'oneOf':
    case 'anyOf':
    case 'allOf':
      return (value as readonly Json[]).map((schema) => translate(schema, owner));
    default:
      return value;
  }
}

/** References of a schema that stands outside of its file. */
function absolute(value: unknown, file: string): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => absolute(item, file));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === '$ref' && typeof inner === 'string' ? `${file}${inner}` : absolute(inner, file)]),
  );
}

/** Of alternatives that all fail, the errors of the nearest one say what is wrong. */
function withoutOtherBranches(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const places = errors.filter(({ keyword }) => keyword === 'oneOf').map(({ instancePath }) => instancePath);
  return places.reduce<readonly ErrorObject[]>((left, place) => {
    const inside = left.filter((error) => error.instancePath.startsWith(place) && error.keyword !== 'oneOf');
    const branches = [...new Set(inside.map(definitionOf))].map((name) => inside.filter((error) => definitionOf(error) === name));
    const [nearest = []] = branches.sort((one, other) => one.length - other.length);
    return left.filter((error) => !error.instancePath.startsWith(place) || nearest.includes(error));
  }, errors);
}

function definitionOf({ parentSchema }: ErrorObject): string {
  return String(parentSchema?.[ownerKeyword]);
}

function describe(error: ErrorObject): string {
  const fields = error.instancePath.split('/').filter((part) => part !== '' && !/^\d+$/.test(part));
  const params = error.params as Readonly<Record<string, unknown>>;
  if (error.keyword === 'additionalProperties') {
    return `${definitionOf(error)}: does not know ${String(params['additionalProperty'])}`;
  }
  const got = error.data === null ? 'null' : Array.isArray(error.data) ? 'array' : typeof error.data;
  const wanted = error.keyword === 'type' ? String(params['type']) : `${error.keyword} ${error.keyword === 'enum' ? '' : JSON.stringify(error.schema)}`.trim();
  return `${definitionOf(error)} ${fields.at(-1) ?? ''}: wanted ${wanted}, got ${error.keyword === 'type' ? got : JSON.stringify(error.data)}`;
}

function objectAt(object: Json, key: string): Json {
  const value = object[key];
  if (typeof value !== 'object' || value === null) {
    throw new Error(`the OpenAPI file has no object ${key}`);
  }
  return value as Json;
}
