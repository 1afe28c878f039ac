/** One entry of an archive, as its directory tells; nothing of it is unpacked yet. */
export interface ArchiveEntry {
  /** With `/` between folders; never used as a path on this machine. */
  readonly name: string;
  /** False for bytes that are no UTF-8. */
  readonly isNameText: boolean;
  readonly kind: 'file' | 'folder' | 'link';
  /** As the archive claims. */
  readonly sizeBytes: number;
  /** Null in formats that compress the whole. */
  readonly packedBytes: number | null;
  readonly isEncrypted: boolean;
  /** The zip method; null in other formats. */
  readonly method: number | null;
  /**
   * The first bytes of a file, at most so many; whatever the archive claims, no more is unpacked. Once for each entry,
   * and before the next one is taken.
   *
   * @throws what a damaged archive makes its reader throw
   */
  read(maxBytes: number): Promise<Uint8Array>;
}

/** Takes the entries of an archive one after the other. @returns false to stop */
export type VisitEntry = (entry: ArchiveEntry) => Promise<boolean>;

/** Stored and deflated: what every reader of zips understands. */
export const READABLE_METHODS: readonly number[] = [0, 8];
