import type { Sink } from '../src/output/terminal.js';

/** A sink that keeps what is written. */
export interface TextSink extends Sink {
  text(): string;
}

export function createTextSink(look: { readonly isTerminal?: boolean; readonly width?: number } = {}): TextSink {
  let written = '';
  return {
    fd: null,
    isTerminal: look.isTerminal ?? false,
    width: look.width ?? 120,
    write: (text) => {
      written += text;
    },
    async handOver(text) {
      written += text;
      await Promise.resolve();
    },
    text: () => written,
  };
}
