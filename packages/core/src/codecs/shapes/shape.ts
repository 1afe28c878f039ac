/**
 * What an answer should look like, as data.
 *
 * - `text`, `number`, `flag` (true or false), `date` (text in one of the platform's spellings), `any`.
 * - `id`, `boolean`: text that is a whole number, or one of two words; in XML everything is text.
 * - `=A|B`: text that is one of a small closed set of words.
 * - `[shape]`: a list. An object: by field; a `?` at the end of a name means that the field may be missing, null or
 *   empty.
 */
export type Shape = string | readonly [Shape] | { readonly [field: string]: Shape };

/** Links of a resource: which there are is no business of ours, except that they lead somewhere. */
export const LINK: Shape = { href: 'text', 'templated?': 'flag' };

/** A page of a list, in the HAL form of all REST services. */
export function pageOf(element: string, item: Shape, links: Readonly<Record<string, Shape>> = {}): Shape {
  return {
    // Without hits it is missing altogether.
    '_embedded?': { [element]: [item] },
    '_links?': { 'self?': LINK, 'first?': LINK, 'prev?': LINK, 'next?': LINK, 'last?': LINK, ...links },
    page: { number: 'number', size: 'number', total_elements: 'number', total_pages: 'number' },
    'fallback_type?': 'any',
    'full_type?': 'any',
  };
}
