import { ConflictError, NotFoundError } from '../kernel/errors.js';
import { nearestNames } from '../kernel/nearest-names.js';

/** Something on the platform that has a name: by its number in the XML API, by its GUID in the REST API. */
type Named = { readonly name: string } & ({ readonly id: string } | { readonly guid: string });

/** What a search by name came to. @public */
export interface NameMatch<T> {
  readonly found: T;
  /** False when only another case of the name exists. */
  readonly exact: boolean;
}

/**
 * Finds the one item of a list with a name: exactly, or in another case where exactly one matches.
 *
 * The platform's own tools ignore case and take the first match, so two names may differ in case only.
 *
 * @param what - for messages: `application profile`
 * @returns undefined when nothing matches
 * @throws ConflictError `ambiguous-name` when several match
 * @public
 */
export function findByName<T extends Named>(what: string, name: string, items: readonly T[]): NameMatch<T> | undefined {
  const exact = items.filter((item) => item.name === name);
  const matches = exact.length > 0 ? exact : items.filter((item) => item.name.toLowerCase() === name.toLowerCase());
  const [found, ...others] = matches;
  if (found === undefined) return undefined;
  if (others.length === 0) return { found, exact: exact.length > 0 };
  const listed = matches.map((item) => `"${item.name}" (id ${'id' in item ? item.id : item.guid})`).join(', ');
  throw new ConflictError(`The name "${name}" fits more than one ${what}: ${listed}.`, {
    code: 'ambiguous-name',
    advice: `Give the exact name of the ${what} that is meant.`,
  });
}

/**
 * The error for a name that does not exist, near names included.
 *
 * @param subject - what is missing, with its name: `policy "Strict"`
 */
export function notFoundByName(subject: string, name: string, items: readonly Pick<Named, 'name'>[], advice: string): NotFoundError {
  const near = nearestNames(
    name,
    items.map((item) => item.name),
  );
  const hint = near.length === 0 ? '' : ` Near: ${near.map((other) => `"${other}"`).join(', ')}.`;
  return new NotFoundError(`There is no ${subject} that this account can see.${hint}`, {
    code: 'name-not-found',
    advice,
  });
}
