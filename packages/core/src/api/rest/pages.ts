import { type JsonObject, optionalObject, readCount, requireObject, requireObjects } from '../../codecs/rest.js';
import { ProtocolError } from '../../kernel/errors.js';
import type { CallOptions, Operation } from '../../transport/http.js';
import type { VeracodeClient } from '../veracode-client.js';
import { type Query, withQuery } from './query.js';
import { callRest } from './rest-call.js';

/** Items in a page: as many as the platform allows. */
export const LARGEST_SIZE = 500;
/** How often a list is read from its start before it counts as one that does not add up. */
const READINGS = 2;

/** What one page says about itself and its list. @public */
export interface PageFacts {
  /** From 0. */
  readonly number: number;
  readonly totalElements: number;
  readonly totalPages: number;
  /** ISO 8601 UTC, by the platform's own clock; null when the answer does not say. */
  readonly answeredAt: string | null;
}

/** A list that the platform hands out in pages. */
export interface PagedList<T> {
  readonly operation: Operation;
  /** Below the REST base URL, escaped, without a query. */
  readonly path: string;
  /** Filters; `page` and `size` are added. */
  readonly query?: Query;
  /** Name of the list inside `_embedded`. */
  readonly element: string;
  readonly call?: CallOptions;
  /** @throws ProtocolError when something that is relied on is missing */
  readonly decode: (item: JsonObject) => T;
  /** What identifies an item: a list that shows one twice has lost another. */
  readonly keyOf?: (item: T) => string;
  /** Items in a page. @defaultValue 500 */
  readonly size?: number;
  /** Told of each page that was read, those of a first reading that did not add up included. */
  readonly onPage?: (page: PageFacts) => void;
}

/**
 * Reads a whole list, page by page, and hands out its items once they add up.
 *
 * The platform has neither cursor nor snapshot: what others change between two pages moves items across their border,
 * so that one is lost or comes twice. Therefore the items of all pages must be as many as every page says, and none
 * twice; else the list is read once more from its start, and then it is an error. A shorter list never ends normally,
 * and nothing is handed out twice. The price is memory: all items are held before the first one is handed out, so
 * `decode` should keep no more of an item than is needed.
 *
 * @throws ProtocolError `count-mismatch`, `unexpected-shape`, and the errors of the transport
 */
export async function* readPages<T>(client: VeracodeClient, list: PagedList<T>): AsyncGenerator<T, void, undefined> {
  yield* await readWholeList(client, list);
}

/** Like {@link readPages}, all items at once. */
export async function readWholeList<T>(client: VeracodeClient, list: PagedList<T>): Promise<readonly T[]> {
  let fault = '';
  for (let reading = 0; reading < READINGS; reading += 1) {
    const outcome = await readOnce(client, list);
    if (typeof outcome !== 'string') return outcome;
    fault = outcome;
  }
  throw new ProtocolError(`The pages of ${list.operation.name} do not add up, in ${READINGS} readings: ${fault}.`, {
    code: 'count-mismatch',
    context: { operation: list.operation.name },
    advice: 'Somebody may be changing the list at this moment. Run again; if it stays, ask Veracode support.',
  });
}

/** @returns all items, or what does not add up */
async function readOnce<T>(client: VeracodeClient, list: PagedList<T>): Promise<readonly T[] | string> {
  const items: T[] = [];
  const first = await readPage(client, list, 0);
  items.push(...first.items);
  for (let number = 1; number < first.totalPages; number += 1) {
    const page = await readPage(client, list, number);
    if (page.totalElements !== first.totalElements || page.totalPages !== first.totalPages) {
      return `${first.totalElements} items are announced by the first page, ${page.totalElements} by page ${number}`;
    }
    if (page.items.length === 0) return `page ${number} of ${first.totalPages} is empty`;
    items.push(...page.items);
    // No reason to ask for the rest of a list that cannot add up any more.
    if (items.length > first.totalElements) break;
  }
  if (items.length !== first.totalElements) return `${first.totalElements} items are announced, ${items.length} were sent`;
  const { keyOf } = list;
  if (keyOf !== undefined && new Set(items.map(keyOf)).size !== items.length) return 'an item was sent twice';
  return items;
}

interface Page<T> extends PageFacts {
  readonly items: readonly T[];
}

async function readPage<T>(client: VeracodeClient, list: PagedList<T>, number: number): Promise<Page<T>> {
  const { operation, path, query = {}, size = LARGEST_SIZE, call = {}, onPage } = list;
  const page = await callRest(client, {
    operation,
    method: 'GET',
    // `self` is a template that leaves both out, and without them each service has its own size.
    path: withQuery(path, { ...query, page: number, size }),
    call,
    decode: (answer, { answeredAt }) => ({ ...decodePage(list, answer, number), answeredAt }),
  });
  onPage?.(page);
  return page;
}

function decodePage<T>({ operation, element, decode }: PagedList<T>, answer: JsonObject, number: number): Omit<Page<T>, 'answeredAt'> {
  const facts = requireObject(answer, 'page', operation.name);
  if (readCount(facts, 'number', operation.name) !== number) {
    throw new ProtocolError(`${operation.name} was answered with another page than the one asked for (${number}).`, { code: 'unexpected-shape' });
  }
  // Without hits it is missing altogether.
  const embedded = optionalObject(answer, '_embedded', operation.name);
  const items = embedded === null ? [] : requireObjects(embedded, element, operation.name);
  return {
    number,
    totalElements: readCount(facts, 'total_elements', operation.name),
    totalPages: readCount(facts, 'total_pages', operation.name),
    items: items.map(decode),
  };
}
