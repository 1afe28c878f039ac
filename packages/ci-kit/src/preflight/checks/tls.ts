import { isVeracodeError, NetworkError } from '@verapipe/core';

import { type Check, ok } from '../check.js';

/** A connection to every host, and a certificate that is trusted. An untrusted one is told in words, with the way out. */
export const tls: Check = {
  id: 'tls',
  title: 'Connection and TLS',
  needs: ['names', 'proxy'],
  async run({ bases, probe }) {
    const answered: string[] = [];
    for (const base of bases) {
      const { status } = await probe(base).catch(inWordsOfOptions);
      answered.push(`${new URL(base).host} answers (${String(status)})`);
    }
    const isPlain = bases.every((base) => base.startsWith('http:'));
    return ok(`${answered.join('; ')}; ${isPlain ? 'plain HTTP, to this machine only' : 'the certificates are trusted'}`);
  },
};

/** The library below knows no names of options. */
function inWordsOfOptions(error: unknown): never {
  if (!isVeracodeError(error) || error.code !== 'certificate-refused') throw error;
  throw new NetworkError(error.message, {
    code: error.code,
    outcome: 'final',
    cause: error,
    advice: 'If a proxy or gateway re-signs TLS, give the certificate of its authority with --ca-file; if none does, somebody else answers in the place of the platform.',
  });
}
