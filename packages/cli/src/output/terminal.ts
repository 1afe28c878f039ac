/** Where text goes. */
export interface Sink {
  write(text: string): void;
  /** True when a person looks at it, and its last line can be written anew. */
  readonly isTerminal: boolean;
  /** Columns; a width that suits logs where it is not known. */
  readonly width: number;
}

/** Width of tables in logs. */
export const LOG_WIDTH = 120;

/** Takes a stream of the process as a sink. */
export function createSink(stream: NodeJS.WriteStream): Sink {
  return {
    write: (text) => {
      stream.write(text);
    },
    isTerminal: stream.isTTY,
    get width() {
      return stream.isTTY ? stream.columns : LOG_WIDTH;
    },
  };
}
