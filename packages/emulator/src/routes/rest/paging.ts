import type { Parameters } from '../parameters.js';
import { RestProblem } from './rest-route.js';

const usualSize = 50;
const maximalSize = 500;

/** Which page is asked for. */
export interface PageRequest {
  readonly number: number;
  readonly size: number;
}

/** A list that is cut into pages: an array, or something that makes its items when they are asked for. */
export interface Pageable<T> {
  readonly length: number;
  slice(from: number, to: number): readonly T[];
}

/** `page` counts from 0; larger sizes than allowed are cut. */
export function readPage(parameters: Parameters, defaultSize = usualSize): PageRequest {
  const number = Number(parameters.text('page') ?? '0');
  const size = Number(parameters.text('size') ?? String(defaultSize));
  if (!Number.isInteger(number) || number < 0 || !Number.isInteger(size) || size < 1) {
    throw new RestProblem(400, 'page must be at least 0 and size at least 1');
  }
  return { number, size: Math.min(size, maximalSize) };
}

/**
 * A HAL page. Without any hit `_embedded` is missing; links to other pages exist only when there are some.
 *
 * @param link.render - makes the JSON of an item; called for those of the page only
 */
export function halPage<T extends object>(
  element: string,
  items: Pageable<T>,
  { number, size }: PageRequest,
  link: {
    readonly url: string;
    readonly query: URLSearchParams;
    readonly template: string;
    readonly render?: (item: T) => object;
    /** Links besides those to pages. */
    readonly more?: Readonly<Record<string, object>>;
  },
): object {
  const { render = (item: T): object => item } = link;
  const pages = Math.ceil(items.length / size);
  const slice = items.slice(number * size, (number + 1) * size);
  const href = (page: number): { href: string } => {
    const query = new URLSearchParams(link.query);
    query.set('page', String(page));
    query.set('size', String(size));
    return { href: `${link.url}?${queryText(query)}` };
  };
  const filters = queryText(link.query);
  const self = { href: `${link.url}${filters === '' ? `{?${link.template}}` : `?${filters}{&${link.template}}`}`, templated: true };
  const others =
    pages < 2
      ? {}
      : {
          first: href(0),
          ...(number > 0 ? { prev: href(number - 1) } : {}),
          ...(number < pages - 1 ? { next: href(number + 1) } : {}),
          last: href(pages - 1),
        };
  return {
    ...(slice.length === 0 ? {} : { _embedded: { [element]: slice.map(render) } }),
    _links: { ...others, self, ...link.more },
    page: { size, total_elements: items.length, total_pages: pages, number },
  };
}

/** Links have no plus sign for a blank: a call with one is refused. */
export function queryText(query: URLSearchParams): string {
  return query.toString().replaceAll('+', '%20');
}
