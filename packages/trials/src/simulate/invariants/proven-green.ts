import type { BuildView } from '@verapipe/emulator';

import { EXCLUDED_MODULE } from '../throw-plan.js';
import type { Invariant, ProcessRecord, SeedRecord } from '../seed-record.js';

/** Never green without a finished, counted, judged scan of exactly our bytes. */
export const provenGreen: Invariant = (record) => record.processes.flatMap((process) => faultsOfGreen(record, process));

function faultsOfGreen(record: SeedRecord, process: ProcessRecord): readonly string[] {
  const { result } = process;
  if (result === null || result.kind === 'unjudged') return [];
  const id = result.scan.build.id;
  const who = `${process.pipeline} (${process.command}, exit ${result.exitCode}, build ${id})`;
  const build = record.snapshot.applications.flatMap(({ builds }) => builds).find((candidate) => candidate.id === id);
  if (build === undefined) return [`${who}: there is no such build`];
  const faults = [...wrongFiles(build, process), ...wrongModules(build, record, process), build.prescansBegun > 0 ? null : 'no prescan was begun'];
  if (result.kind === 'judged') faults.push(...wrongJudgement(build, process));
  return faults.filter((fault) => fault !== null).map((fault) => `${who}: ${fault}`);
}

function wrongFiles({ files }: BuildView, process: ProcessRecord): readonly (string | null)[] {
  const wanted = process.files.map(({ name, sha256 }) => `${name} ${sha256}`).toSorted();
  const held = files.map(({ name, sha256 }) => `${name} ${sha256}`).toSorted();
  return [wanted.join() === held.join() ? null : `it holds ${held.join(', ')} instead of ${wanted.join(', ')}`];
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
    result.exitCode === 1 && passes && !settings.includes('fail-on-severity') ? `a gate failed with ${word}` : null,
  ];
}
