/** Where text goes. */
export interface Sink {
  write(text: string): void;
  /** Writes, and resolves when whoever reads has taken it; rejects when nobody reads any more. */
  handOver(text: string): Promise<void>;
  /** The descriptor of the process; null where there is none. */
  readonly fd: number | null;
  /** True when a person looks at it, and its last line can be written anew. */
  readonly isTerminal: boolean;
  /** Columns; a width that suits logs where it is not known. */
  readonly width: number;
}

/** Width of tables in logs. */
export const LOG_WIDTH = 120;

/** Takes a stream of the process as a sink. */
export function createSink(stream: NodeJS.WriteStream & { readonly fd?: number }): Sink {
  return {
    fd: stream.fd ?? null,
    write: (text) => {
      stream.write(text);
    },
    handOver: (text) =>
      new Promise((resolve, reject) => {
        stream.write(text, (error) => (error instanceof Error ? reject(error) : resolve()));
      }),
    isTerminal: stream.isTTY,
    get width() {
      return stream.isTTY ? stream.columns : LOG_WIDTH;
    },
  };
}
