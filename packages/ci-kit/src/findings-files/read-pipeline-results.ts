import { createPipelineFindingReader, decodePipelineFacts, type Finding, type PipelineFacts, type PipelineFindingReader } from '@verapipe/core';

import { type FileStamp, modifiedAt, utf8BytesOf } from './file-bytes.js';
import type { FindingsFile } from './findings-file.js';
import { type JsonPiece, readJsonPieces } from './json-stream.js';
import { unjudged } from './unjudged.js';
import { asUnusableFile, unusableFile } from './unusable-file.js';

const WANTED = 'results.json, filtered_results.json or a baseline of a pipeline scan';
const MEMBERS = ['scan_id', 'scan_status', 'message', 'modules', 'modules_count'];
const LIST = ['findings'];

/**
 * Reads results of a pipeline scan, or a baseline, once to its end. Of each finding a few hundred bytes are held until
 * then: its id depends on its neighbours. Read again, findings are held no more.
 */
export async function readPipelineResults(path: string, stamp: FileStamp): Promise<FindingsFile> {
  const reader = createPipelineFindingReader(path);
  const members: [name: string, value: unknown][] = [];
  let hasList = false;
  for await (const piece of piecesOf(path, stamp, MEMBERS)) {
    if (piece.kind === 'member') members.push([piece.name, piece.value]);
    else if (piece.kind === 'list') hasList = true;
    else if (piece.kind === 'element') decoded(path, () => reader.see(piece.value));
  }
  if (!hasList) throw unusableFile(path, 'results without a list of findings', WANTED);
  const { scanId, status, modules } = decoded<PipelineFacts>(path, () => decodePipelineFacts(Object.fromEntries(members), path));
  // Files of other tools may say nothing about how the scan ended.
  const hasEndedWell = status === null || status === 'SUCCESS';
  return {
    path,
    format: 'pipeline-results',
    findings: unjudged({ [Symbol.asyncIterator]: () => findingsOf(path, stamp, reader) }),
    tally: reader.tally(),
    results: null,
    report: null,
    pipeline: { status, modules },
    madeAt: modifiedAt(stamp),
    scanId,
    idsOf: null,
    isComplete: hasEndedWell,
    warnings: hasEndedWell ? [] : [`${path} is of a scan that did not end with SUCCESS (${status}).`],
  };
}

async function* findingsOf(path: string, stamp: FileStamp, reader: PipelineFindingReader): AsyncGenerator<Finding> {
  for await (const piece of piecesOf(path, stamp, [])) {
    if (piece.kind === 'element') yield decoded(path, () => reader.read(piece.value, piece.index));
  }
}

function piecesOf(path: string, stamp: FileStamp, members: readonly string[]): AsyncGenerator<JsonPiece> {
  return readJsonPieces(path, utf8BytesOf(path, stamp), { members, list: LIST });
}

function decoded<T>(path: string, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    throw asUnusableFile(path, error, WANTED);
  }
}
