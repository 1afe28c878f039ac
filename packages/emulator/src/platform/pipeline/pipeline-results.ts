import { staticSource } from '../findings/finding-source.js';
import { allFindings, type FindingSource } from '../findings/finding.js';
import { pipelineFinding } from './pipeline-finding.js';
import type { PipelineScanRecord } from './pipeline-record.js';

/** The first `issue_id` of each group of modules. */
const firstIssueId = 1000;
/** What the platform counts where there are no findings at all. */
const emptyResultsBytes = 42;

/** Names of the modules that were scanned; they may repeat. */
export function pipelineModules({ behaviour, request }: PipelineScanRecord): readonly string[] {
  const names = behaviour.modules.map((name) => name.replaceAll('{file}', request.binaryName));
  const wanted = request.includeModules;
  return wanted.length === 0 ? names : names.filter((name) => wanted.some((pattern) => matchesName(pattern, name)));
}

/** `*` is any run, `?` one character; upper and lower case differ. */
function matchesName(pattern: string, name: string): boolean {
  const source = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'su').test(name);
}

/** Every finding as JSON text, module by module, however many there are. */
export function* pipelineFindingTexts(scan: PipelineScanRecord): Generator<string> {
  const modules = pipelineModules(scan);
  if (modules.length === 0) {
    return;
  }
  const source = staticSource(scan.behaviour.findings, modules);
  const { emitStackDump: stackDump } = scan.request;
  for (const module of namesOf(source, modules)) {
    let issueId = firstIssueId;
    for (const finding of allFindings(source)) {
      if (finding.moduleName === module) {
        yield JSON.stringify(pipelineFinding(finding, { issueId, stackDump }));
        issueId += 1;
      }
    }
  }
}

/** What the platform says about the size of the results: a little more than its findings take. */
export function pipelineResultsBytes(scan: PipelineScanRecord): number {
  let sizeBytes = 0;
  let separator = 0;
  for (const text of pipelineFindingTexts(scan)) {
    sizeBytes += Buffer.byteLength(text) + separator;
    separator = 1;
  }
  return emptyResultsBytes + sizeBytes;
}

/** A scenario may name further modules at its findings. */
function namesOf(source: FindingSource, modules: readonly string[]): ReadonlySet<string> {
  const names = new Set(modules);
  for (const { moduleName } of allFindings(source)) {
    names.add(moduleName);
  }
  return names;
}
