import { open } from 'node:fs/promises';

const PIECE_CHARACTERS = 64 * 1024;

/** Writes a text to a file in pieces of one size, so that every side of a comparison makes the same calls. */
export async function writeText(file: string, text: AsyncIterable<string>): Promise<void> {
  const handle = await open(file, 'w');
  try {
    let pending = '';
    for await (const piece of text) {
      pending += piece;
      if (pending.length < PIECE_CHARACTERS) continue;
      await handle.writeFile(pending);
      pending = '';
    }
    await handle.writeFile(pending);
  } finally {
    await handle.close();
  }
}
