import { uploadAndScan } from '@verapipe/core';

import { readScanRequest } from './read-scan-request.js';
import { runCommand } from './run-command.js';
import type { RunInput } from './run-input.js';
import type { RunResult } from './run-result.js';

/**
 * `verapipe scan`, for every adapter: uploads, scans, waits, judges and writes the result files.
 *
 * Never throws and sets nothing of the process: the caller prints the result and ends with its `exitCode`.
 *
 * @public
 */
export function runScan(input: RunInput): Promise<RunResult> {
  return runCommand(input, async (run, { hosts }) => {
    const { request, resumeFrom, ...found } = await readScanRequest(run, hosts);
    if (request === null) return { ...found, work: null };
    return {
      ...found,
      work: (client, options) => uploadAndScan(client, request, { ...options, ...(resumeFrom === null ? {} : { resumeFrom }) }),
    };
  });
}
