import { createFindingCounter, decodeRestFinding, type Finding, type JsonObject } from '@verapipe/core';

import { type FileStamp, modifiedAt, utf8BytesOf } from './file-bytes.js';
import type { FindingsFile } from './findings-file.js';
import { readJsonPieces } from './json-stream.js';
import { unjudged } from './unjudged.js';
import { asUnusableFile, unusableFile } from './unusable-file.js';

const LIST = ['_embedded', 'findings'];
const WANTED = 'a page of the Findings API (version 2)';

/**
 * Reads a saved page of the Findings API, once to its end, in constant memory. One page is rarely all there is: the total
 * that it speaks of decides whether the file is complete. A page without findings has no list: its own address tells what it is.
 */
export async function readFindingsPage(path: string, stamp: FileStamp): Promise<FindingsFile> {
  const counter = createFindingCounter();
  const members = new Map<string, unknown>();
  let embeds = false;
  let hasList = false;
  for await (const piece of readJsonPieces(path, utf8BytesOf(path, stamp), { members: ['page', '_links'], list: LIST })) {
    if (piece.kind === 'name') embeds ||= piece.name === LIST[0];
    else if (piece.kind === 'list') hasList = true;
    else if (piece.kind === 'member') members.set(piece.name, piece.value);
    else counter.add(findingOf(path, piece.index, piece.value));
  }
  // The lists of other things look alike, and have no findings.
  if (!(embeds ? hasList : isAboutFindings(members.get('_links')))) throw unusableFile(path, 'a page of something else than findings', WANTED);
  const tally = counter.tally();
  const total = totalOf(path, members.get('page'));
  const isComplete = total === tally.total;
  return {
    path,
    format: 'findings-page',
    findings: unjudged({ [Symbol.asyncIterator]: () => findingsOf(path, stamp) }),
    tally,
    results: null,
    report: null,
    pipeline: null,
    madeAt: modifiedAt(stamp),
    scanId: null,
    // Findings without SCA, or SCA alone, of one context each: nothing in a page says so for all of it.
    idsOf: null,
    isComplete,
    warnings: isComplete ? [] : [`${path} is one page with ${tally.total} of ${total} findings.`],
  };
}

async function* findingsOf(path: string, stamp: FileStamp): AsyncGenerator<Finding> {
  for await (const piece of readJsonPieces(path, utf8BytesOf(path, stamp), { members: [], list: LIST })) {
    if (piece.kind === 'element') yield findingOf(path, piece.index, piece.value);
  }
}

function findingOf(path: string, index: number, value: unknown): Finding {
  if (!isObject(value)) throw unusableFile(path, `something else than an object at ${LIST.join('.')}[${index}]`, WANTED);
  try {
    return decodeRestFinding(value, `the finding ${index} of ${path}`);
  } catch (error) {
    throw asUnusableFile(path, error, WANTED);
  }
}

/** What the page says of itself: its address, or a template of it. */
function isAboutFindings(links: unknown): boolean {
  const self = isObject(links) ? links['self'] : undefined;
  const href = isObject(self) ? self['href'] : undefined;
  return typeof href === 'string' && /^[^?#{]*\/findings(?:[?#{]|$)/u.test(href);
}

/** Without a total nobody could tell a page from a whole list. */
function totalOf(path: string, page: unknown): number {
  const total = isObject(page) && Object.hasOwn(page, 'total_elements') ? page['total_elements'] : undefined;
  if (typeof total !== 'number' || !Number.isSafeInteger(total) || total < 0) throw unusableFile(path, 'a page without page.total_elements', WANTED);
  return total;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
