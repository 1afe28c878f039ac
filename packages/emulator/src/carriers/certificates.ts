import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { createECDH, createPrivateKey, KeyObject, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import type { RandomSource } from '../random-source.js';

/** A certificate and its private key, as PEM texts. */
export interface Identity {
  readonly certificate: string;
  readonly privateKey: string;
}

/** What certificates are made with. */
export interface Making {
  readonly random: RandomSource;
  /** Wall time, milliseconds since the Unix epoch. */
  readonly nowMs: number;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const dayMs = 86_400_000;
/** Clients refuse server certificates that are good for much longer. */
const serverDays = 396;
const authorityDays = 3650;
const scalarBytes = 32;
const serialBytes = 8;

/** Makes an authority of its own for every emulator, so that trusting it means trusting nothing else. */
export async function createAuthority({ random, nowMs }: Making): Promise<Identity> {
  const keys = await createKeys(random);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    ...validity(nowMs, authorityDays),
    serialNumber: serialNumber(random),
    name: 'CN=Veracode platform emulator (throw-away test authority)',
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: certificate.toString('pem'), privateKey: pemOf(keys.privateKey) };
}

/** Makes a server certificate for names and IP addresses, signed by the authority. */
export async function createServerIdentity(authority: Identity, names: readonly string[], { random, nowMs }: Making): Promise<Identity> {
  const keys = await createKeys(random);
  const issuer = new X509Certificate(authority.certificate);
  const certificate = await X509CertificateGenerator.create({
    ...validity(nowMs, serverDays),
    serialNumber: serialNumber(random),
    subject: `CN=${names[0] ?? 'localhost'}`,
    issuer: issuer.subject,
    publicKey: keys.publicKey,
    signingKey: await importPrivateKey(authority.privateKey),
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(names.map((value) => ({ type: isAddress(value) ? 'ip' : 'dns', value }))),
    ],
  });
  return { certificate: certificate.toString('pem'), privateKey: pemOf(keys.privateKey) };
}

/** Is the authority's certificate still good? One that was kept may have run out. */
export function isStillGood({ certificate }: Identity, nowMs: number): boolean {
  return new X509Certificate(certificate).notAfter.getTime() - nowMs > serverDays * dayMs;
}

/** A key pair whose secret comes from the given source of randomness. */
async function createKeys(random: RandomSource): Promise<webcrypto.CryptoKeyPair> {
  useNodeCrypto();
  const pair = createECDH('prime256v1');
  const scalar = Buffer.from(random.bytes(scalarBytes));
  // Below 2^255 every number is a valid secret of this curve.
  scalar.writeUInt8(scalar.readUInt8(0) & 0x7f, 0);
  pair.setPrivateKey(scalar);
  const point = pair.getPublicKey();
  const publicJwk = {
    kty: 'EC',
    crv: algorithm.namedCurve,
    x: point.subarray(1, 1 + scalarBytes).toString('base64url'),
    y: point.subarray(1 + scalarBytes).toString('base64url'),
  };
  return {
    privateKey: await webcrypto.subtle.importKey('jwk', { ...publicJwk, d: scalar.toString('base64url') }, algorithm, true, ['sign']),
    publicKey: await webcrypto.subtle.importKey('jwk', publicJwk, algorithm, true, ['verify']),
  };
}

function useNodeCrypto(): void {
  cryptoProvider.set(webcrypto as unknown as Parameters<typeof cryptoProvider.set>[0]);
}

async function importPrivateKey(pem: string): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' });
  return webcrypto.subtle.importKey('pkcs8', der, algorithm, true, ['sign']);
}

function pemOf(key: webcrypto.CryptoKey): string {
  return KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString();
}

function serialNumber(random: RandomSource): string {
  return `01${Buffer.from(random.bytes(serialBytes)).toString('hex')}`;
}

/** From yesterday on: clocks of containers and hosts differ. */
function validity(nowMs: number, days: number): { readonly notBefore: Date; readonly notAfter: Date } {
  return { notBefore: new Date(nowMs - dayMs), notAfter: new Date(nowMs + days * dayMs) };
}

function isAddress(name: string): boolean {
  return isIP(name) !== 0;
}
