import { createHash } from 'node:crypto';
import type { Finding } from '../domain/finding.js';
import { flawFingerprint } from '../domain/flaw-fingerprint.js';
import type { UnnamedFinding } from './pipeline-finding.js';

/** Half of a SHA-256 keeps millions of findings apart. */
const HASH_LENGTH = 32;

/** Names the findings of a set that was seen whole. */
export type NamePipelineFinding = (finding: UnnamedFinding, index: number) => Finding;

/** Sees a set of findings once, to tell equal ones apart. */
export interface PipelineNamer {
  /** In the order of the set. */
  see(finding: UnnamedFinding): void;
  /** After the last one. Takes memory for those alone that are equal to another. */
  names(): NamePipelineFinding;
}

/** What decides about the order of equal findings. */
interface Place {
  readonly file: string;
  readonly line: number;
  readonly index: number;
}

/**
 * Names the findings of one set: `<cwe>-<hash>`, from what a finding is, so that it has the same name in the next scan.
 *
 * With the engine's hashes these are it, as the vendor defines equality; without, file, line, function and title. Equal
 * findings of one set are told apart by a number, in the order of file and line. While they are seen, a few hundred bytes
 * are held of each.
 *
 * @see docs.veracode.com "Pipeline Scan API"
 */
export function createPipelineNamer(): PipelineNamer {
  const firsts = new Map<string, Place>();
  const twins = new Map<string, Place[]>();
  let count = 0;
  return {
    see(finding) {
      const identity = identityOf(finding);
      const place = { file: finding.location.file ?? '', line: finding.location.line ?? 0, index: count };
      count += 1;
      const first = firsts.get(identity);
      if (first === undefined) firsts.set(identity, place);
      else {
        const places = twins.get(identity) ?? [first];
        places.push(place);
        twins.set(identity, places);
      }
    },
    names() {
      const numbers = new Map<number, number>();
      for (const places of twins.values()) {
        const [, ...others] = places.sort(comparePlaces);
        others.forEach(({ index }, before) => numbers.set(index, before + 2));
      }
      return (finding, index) => {
        const { title: _, ...facts } = finding;
        const number = numbers.get(index);
        return { id: `${identityOf(finding)}${number === undefined ? '' : `-${number}`}`, ...facts };
      };
    },
  };
}

/** Names the findings of a set that is held as a whole. */
export function namePipelineFindings(findings: readonly UnnamedFinding[]): readonly Finding[] {
  const namer = createPipelineNamer();
  for (const finding of findings) namer.see(finding);
  return findings.map(namer.names());
}

function identityOf({ cwe, title, location, flawMatch }: UnnamedFinding): string {
  const facts = flawMatch === null ? [title, location.file, location.line, location.function] : [flawFingerprint(flawMatch)];
  const hash = createHash('sha256').update(JSON.stringify([cwe, ...facts])).digest('hex');
  return `${cwe ?? 0}-${hash.slice(0, HASH_LENGTH)}`;
}

/** By code units, so that the order is the same on every machine. */
function comparePlaces(a: Place, b: Place): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.index - b.index;
}
