import type { BuildView } from '@verapipe/emulator';

import { EXCLUDED_MODULE } from '../throw-plan.js';
import type { Invariant, ProcessRecord, SeedRecord } from '../seed-record.js';

/** Never green without a finished, counted, judged scan of exactly our bytes. */
export const provenGreen: Invariant = (record) => record.processes.flatMap((process) => faultsOfGreen(record, process));

function faultsOfGreen(record: SeedRecord, process: ProcessRecord): readonly string[] {
  const { result } = process;
  if (result === null || result.kind === 'unjudged') return [];
  if (result.kind === 'tolerated') return [`${process.pipeline} (${process.command}): an outage was tolerated, which nobody had asked for`];
  const id = result.scan.build.id;
  const who = `${process.pipeline} (${process.command}, exit ${result.exitCode}, build ${id})`;
  const build = process.judgedBuild;
  if (build === null) return [`${who}: there is no such build`];
  const faults = [...wrongFiles(build, record, process), ...wrongModules(build, record, process), build.prescansBegun > 0 ? null : 'no prescan was begun'];
  if (result.kind === 'judged') faults.push(...wrongJudgement(build, process));
  return faults.filter((fault) => fault !== null).map((fault) => `${who}: ${fault}`);
}

function wrongFiles({ files }: BuildView, { processes }: SeedRecord, process: ProcessRecord): readonly (string | null)[] {
  // A `wait` has no files of its own: it speaks of a scan that some attempt before it has uploaded.
  const before = processes.filter(({ pipeline, command, startMs }) => pipeline === process.pipeline && command === 'scan' && startMs < process.startMs);
  const wanted = (process.command === 'wait' ? before : [process]).map((attempt) => describe(attempt.files));
  const held = describe(files);
  return [wanted.includes(held) ? null : `it holds ${held} instead of ${wanted.join(' or ')}`];
}

function describe(files: readonly { readonly name: string; readonly sha256: string }[]): string {
  return files
    .map(({ name, sha256 }) => `${name} ${sha256}`)
    .toSorted()
    .join(', ');
}

function wrongModules({ scannedModules }: BuildView, { plan }: SeedRecord, { pipeline }: ProcessRecord): readonly (string | null)[] {
  const job = pipeline === 'rival' ? plan.rival : plan.ours;
  const isExcluded = job?.settings.some(({ name }) => name === 'exclude-modules') === true;
  return [isExcluded && scannedModules.includes(EXCLUDED_MODULE) ? `the module "${EXCLUDED_MODULE}" was scanned` : null];
}

function wrongJudgement(build: BuildView, { result, settings }: ProcessRecord): readonly (string | null)[] {
  if (result?.kind !== 'judged') return [];
  const word = build.sandboxId === null ? build.policyComplianceStatus : build.policyRulesStatus;
  const passes = word === 'Pass' || word === 'Conditional Pass';
  const { counts } = result.results.proof ?? { counts: { read: -1, reported: -2 } };
  const policyGate = result.verdict.gates.find(({ id }) => id === 'policy');
  return [
    build.status === 'Results Ready' ? null : `its status is ${build.status}`,
    build.scannedModules.length > 0 ? null : 'no module was scanned',
    counts.read === counts.reported ? null : `${counts.read} of ${counts.reported} findings were read`,
    (policyGate?.outcome === 'pass') === passes ? null : `the policy is ${word}, and the gate says ${policyGate?.outcome ?? 'nothing'}`,
    result.exitCode === 0 && !passes ? `green with ${word}` : null,
    result.exitCode === 1 && passes && !settings.some(({ name }) => name === 'fail-on-severity') ? `a gate failed with ${word}` : null,
  ];
}
