import { type DetailedReport, type FindingSource, readDetailedReport, readReportFindings } from '@verapipe/core';

import { type FileStamp, modifiedAt } from './file-bytes.js';
import type { FindingsFile } from './findings-file.js';
import { unjudged } from './unjudged.js';
import { asUnusableFile } from './unusable-file.js';

const WANTED = 'a whole XML detailed report';

/** Reads a detailed report, once to its end, in constant memory. */
export async function readReportFile(path: string, stamp: FileStamp): Promise<FindingsFile> {
  const report = await facts(path);
  const { tally } = report;
  const flaws = tally.total - tally.byKind.sca;
  const warnings: string[] = [];
  if (report.totalFlaws !== null && report.totalFlaws !== flaws) warnings.push(`${path} says that it has ${report.totalFlaws} flaws, and has ${flaws}.`);
  const stated = report.components?.statedVulnerabilities ?? null;
  if (stated !== null && stated !== tally.byKind.sca) warnings.push(`${path} says that its components have ${stated} vulnerabilities, and has ${tally.byKind.sca}.`);
  return {
    path,
    format: 'detailed-report',
    findings: unjudged(guarded(path, readReportFindings(path))),
    tally,
    results: null,
    report,
    pipeline: null,
    madeAt: report.generatedAt ?? report.lastUpdatedAt ?? modifiedAt(stamp),
    scanId: report.buildId,
    // A report names a sandbox also where it is of a policy scan, so the context is not known.
    idsOf: null,
    isComplete: warnings.length === 0,
    warnings,
  };
}

async function facts(path: string): Promise<DetailedReport> {
  try {
    return await readDetailedReport(path);
  } catch (error) {
    throw asUnusableFile(path, error, WANTED);
  }
}

function guarded(path: string, findings: FindingSource): FindingSource {
  return {
    async *[Symbol.asyncIterator]() {
      try {
        yield* findings;
      } catch (error) {
        throw asUnusableFile(path, error, WANTED);
      }
    },
  };
}
