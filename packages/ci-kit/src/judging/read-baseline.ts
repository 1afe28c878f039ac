import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

import type { ValidationIssue } from '@verapipe/core';

import type { FindingsFile } from '../findings-files/findings-file.js';
import { readGivenFile } from '../findings-files/read-given-file.js';
import { readNothing } from '../findings-files/read-nothing.js';
import type { OptionValues } from '../options/option-table.js';
import type { Baseline, BaselineScan } from './judging.js';

/** What was said about a baseline, and where files lie. */
export interface SaidBaseline {
  readonly values: Pick<OptionValues, 'newOnly' | 'baseline' | 'baselineScan'>;
  /** True when somebody said `newOnly`: a default asks for no baseline. */
  readonly isNewOnlySaid: boolean;
  /** Absolute. */
  readonly cwd: string;
  /** Makes a path as it is shown. */
  readonly shown: (path: string) => string;
}

/** The baseline of a run, or everything that is wrong with it; neither where there is none. */
export interface ReadBaseline {
  readonly baseline: Baseline | null;
  readonly baselineScan: BaselineScan | null;
  readonly issues: readonly ValidationIssue[];
}

/** Reads the baseline that the gates take for known. It softens them, so it counts only where `--new-only` says so too. */
export async function readBaseline({ values, isNewOnlySaid, cwd, shown }: SaidBaseline): Promise<ReadBaseline> {
  const { newOnly, baseline: path, baselineScan } = values;
  if (path !== null && baselineScan !== null) return faults([{ path: 'baselineScan', got: 'both --baseline and --baseline-scan', wanted: 'one of them' }]);
  if (baselineScan !== null) return readBaselineScan(baselineScan, newOnly);
  if (path === null) return faults(newOnly && isNewOnlySaid ? [{ path: 'baseline', got: 'nothing', wanted: 'a file of the findings that are known, for --new-only (a command that scans takes --baseline-scan as well)' }] : []);
  if (!newOnly) return faults([{ path: 'newOnly', got: 'no', wanted: 'yes beside --baseline: nothing is taken for known unless that is said' }]);
  const given = await readGivenFile({ option: 'baseline', path, cwd });
  if ('issues' in given) return faults(given.issues);
  const { file } = given;
  const nothing = readNothing(file, 'baseline');
  if (nothing !== null) return faults([nothing]);
  return { baseline: await baselineOf(file, shown), baselineScan: null, issues: [] };
}

/** A file of findings with what is written down of it, were it to be a baseline. @param shown - makes a path as it is shown */
export async function baselineOf(file: FindingsFile, shown: (path: string) => string): Promise<Baseline> {
  return { file, facts: { path: shown(file.path), sha256: await sha256Of(file.path), scanId: file.scanId } };
}

/** Whether such a scan exists is asked when it is needed: what is newest then counts. */
function readBaselineScan(text: string, newOnly: boolean): ReadBaseline {
  const sandbox = /^sandbox:(.+)$/iu.exec(text.trim())?.[1]?.trim() ?? null;
  if (sandbox === null && !/^policy$/iu.test(text.trim())) return faults([{ path: 'baselineScan', got: JSON.stringify(text), wanted: 'policy, or sandbox: and the name of a sandbox' }]);
  if (!newOnly) return faults([{ path: 'newOnly', got: 'no', wanted: 'yes beside --baseline-scan: nothing is taken for known unless that is said' }]);
  return { baseline: null, baselineScan: { sandbox }, issues: [] };
}

function faults(issues: readonly ValidationIssue[]): ReadBaseline {
  return { baseline: null, baselineScan: null, issues };
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(path) as AsyncIterable<Buffer>) hash.update(part);
  return hash.digest('hex');
}
