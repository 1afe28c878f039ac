/** A shorter one would be found in every other word. */
const SHORTEST_SECRET = 8;

/** What the agent hands to a task in its environment and nobody else is to see there. */
export interface HandedOver {
  /** Values that were given, by the name of the input in capitals; what is empty was not given. */
  readonly inputs: ReadonlyMap<string, string>;
  /** A parameter of a service connection's authorization; null where there is none. */
  readonly secretOf: (connectionId: string, parameter: string) => string | null;
  /** A secret variable of the pipeline, by its name with underscores in capitals. */
  readonly secretVariable: (name: string) => string | null;
  /** Every secret of the above that is long enough to be one, for whoever must not show them. */
  readonly secrets: readonly string[];
}

/**
 * Takes inputs, secret variables and the secrets of connections out of the environment, before anything else can read it. The
 * task library does the same when it loads, but forgets which inputs there were, and writes each secret that it is asked for
 * into its debug log.
 *
 * @see github.com/microsoft/azure-pipelines-agent, Handlers/Handler.cs: how the agent puts them there
 */
export function takeHandedOver(env: NodeJS.ProcessEnv): HandedOver {
  const taken = new Map<string, string>();
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || !/^(?:INPUT|SECRET|ENDPOINT_AUTH)_/iu.test(name)) continue;
    taken.set(name.toUpperCase(), value);
    Reflect.deleteProperty(env, name);
  }
  const get = (name: string): string | null => nullIfEmpty(taken.get(name.toUpperCase()));
  const given = [...taken].flatMap(([name, value]) => (name.startsWith('INPUT_') && value.trim() !== '' ? [[name.slice('INPUT_'.length), value] as const] : []));
  return {
    inputs: new Map(given),
    secretOf: (connectionId, parameter) => get(`ENDPOINT_AUTH_PARAMETER_${connectionId}_${parameter}`),
    secretVariable: (name) => get(`SECRET_${name}`),
    secrets: [...taken].flatMap(([name, value]) => (/^(?:SECRET|ENDPOINT_AUTH_PARAMETER)_/u.test(name) && value.length >= SHORTEST_SECRET ? [value] : [])),
  };
}

function nullIfEmpty(text: string | undefined): string | null {
  return text === undefined || text.trim() === '' ? null : text;
}
