import type { Parameters } from '../parameters.js';
import { RestProblem } from './rest-route.js';

const defaultSize = 50;
const maximalSize = 500;

/** Which page is asked for. */
export interface PageRequest {
  readonly number: number;
  readonly size: number;
}

/** `page` counts from 0; larger sizes than allowed are cut. */
export function readPage(parameters: Parameters): PageRequest {
  const number = Number(parameters.text('page') ?? '0');
  const size = Number(parameters.text('size') ?? String(defaultSize));
  if (!Number.isInteger(number) || number < 0 || !Number.isInteger(size) || size < 1) {
    throw new RestProblem(400, 'page must be at least 0 and size at least 1');
  }
  return { number, size: Math.min(size, maximalSize) };
}

/** A HAL page. Without any hit `_embedded` is missing; links to other pages exist only when there are some. */
export function halPage(
  element: string,
  items: readonly object[],
  { number, size }: PageRequest,
  link: { readonly url: string; readonly query: URLSearchParams; readonly template: string },
): object {
  const pages = Math.ceil(items.length / size);
  const slice = items.slice(number * size, (number + 1) * size);
  const href = (page: number): { href: string } => {
    const query = new URLSearchParams(link.query);
    query.set('page', String(page));
    query.set('size', String(size));
    return { href: `${link.url}?${query.toString()}` };
  };
  const filters = link.query.toString();
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
    ...(slice.length === 0 ? {} : { _embedded: { [element]: slice } }),
    _links: { ...others, self },
    page: { size, total_elements: items.length, total_pages: pages, number },
  };
}
