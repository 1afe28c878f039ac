import { createFindingCounter, type JudgedFinding } from '@verapipe/core';
import type { ScanResults } from '@verapipe/reports';
import type { z } from 'zod';

import { contradictionsOf } from './contradictions.js';
import { type FileStamp, utf8BytesOf } from './file-bytes.js';
import type { FindingsFile } from './findings-file.js';
import { idsOf } from './ids-of.js';
import { readJsonPieces } from './json-stream.js';
import { newestFinding, newestResults, NEWEST_VERSION } from './older-versions.js';
import { FINDING, RESULTS, RESULTS_MEMBERS } from './results-schema.js';
import { shown, unusableFile } from './unusable-file.js';

const LIST = ['findings'];
const WANTED_FINDING = 'a finding as verapipe writes it';

/** Reads `verapipe-results.json` of this or an older version, once to its end, in constant memory. */
export async function readVerapipeResults(path: string, stamp: FileStamp): Promise<FindingsFile> {
  const counter = createFindingCounter();
  const members: [name: string, value: unknown][] = [];
  let hasList = false;
  for await (const piece of readJsonPieces(path, utf8BytesOf(path, stamp), { members: RESULTS_MEMBERS, list: LIST })) {
    if (piece.kind === 'member') members.push([piece.name, expectVersion(path, piece.name, piece.value)]);
    else if (piece.kind === 'list') hasList = true;
    else if (piece.kind === 'element') counter.add(findingOf(path, piece.index, piece.value));
  }
  const results = resultsOf(path, Object.fromEntries(members));
  if (!hasList) throw unusableFile(path, 'results without a list of findings', 'the results file; what --json prints has none');
  const tally = counter.tally();
  const warnings = warningsOf(path, results, tally);
  return {
    path,
    format: 'verapipe-results',
    findings: { [Symbol.asyncIterator]: () => findingsOf(path, stamp) },
    tally,
    results,
    report: null,
    pipeline: null,
    madeAt: new Date(results.generatedAt).toISOString(),
    scanId: results.scan?.id ?? null,
    idsOf: results.counts === null ? null : idsOf(results),
    isComplete: results.counts !== null && results.counts.total === tally.total,
    warnings,
  };
}

async function* findingsOf(path: string, stamp: FileStamp): AsyncGenerator<JudgedFinding> {
  for await (const piece of readJsonPieces(path, utf8BytesOf(path, stamp), { members: [], list: LIST })) {
    if (piece.kind === 'element') yield findingOf(path, piece.index, piece.value);
  }
}

function expectVersion(path: string, name: string, value: unknown): unknown {
  if (name !== 'schemaVersion') return value;
  if (typeof value === 'number' && Number.isInteger(value) && value > NEWEST_VERSION) {
    throw unusableFile(path, `schemaVersion ${value}, which a newer verapipe wrote`, `schemaVersion ${NEWEST_VERSION} or older; update verapipe to read this file`);
  }
  return value;
}

function findingOf(path: string, index: number, value: unknown): JudgedFinding {
  const parsed = FINDING.safeParse(newestFinding(value));
  if (!parsed.success) throw faultOf(path, `findings[${index}]`, value, parsed.error, WANTED_FINDING);
  return parsed.data;
}

function resultsOf(path: string, value: unknown): ScanResults {
  const parsed = RESULTS.safeParse(newestResults(value));
  if (!parsed.success) throw faultOf(path, '', value, parsed.error, 'results as verapipe writes them');
  return parsed.data;
}

function faultOf(path: string, where: string, value: unknown, { issues }: z.ZodError, wanted: string): Error {
  const [issue] = issues;
  const steps = issue?.path ?? [];
  const name = steps.reduce<string>((before, step) => (typeof step === 'number' ? `${before}[${step}]` : `${before}${before === '' ? '' : '.'}${String(step)}`), where);
  return unusableFile(path, `${shown(valueAt(value, steps))} at ${name === '' ? 'the root' : name}`, `${wanted} (${(issue?.message ?? '').replace(/^Invalid (?:input|option): /, '')})`);
}

function valueAt(value: unknown, steps: readonly PropertyKey[]): unknown {
  return steps.reduce<unknown>((inner, step) => (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step) ? (inner as Record<PropertyKey, unknown>)[step] : undefined), value);
}

function warningsOf(path: string, results: ScanResults, tally: FindingsFile['tally']): readonly string[] {
  if (results.counts === null) return [`${path} is of a run that read no findings (verdict "${results.verdict}"): it proves nothing about them.`];
  const read = results.proof?.counts.read;
  const warnings = [...contradictionsOf(path, results.counts, tally)];
  if (read !== undefined && read !== tally.total) warnings.push(`The proof in ${path} speaks of ${read} findings that were read; the file has ${tally.total}.`);
  return warnings;
}
