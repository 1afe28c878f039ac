import { z } from 'zod';
import { RestProblem } from './rest-route.js';

const largestBodyBytes = 1024 * 1024;

/** Reads and checks a JSON body. @throws RestProblem 400 that says what is wrong */
export async function readJson<T>(body: AsyncIterable<Uint8Array>, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(parse(await readText(body)));
  if (!parsed.success) {
    throw new RestProblem(400, z.prettifyError(parsed.error));
  }
  return parsed.data;
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of body) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > largestBodyBytes) {
      throw new RestProblem(400, `The body is larger than ${largestBodyBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RestProblem(400, 'The body is not JSON');
  }
}
