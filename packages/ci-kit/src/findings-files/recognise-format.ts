import type { FindingsFileFormat } from './findings-file.js';
import { type FileStamp, headOf, utf8BytesOf } from './file-bytes.js';
import { readJsonPieces } from './json-stream.js';
import { unusableFile } from './unusable-file.js';

/** Names of the root that one format alone has. */
const TELLING_NAMES: ReadonlyMap<string, FindingsFileFormat> = new Map([
  ['schemaVersion', 'verapipe-results'],
  ['tool', 'verapipe-results'],
  ['verdict', 'verapipe-results'],
  ['_embedded', 'findings-page'],
  ['page', 'findings-page'],
  ['scan_id', 'pipeline-results'],
  ['scan_status', 'pipeline-results'],
  ['modules_count', 'pipeline-results'],
  ['pipeline_scan', 'pipeline-results'],
]);

/**
 * Tells by its content what kind of findings a file holds; its name says nothing. Reads no further than needed.
 *
 * @throws ValidationError when it is none of them
 */
export async function recogniseFormat(path: string, stamp: FileStamp): Promise<FindingsFileFormat> {
  const head = await headOf(path, stamp);
  if (head === '') throw unusableFile(path, 'an empty file');
  if (head.startsWith('<')) return formatOfMarkup(path, head);
  if (!/^[{[]/.test(head)) throw unusableFile(path, 'text that is neither JSON nor XML');
  let hasFindings = false;
  for await (const piece of readJsonPieces(path, utf8BytesOf(path, stamp), { members: [], list: ['findings'] })) {
    if (piece.kind !== 'name') continue;
    const format = TELLING_NAMES.get(piece.name);
    if (format !== undefined) return format;
    hasFindings ||= piece.name === 'findings';
  }
  // Baselines that other tools write may have nothing else.
  if (hasFindings) return 'pipeline-results';
  throw unusableFile(path, 'a JSON object without findings');
}

function formatOfMarkup(path: string, head: string): FindingsFileFormat {
  if (/^<(?:!doctype\s+)?html/i.test(head)) throw unusableFile(path, 'a page of HTML');
  return 'detailed-report';
}
