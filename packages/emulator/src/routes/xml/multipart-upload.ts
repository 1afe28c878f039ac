import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { digestUpload, type UploadDigest } from '../../platform/files.js';
import { PlatformRefusal } from '../../platform/refusal.js';

/** A `multipart/form-data` body: its fields, and the part `file` counted and hashed. */
export interface MultipartUpload {
  readonly fields: ReadonlyMap<string, string>;
  readonly file: { readonly name: string; readonly digest: UploadDigest } | null;
}

/** Reads a form with a file in one pass; the file's bytes are not kept. @param tap - sees each piece of the file */
export async function readMultipart(
  contentType: string,
  body: AsyncIterable<Uint8Array>,
  tap?: (chunk: Uint8Array) => void,
): Promise<MultipartUpload> {
  const fields = new Map<string, string>();
  const files: Promise<NonNullable<MultipartUpload['file']>>[] = [];
  const parser = createParser(contentType);
  parser.on('field', (name, value) => fields.set(name, value));
  parser.on('file', (field, stream, name) => {
    if (field !== 'file' || files.length > 0) {
      parser.destroy(new PlatformRefusal('The form must hold exactly one file, in the part "file".'));
      return;
    }
    const upload = digestUpload(stream, tap).then((digest) => ({ name, digest }));
    // A body that breaks off fails the form first; nobody looks at the file then.
    upload.catch(() => undefined);
    files.push(upload);
  });
  const source = Readable.from(body);
  source.on('error', (error) => parser.destroy(error));
  await finished(source.pipe(parser));
  return { fields, file: (await files[0]) ?? null };
}

function createParser(contentType: string): BusboyInstance {
  try {
    return new Busboy({ headers: { 'content-type': contentType } });
  } catch {
    throw new PlatformRefusal('The body must be of the type multipart/form-data.');
  }
}
