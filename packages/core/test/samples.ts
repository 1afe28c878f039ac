import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

/** Path of a file of the protocol package. */
export function protocolFile(path: string): string {
  return resolve(`@verapipe/protocol/${path}`);
}

/** One of our own samples of XML answers, by its name without `.xml`, for instance `applist.server`. */
export function xmlSample(name: string): Buffer {
  return readFileSync(protocolFile(`samples/xml/${name}.xml`));
}

/** One of our own samples of REST answers, by its name without `.json`. */
export function restSample(name: string): string {
  return readFileSync(protocolFile(`samples/rest/${name}.json`), 'utf8');
}

/** Facts of the protocol package, by the name of their file without `.json`. The caller knows their shape. */
export function protocolFacts(name: 'operations' | 'hosts' | 'states' | 'errors'): unknown {
  return JSON.parse(readFileSync(protocolFile(`${name}.json`), 'utf8'));
}

/** The ways in which the platform and its tools write one document. */
export const STYLES = ['server', 'plain', 'wrapper'] as const;
