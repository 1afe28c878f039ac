import { X509Certificate } from 'node:crypto';

/** What CA_BUNDLE holds: PEM, or what is wrong with it. */
export type CaBundle = { readonly pem: string } | { readonly fault: string };

/** Reads PEM, or PEM in Base64: variables of Bitbucket have one line. Pure. */
export function readCaBundle(text: string): CaBundle {
  // Line ends of a secured variable may arrive as two characters.
  const plain = text.includes('-----BEGIN') ? text.replaceAll(String.raw`\n`, '\n') : Buffer.from(text, 'base64').toString('utf8');
  const certificates = plain.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/gu) ?? [];
  if (certificates.length === 0) return { fault: 'no certificate' };
  const wrong = certificates.findIndex((certificate) => !isCertificate(certificate));
  return wrong < 0 ? { pem: `${certificates.join('\n')}\n` } : { fault: `${certificates.length} certificates, of which number ${wrong + 1} cannot be read` };
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== '';
  } catch {
    return false;
  }
}
