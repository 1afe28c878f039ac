import { type FindingDataPath, type PipelineFinding, readStackDumps } from '@verapipe/core';

import type { AskedDataPaths } from './ask-data-paths.js';

/**
 * The data paths of some findings of a pipeline scan, which the results bring with them. Pure.
 *
 * @param ids - of the findings that failed the gates: nobody evaluates a policy for a pipeline scan
 */
export function dumpedDataPaths(findings: readonly PipelineFinding[], ids: ReadonlySet<string>): AskedDataPaths {
  const paths = new Map<string, readonly FindingDataPath[]>();
  for (const { finding, original } of findings) if (ids.has(finding.id)) paths.set(finding.id, readStackDumps(original));
  return { paths, facts: { findings: paths.size, read: paths.size, missing: 0, reason: null } };
}
