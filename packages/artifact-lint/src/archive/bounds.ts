const KIB = 1024;
const MIB = 1024 * KIB;

/** How far an artifact is read, so that no archive, however it was made, takes the machine's memory or its day. @public */
export interface LintBounds {
  /** Entries that are looked at, nested ones included. */
  readonly entries: number;
  /** An archive inside the artifact that is larger is listed and not opened. */
  readonly nestedBytes: number;
  /** All archives inside one artifact together, unpacked. */
  readonly allNestedBytes: number;
  /** Class files of which the debug information is read, of each archive. */
  readonly classes: number;
  /** The beginning of any other file. */
  readonly headBytes: number;
  /** A file that is understood as a whole only: class files, assemblies. */
  readonly wholeBytes: number;
  /** Everything that is unpacked to be looked into. */
  readonly contentBytes: number;
  /** What comes out of a compressed stream (.tar.gz) before reading ends. */
  readonly streamBytes: number;
}

/** @public */
export const DEFAULT_BOUNDS: LintBounds = {
  entries: 250_000,
  nestedBytes: 64 * MIB,
  allNestedBytes: 1024 * MIB,
  classes: 500,
  headBytes: 256 * KIB,
  wholeBytes: 16 * MIB,
  contentBytes: 512 * MIB,
  streamBytes: 8 * 1024 * MIB,
};
