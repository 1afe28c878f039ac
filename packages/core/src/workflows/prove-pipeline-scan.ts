import type { PipelineResults } from '../codecs/pipeline-results.js';
import { createFindingCounter } from '../domain/finding-tally.js';
import { compileNamePattern } from '../domain/name-pattern.js';
import { ProtocolError, ScanFailedError } from '../kernel/errors.js';
import type { ProvenPipelineScan } from './pipeline-outcome.js';
import { PROOF } from './scan-outcome.js';

/**
 * Recorded results have from 1.02 to 1.13 times the bytes of their findings as compact JSON. Twice as many, and a little
 * for very small ones, cannot be a matter of spelling.
 */
const MOST_BYTES_PER_BYTE = 2;
const SPARE_BYTES = 4096;

/** What is known of a scan that has ended. */
export interface FinishedPipelineScan extends Pick<ProvenPipelineScan, 'scanId' | 'artifact' | 'startedAt' | 'finishedAt' | 'results'> {
  /** Names or patterns that the scan was limited to. */
  readonly includeModules: readonly string[];
}

/**
 * Counts the results of a finished scan, and makes the only value that a verdict can be made from.
 *
 * @throws ScanFailedError `no-module-scanned`, `module-not-scanned`; ProtocolError `contradictory-results`, `results-cut`
 */
export function provePipelineScan({ includeModules, ...scan }: FinishedPipelineScan): ProvenPipelineScan {
  const { scanId, results } = scan;
  if (results.scanId !== scanId) throw contradictory(scanId, `they are those of ${results.scanId ?? 'no scan'}`);
  if (results.status !== 'SUCCESS') throw contradictory(scanId, `their status is "${results.status ?? 'missing'}"`);
  if (results.moduleCount !== null && results.moduleCount !== results.modules.length) {
    throw contradictory(scanId, `they count ${results.moduleCount} modules and name ${results.modules.length}`);
  }
  const [module, ...modules] = results.modules;
  if (module === undefined) throw nothingScanned(scanId);
  expectIncluded(scanId, results, includeModules);
  expectWhole(scanId, results);
  const findings = results.findings.map(({ finding }) => finding);
  const counter = createFindingCounter();
  for (const finding of findings) counter.add(finding);
  return { kind: 'pipeline', ...scan, modules: [module, ...modules], findings, tally: counter.tally(), [PROOF]: true };
}

/** A module that was asked for and left out could hide anything. */
function expectIncluded(scanId: string, { modules }: PipelineResults, included: readonly string[]): void {
  const missing = included.filter((pattern) => !modules.some((name) => compileNamePattern(pattern).test(name)));
  if (missing.length === 0) return;
  throw new ScanFailedError(`Pipeline scan ${scanId} left out modules that were asked for: ${missing.join(', ')}. It scanned: ${modules.join(', ')}.`, {
    code: 'module-not-scanned',
    advice: 'Take the names from an earlier results file, upper and lower case as they stand there.',
  });
}

/** Very large results may be cut, says the vendor; the size of all of them stands in the message. */
function expectWhole(scanId: string, { announcedBytes, findings }: PipelineResults): void {
  if (announcedBytes === null) return;
  const bytes = findings.reduce((sum, { original }) => sum + Buffer.byteLength(JSON.stringify(original)), 0);
  if (announcedBytes <= MOST_BYTES_PER_BYTE * bytes + SPARE_BYTES) return;
  throw new ProtocolError(
    `The results of pipeline scan ${scanId} were cut: the platform announced ${announcedBytes} bytes, and the ${findings.length} findings that came have ${bytes}.`,
    { code: 'results-cut', advice: 'Scan fewer modules at a time (--include), or upload the application for a policy scan.' },
  );
}

function contradictory(scanId: string, how: string): ProtocolError {
  return new ProtocolError(`The results of pipeline scan ${scanId} cannot be trusted: ${how}.`, { code: 'contradictory-results', advice: 'Run again.' });
}

function nothingScanned(scanId: string): ScanFailedError {
  return new ScanFailedError(`The platform says that pipeline scan ${scanId} is done, but no module was scanned.`, {
    code: 'no-module-scanned',
    advice: 'Check that the file is packed as the platform wants it, and what --include names.',
  });
}
