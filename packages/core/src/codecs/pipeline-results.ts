import type { Finding } from '../domain/finding.js';
import { ProtocolError } from '../kernel/errors.js';
import { type Fields, fieldsOf, isObject, isShallow } from './pipeline-fields.js';
import { decodePipelineFinding } from './pipeline-finding.js';
import { namePipelineFindings } from './pipeline-ids.js';
import type { JsonObject } from './rest.js';

/** Results are read as a whole. With stack dumps a finding has about 25 kB; few scans have more than a thousand. */
export const MAX_PIPELINE_RESULTS_BYTES = 256 * 1024 * 1024;
/** Bounds what is held of each. */
export const MAX_PIPELINE_FINDINGS = 200_000;

/** A finding beside the vendor's own words about it, untouched. @public */
export interface PipelineFinding {
  readonly finding: Finding;
  readonly original: JsonObject;
}

/** What a results file of a pipeline scan says besides its findings. Whatever is not there is null. @public */
export interface PipelineFacts {
  readonly scanId: string | null;
  /** The platform's word, for instance `SUCCESS`. */
  readonly status: string | null;
  readonly message: string | null;
  /** Names may repeat. Empty when nothing is said about modules. */
  readonly modules: readonly string[];
  readonly moduleCount: number | null;
  /** What the platform says about the size of all results, from its message. */
  readonly announcedBytes: number | null;
}

/** A results file of a pipeline scan. @public */
export interface PipelineResults extends PipelineFacts {
  readonly findings: readonly PipelineFinding[];
  /** The whole document as it came, for files in the vendor's shape. */
  readonly original: JsonObject;
}

/**
 * Reads the results of a pipeline scan, or a baseline: `results.json`, `filtered_results.json`, also from other tools.
 * Everything but `findings` may be missing. Pure.
 *
 * @param text - JSON
 * @param source - for messages: a file or a call
 * @throws ProtocolError `not-json`, `answer-too-large`, `unexpected-shape`
 * @see docs.veracode.com "Pipeline Scan results"
 * @public
 */
export function parsePipelineResults(text: string, source: string): PipelineResults {
  const original = parseDocument(text, source);
  const fields = fieldsOf(original, source);
  const entries = fields.objects('findings');
  if (entries === null) throw fields.wrong('findings', 'there');
  if (entries.length > MAX_PIPELINE_FINDINGS) throw tooLarge(source, `more than ${MAX_PIPELINE_FINDINGS} findings`);
  const findings = namePipelineFindings(entries.map((entry, index) => decodePipelineFinding(entry, `${source}, findings[${index}]`)));
  return { ...factsOf(fields), findings: pairs(findings, entries), original };
}

/**
 * What results say besides their findings, for readers that take these one after the other. Pure.
 *
 * @throws ProtocolError `unexpected-shape`
 * @public
 */
export function decodePipelineFacts(original: JsonObject, source: string): PipelineFacts {
  return factsOf(fieldsOf(original, source));
}

function factsOf(fields: Fields): PipelineFacts {
  const message = fields.text('message');
  return {
    scanId: fields.text('scan_id'),
    status: fields.text('scan_status'),
    message,
    modules: fields.texts('modules') ?? [],
    moduleCount: fields.count('modules_count'),
    announcedBytes: announcedBytes(message),
  };
}

function parseDocument(text: string, source: string): JsonObject {
  if (text.length > MAX_PIPELINE_RESULTS_BYTES) throw tooLarge(source, `more than ${MAX_PIPELINE_RESULTS_BYTES} characters`);
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    // The parser's message quotes the text, which may be anything.
    throw new ProtocolError(`${source} is not JSON.`, { code: 'not-json' });
  }
  if (!isObject(value)) throw new ProtocolError(`${source} is no JSON object, as pipeline results are.`, { code: 'unexpected-shape' });
  if (!isShallow(value)) throw new ProtocolError(`${source} is nested deeper than pipeline results are.`, { code: 'unexpected-shape' });
  return value;
}

function pairs(findings: readonly Finding[], entries: readonly JsonObject[]): readonly PipelineFinding[] {
  return entries.flatMap((original, index) => {
    const finding = findings[index];
    return finding === undefined ? [] : [{ finding, original }];
  });
}

/** `Scan successful. Results size: 8694 bytes`. */
function announcedBytes(message: string | null): number | null {
  const digits = /\bResults size: (\d{1,12}) bytes\b/i.exec(message ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}

export function tooLarge(source: string, what: string): ProtocolError {
  return new ProtocolError(`${source} has ${what} and was not read.`, { code: 'answer-too-large' });
}
