import { describe, expect, it } from '@jest/globals';
import { scriptedClient } from '../../../test/api-client.js';
import { startEmulatedPlatform } from '../../../test/emulated-platform.js';
import { answer } from '../../../test/scripted-send.js';
import { tampering } from '../../../test/tampering-client.js';
import { requireText } from '../../codecs/rest.js';
import type { HttpClient } from '../../transport/http.js';
import { type PagedList, type PageFacts, readPages } from './pages.js';

const OPERATION = { name: 'GET /appsec/v1/applications', idempotent: true, reads: true, limitClass: 'rest' } as const;

const LETTERS: PagedList<string> = {
  operation: OPERATION,
  path: '/letters',
  element: 'letters',
  decode: (item) => requireText(item, 'name', OPERATION.name),
  keyOf: (name) => name,
};

/** `ab 5 3 0`: the items a and b, of 5 in 3 pages, page 0. */
function page(text: string): string {
  const [names = '', total = '', pages = '', number = ''] = text.split(' ');
  const letters = [...names.replace('-', '')].map((name) => ({ name }));
  return JSON.stringify({
    ...(letters.length === 0 ? {} : { _embedded: { letters } }),
    page: { size: 2, total_elements: Number(total), total_pages: Number(pages), number: Number(number) },
  });
}

async function readAll<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function read(pages: readonly string[], list: Partial<PagedList<string>> = {}) {
  const client = scriptedClient(...pages.map((body) => async () => answer(200, body)));
  const seen: string[] = [];
  let failure: unknown = null;
  try {
    for await (const item of readPages(client, { ...LETTERS, ...list })) seen.push(item);
  } catch (error) {
    failure = error;
  }
  return { seen: seen.join(''), failure, asked: client.requests.map(({ url }) => url.search) };
}

const ask = (...numbers: readonly number[]): string[] => numbers.map((number) => `?page=${number}&size=500`);

describe('readPages', () => {
  it.each<[name: string, pages: string[], seen: string, asked: number[]]>([
    ['nothing', ['- 0 0 0'], '', [0]],
    ['nothing, in one page', ['- 0 1 0'], '', [0]],
    ['one page', ['ab 2 1 0'], 'ab', [0]],
    ['three pages', ['ab 5 3 0', 'cd 5 3 1', 'e 5 3 2'], 'abcde', [0, 1, 2]],
    ['pages that are whole to the end', ['ab 4 2 0', 'cd 4 2 1'], 'abcd', [0, 1]],
    ['an item that came in between', ['ab 4 2 0', 'cd 5 3 1', 'ab 5 3 0', 'cd 5 3 1', 'e 5 3 2'], 'abcde', [0, 1, 0, 1, 2]],
    ['an item that went in between', ['ab 3 2 0', '- 2 1 1', 'ac 2 1 0'], 'ac', [0, 1, 0]],
    ['a page that was empty once', ['ab 5 3 0', '- 5 3 1', 'ab 5 3 0', 'cd 5 3 1', 'e 5 3 2'], 'abcde', [0, 1, 0, 1, 2]],
    ['an item that came twice once', ['ab 4 2 0', 'bc 4 2 1', 'ab 4 2 0', 'cd 4 2 1'], 'abcd', [0, 1, 0, 1]],
  ])('reads %s', async (_name, pages, seen, asked) => {
    expect(await read(pages.map(page))).toEqual({ seen, failure: null, asked: ask(...asked) });
  });

  it.each<[name: string, pages: string[], said: RegExp, asked: number[]]>([
    ['a lost page in the middle', ['ab 5 3 0', '- 5 3 1', 'ab 5 3 0', '- 5 3 1'], /page 1 of 3 is empty/, [0, 1, 0, 1]],
    ['a last page that is lost', ['ab 3 2 0', '- 3 2 1', 'ab 3 2 0', '- 3 2 1'], /page 1 of 2 is empty/, [0, 1, 0, 1]],
    ['a page shorter than said', ['ab 5 3 0', 'c 5 3 1', 'e 5 3 2', 'ab 5 3 0', 'c 5 3 1', 'e 5 3 2'], /5 items are announced, 4 were sent/, [0, 1, 2, 0, 1, 2]],
    ['a first page that is empty', ['- 3 1 0'], /3 items are announced, 0 were sent/, [0, 0]],
    ['items without a page', ['- 3 0 0'], /3 items are announced, 0 were sent/, [0, 0]],
    ['too many items', ['abc 2 1 0'], /2 items are announced, 3 were sent/, [0, 0]],
    ['a list without end', ['ab 3 9 0', 'cd 3 9 1', 'ab 3 9 0', 'cd 3 9 1'], /3 items are announced, 4 were sent/, [0, 1, 0, 1]],
    ['an item that comes twice', ['ab 4 2 0', 'bc 4 2 1', 'ab 4 2 0', 'bc 4 2 1'], /twice/, [0, 1, 0, 1]],
    ['a total that changes each time', ['ab 4 2 0', 'cd 5 3 1', 'ab 5 3 0', 'cd 6 3 1'], /5 items are announced by the first page, 6 by page 1/, [0, 1, 0, 1]],
    ['a number of pages that changes', ['ab 4 2 0', 'cd 4 3 1', 'ab 4 2 0', 'cd 4 3 1'], /4 items are announced/, [0, 1, 0, 1]],
  ])('hands out nothing of %s, and asks twice', async (_name, pages, said, asked) => {
    const outcome = await read(pages.map(page));
    expect(outcome).toMatchObject({ seen: '', failure: { name: 'ProtocolError', code: 'count-mismatch' }, asked: ask(...asked) });
    expect((outcome.failure as Error).message).toMatch(said);
  });

  it.each<[name: string, body: string]>([
    ['no page facts', '{"_embedded":{"letters":[]}}'],
    ['another page than asked for', page('ab 2 1 1')],
    ['a total as text', '{"page":{"number":0,"total_elements":"0","total_pages":0}}'],
    ['a negative total', '{"page":{"number":0,"total_elements":-1,"total_pages":0}}'],
    ['no number of pages', '{"page":{"number":0,"total_elements":0}}'],
    ['a list under another name', '{"_embedded":{"numbers":[]},"page":{"number":0,"total_elements":0,"total_pages":0}}'],
    ['items that are none', '{"_embedded":{"letters":[7]},"page":{"number":0,"total_elements":1,"total_pages":1}}'],
    ['an item without its name', '{"_embedded":{"letters":[{}]},"page":{"number":0,"total_elements":1,"total_pages":1}}'],
  ])('refuses %s', async (_name, body) => {
    expect(await read([body])).toMatchObject({ seen: '', failure: { name: 'ProtocolError', code: 'unexpected-shape' } });
  });

  it('sends filters escaped, before page and size', async () => {
    const { asked } = await read([page('- 0 0 0')], { query: { name: 'a b&c+d', scan: ['X', 'Y'], flag: true, no: undefined }, size: 20 });
    expect(asked).toEqual(['?name=a%20b%26c%2Bd&scan=X&scan=Y&flag=true&page=0&size=20']);
  });

  it('tells of each page, with the clock of the platform', async () => {
    const platform = await startEmulatedPlatform({ applications: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] });
    const pages: PageFacts[] = [];
    await readAll(readPages(platform.client, { ...applications(2), onPage: (facts) => pages.push(facts) }));
    const answeredAt = new Date(Math.floor(platform.clock.now() / 1000) * 1000).toISOString();
    expect(pages).toMatchObject([
      { number: 0, totalElements: 3, totalPages: 2, answeredAt },
      { number: 1, totalElements: 3, totalPages: 2, answeredAt },
    ]);
  });
});

function applications(size: number): PagedList<string> {
  return { ...LETTERS, path: '/appsec/v1/applications', element: 'applications', decode: (item) => requireText(item, 'guid', OPERATION.name), size };
}

describe('readPages from the emulated platform', () => {
  const scenario = { applications: Array.from({ length: 5 }, (_, index) => ({ name: `Shop ${index}` })) };

  it('reads three pages', async () => {
    const { client, emulator } = await startEmulatedPlatform(scenario);
    const guids = emulator.snapshot().applications.map(({ guid }) => guid);
    expect(await readAll(readPages(client, applications(2)))).toEqual(guids);
  });

  it('fails when the middle one of three pages is lost, instead of giving a shorter list', async () => {
    const losing = (network: HttpClient): HttpClient =>
      tampering(network, OPERATION.name, (text) => {
        const { _embedded: lost, ...rest } = JSON.parse(text) as { _embedded?: unknown; page: { number: number } };
        return JSON.stringify(rest.page.number === 1 ? rest : { _embedded: lost, ...rest });
      });
    const platform = await startEmulatedPlatform(scenario, losing);
    await expect(readAll(readPages(platform.client, applications(2)))).rejects.toMatchObject({ code: 'count-mismatch' });
    expect(platform.calls()).toHaveLength(4);
  });

  it.each(['reset-after', 'cut-body', 'empty-200', 'bad-json', 'status:503'] as const)('asks again for a page after %s', async (kind) => {
    const { client } = await startEmulatedPlatform({ ...scenario, faults: [{ operation: OPERATION.name, kind, nth: 2 }] });
    expect(await readAll(readPages(client, applications(2)))).toHaveLength(5);
  });
});
