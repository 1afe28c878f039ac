import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';

import type { ArtifactCandidate, ValidationIssue } from '@verapipe/core';

import { type ArtifactSearch, findArtifacts } from './find-artifacts.js';
import { inspectArtifact } from './inspect-artifact.js';
import { parseSaveAs, savedName } from './save-as.js';

/** Which files to upload, and under which names. */
export interface ArtifactSelection extends ArtifactSearch {
  /** Rules `PATTERN=NAME`. */
  readonly saveAs: readonly string[];
}

/** The files of a run, each with what is wrong with it, and the faults of the selection itself. */
export interface ReadArtifacts {
  readonly candidates: readonly ArtifactCandidate[];
  readonly issues: readonly ValidationIssue[];
  readonly notices: readonly string[];
}

/** Finds, names and inspects the files of a run, in the order of their paths. Reads names and metadata only. */
export async function readArtifacts(selection: ArtifactSelection): Promise<ReadArtifacts> {
  const { rules, issues: ruleIssues } = parseSaveAs(selection.saveAs);
  const { files, issues: fileIssues } = await findArtifacts(selection);
  const workspace = await realpath(selection.cwd);
  const used = new Set<string>();
  const candidates: ArtifactCandidate[] = [];
  for (const file of files) {
    const { name, rule } = savedName(basename(file.path), rules);
    if (rule !== null) used.add(rule.text);
    candidates.push(await inspectArtifact(file, { name, workspace }));
  }
  const unused = rules.filter(({ text }) => !used.has(text));
  return {
    candidates,
    issues: [...fileIssues, ...ruleIssues],
    notices: unused.map(({ text }) => `The rule --save-as "${text}" matches no file that is uploaded.`),
  };
}
