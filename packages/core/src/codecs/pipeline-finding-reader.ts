import type { Finding } from '../domain/finding.js';
import { createFindingCounter, type FindingTally } from '../domain/finding-tally.js';
import { ProtocolError } from '../kernel/errors.js';
import { isObject } from './pipeline-fields.js';
import { decodePipelineFinding, type UnnamedFinding } from './pipeline-finding.js';
import { createPipelineNamer, type NamePipelineFinding } from './pipeline-ids.js';
import { MAX_PIPELINE_FINDINGS, tooLarge } from './pipeline-results.js';

/**
 * Reads the entries of `findings` of one results file one after the other, without holding them: all are seen once, then
 * each can be read, any number of times. Two readings are needed because the id of a finding depends on its neighbours.
 *
 * @public
 */
export interface PipelineFindingReader {
  /** In the file's order. @throws ProtocolError `unexpected-shape`, `answer-too-large` */
  see(entry: unknown): void;
  /** Of what was seen. */
  tally(): FindingTally;
  /** After the last one was seen. @param index - its place in the file @throws ProtocolError `unexpected-shape` */
  read(entry: unknown, index: number): Finding;
}

/** @param source - for messages @see docs.veracode.com "Pipeline Scan results" @public */
export function createPipelineFindingReader(source: string): PipelineFindingReader {
  const counter = createFindingCounter();
  let namer: ReturnType<typeof createPipelineNamer> | null = createPipelineNamer();
  let name: NamePipelineFinding | null = null;
  let seen = 0;
  const decode = (entry: unknown, index: number): UnnamedFinding => {
    if (!isObject(entry)) throw new ProtocolError(`${source} has not the expected shape: findings[${index}] is not an object.`, { code: 'unexpected-shape' });
    return decodePipelineFinding(entry, `${source}, findings[${index}]`);
  };
  return {
    see(entry) {
      if (namer === null) throw new Error('All findings were seen already.');
      if (seen >= MAX_PIPELINE_FINDINGS) throw tooLarge(source, `more than ${MAX_PIPELINE_FINDINGS} findings`);
      const finding = decode(entry, seen);
      seen += 1;
      namer.see(finding);
      counter.add({ id: '', ...finding });
    },
    tally: () => counter.tally(),
    read(entry, index) {
      name ??= (namer ?? createPipelineNamer()).names();
      // What tells equal ones apart is all that is needed from now on.
      namer = null;
      return name(decode(entry, index), index);
    },
  };
}
