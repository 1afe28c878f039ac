import { PlatformRefusal } from '../platform/refusal.js';

/** The parameters of a call, read the way the platform reads them: empty is absent, booleans in any case. */
export interface Parameters {
  text(name: string): string | undefined;
  required(name: string): string;
  /** A decimal id. */
  id(name: string): string | undefined;
  requiredId(name: string): string;
  flag(name: string): boolean | undefined;
  /** One of the given words, exactly as written. */
  word<T extends string>(name: string, words: readonly T[]): T | undefined;
}

/** @throws PlatformRefusal from every reader when the value has not the right form */
export function readParameters(values: ReadonlyMap<string, string>): Parameters {
  const text = (name: string): string | undefined => {
    const value = values.get(name);
    return value === undefined || value === '' ? undefined : value;
  };
  const required = (name: string): string => text(name) ?? missing(name);
  const id = (name: string): string | undefined => {
    const value = text(name);
    return value === undefined || /^-?\d+$/.test(value) ? value : missing(name);
  };
  return {
    text,
    required,
    id,
    requiredId: (name) => id(name) ?? missing(name),
    flag(name) {
      switch (text(name)?.toLowerCase()) {
        case undefined:
          return undefined;
        case 'true':
          return true;
        case 'false':
          return false;
        default:
          throw new PlatformRefusal(`The parameter ${name} must be true or false.`);
      }
    },
    word(name, words) {
      const value = text(name);
      const known = words.find((word) => word === value);
      if (value !== undefined && known === undefined) {
        throw new PlatformRefusal(`The parameter ${name} must be one of: ${words.join(', ')}.`);
      }
      return known;
    },
  };
}

/** The id of the application; both spellings are in use. */
export function applicationId(parameters: Parameters): string {
  return parameters.id('app_id') ?? parameters.id('appid') ?? missing('app_id');
}

function missing(name: string): never {
  throw new PlatformRefusal(`No ${name} parameter specified`);
}
