import { parseArgs } from 'node:util';
import type { Settings } from '../scenarios/settings-schema.js';
import { nearestName } from '../nearest-name.js';

/** What the command line asks for. */
export type CommandRequest =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | ({ readonly kind: 'start' } & StartRequest);

export interface StartRequest {
  readonly port: number;
  readonly tlsPort?: number;
  readonly proxyPort?: number;
  readonly timeScale: number;
  readonly scenarioFile?: string;
  readonly stateDir?: string;
  /** Instead of what the scenario says. */
  readonly oldCredentials?: Settings['oldCredentials'];
}

/** A command line that cannot be followed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const options = {
  port: { type: 'string' },
  'tls-port': { type: 'string' },
  'proxy-port': { type: 'string' },
  'time-scale': { type: 'string' },
  scenario: { type: 'string' },
  'state-dir': { type: 'string' },
  'old-credentials': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;
type OptionName = keyof typeof options;

const highestPort = 65_535;

/** Reads the command line. @throws UsageError with one message for one fault */
export function parseCommandLine(args: readonly string[]): CommandRequest {
  const values = readValues(args);
  if (values.has('help')) {
    return { kind: 'help' };
  }
  if (values.has('version')) {
    return { kind: 'version' };
  }
  const scenarioFile = values.get('scenario');
  const stateDir = values.get('state-dir');
  return {
    kind: 'start',
    port: readPort(values, 'port') ?? 0,
    timeScale: readTimeScale(values.get('time-scale')),
    ...optional('tlsPort', readPort(values, 'tls-port')),
    ...optional('proxyPort', readPort(values, 'proxy-port')),
    ...optional('scenarioFile', scenarioFile),
    ...optional('stateDir', stateDir),
    ...optional('oldCredentials', readOldCredentials(values.get('old-credentials'))),
  };
}

function readValues(args: readonly string[]): ReadonlyMap<OptionName, string> {
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const values = new Map<OptionName, string>();
  for (const token of tokens) {
    if (token.kind === 'positional') {
      throw new UsageError(`"${token.value}" is no option. verapipe-emulator takes options only; see --help.`);
    }
    if (token.kind === 'option') {
      const name = knownName(token.name, token.rawName);
      if (values.has(name)) {
        throw new UsageError(`--${name} was given twice.`);
      }
      values.set(name, valueOf(name, token.value));
    }
  }
  return values;
}

function knownName(name: string, rawName: string): OptionName {
  if (isKnown(name)) {
    return name;
  }
  const nearest = nearestName(name, Object.keys(options));
  throw new UsageError(`Unknown option ${rawName}.${nearest === undefined ? ' See --help.' : ` Did you mean --${nearest}?`}`);
}

function isKnown(name: string): name is OptionName {
  return Object.hasOwn(options, name);
}

function valueOf(name: OptionName, value: string | undefined): string {
  const isFlag = options[name].type === 'boolean';
  if (isFlag && value !== undefined) {
    throw new UsageError(`--${name} takes no value.`);
  }
  if (!isFlag && (value === undefined || value === '' || value.startsWith('--'))) {
    throw new UsageError(`--${name} needs a value.`);
  }
  return value ?? '';
}

function readPort(values: ReadonlyMap<OptionName, string>, name: OptionName): number | undefined {
  const text = values.get(name);
  if (text === undefined) {
    return undefined;
  }
  if (!/^\d{1,5}$/.test(text) || Number(text) > highestPort) {
    throw new UsageError(`--${name} must be a port from 0 (a free one) to ${highestPort}, not "${text}".`);
  }
  return Number(text);
}

function readTimeScale(text = '1'): number {
  if (!/^\d{1,7}(\.\d{1,6})?$/.test(text) || Number(text) === 0) {
    throw new UsageError(`--time-scale must be a number above 0, for instance 600 (an hour in six seconds), not "${text}".`);
  }
  return Number(text);
}

function readOldCredentials(text: string | undefined): Settings['oldCredentials'] | undefined {
  if (text === undefined || text === '24h' || text === 'at-once') {
    return text;
  }
  throw new UsageError(`--old-credentials must be 24h or at-once, not "${text}".`);
}

function optional<K extends string, V>(name: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [name]: value } as Record<K, V>);
}
