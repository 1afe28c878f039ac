/** Bounds on what an answer may look like; the platform's own documents stay far below. */
export const XML_LIMITS = {
  /** Elements inside each other. Reports go down to nine. */
  depth: 32,
  /** Attributes of one element. A report's root has forty. */
  attributes: 256,
  /** Tags of a document that is read as a whole. */
  tags: 600_000,
  /** Attributes of a document that is read as a whole. */
  totalAttributes: 1_500_000,
  /** Characters between two tags of a document that is read as a stream; reports carry screenshots as text. */
  pieceLength: 16 * 1024 * 1024,
} as const;
