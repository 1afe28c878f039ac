import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import type { Env } from '../auth/credential-chain.js';
import { ValidationError } from '../kernel/errors.js';

/** Which certificate authorities are trusted besides the usual ones. */
export interface TrustOptions {
  /** PEM file of further certificate authorities. */
  readonly caFile?: string;
  readonly env?: Env;
}

/**
 * The certificate authorities to trust, as PEM texts: Node's own, those of `NODE_EXTRA_CA_CERTS`, and those of the
 * file.
 *
 * @returns undefined without a file: Node's defaults, which follow `NODE_EXTRA_CA_CERTS` by themselves
 * @throws ValidationError when the file cannot be read or holds no certificate
 */
export async function readTrustedRoots({ caFile, env = {} }: TrustOptions): Promise<readonly string[] | undefined> {
  if (caFile === undefined) return undefined;
  const own = await readPem(caFile);
  const extraFile = env['NODE_EXTRA_CA_CERTS'] ?? '';
  // Giving a list replaces Node's defaults, so what this variable adds to them has to be added again. Node only warns
  // about a file that it cannot read, and so does nothing more here.
  const extra = extraFile === '' ? [] : [await readPem(extraFile).catch(() => '')];
  return [...rootCertificates, ...extra, own];
}

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

async function readPem(file: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw refuse(`${file}, which cannot be read`, cause);
  }
  const certificates = text.match(PEM_CERTIFICATE) ?? [];
  if (certificates.length === 0) throw refuse(`${file}, which holds no certificate`);
  try {
    for (const certificate of certificates) new X509Certificate(certificate);
  } catch (cause) {
    throw refuse(`${file}, whose certificates cannot be read`, cause);
  }
  return certificates.join('\n');
}

function refuse(got: string, cause?: unknown): ValidationError {
  const wanted = 'a file with certificates in PEM form (-----BEGIN CERTIFICATE-----)';
  return new ValidationError([{ path: 'caFile', got, wanted }], { code: 'invalid-ca-file', cause });
}
