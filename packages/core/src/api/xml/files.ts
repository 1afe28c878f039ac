import { FILELIST, REMOVEFILE } from '../../codecs/documents/files.js';
import type { BuildContext, FileList } from '../../domain/build.js';
import type { Artifact } from '../../domain/scan-request.js';
import { ProtocolError } from '../../kernel/errors.js';
import { fileBody } from '../../transport/file-body.js';
import type { CallOptions } from '../../transport/http.js';
import type { VeracodeClient } from '../veracode-client.js';
import { contextParameters } from './builds.js';
import { callXml, uploadXml, xmlOperation } from './xml-call.js';

const LIST_FILES = xmlOperation('/api/5.0/getfilelist.do', { idempotent: true, reads: true });
const UPLOAD_FILE = xmlOperation('/api/5.0/uploadlargefile.do', { idempotent: false, reads: false });
const REMOVE_FILE = xmlOperation('/api/5.0/removefile.do', { idempotent: true, reads: false });

/** The calls of this file. */
export const FILE_OPERATIONS = [LIST_FILES, UPLOAD_FILE, REMOVE_FILE];

/**
 * Lists the files of one build, or of the newest one of the context.
 *
 * @operation POST /api/5.0/getfilelist.do (idempotent)
 * @throws AuthorizationError, RefusedError (no build), ProtocolError, and the errors of the transport
 * @see docs.veracode.com "getfilelist.do"
 * @public
 */
export function listFiles(
  client: VeracodeClient,
  { buildId, ...context }: BuildContext & { readonly buildId?: string },
  call: CallOptions = {},
): Promise<FileList> {
  const parameters = { ...contextParameters(context), build_id: buildId };
  return callXml(client, { operation: LIST_FILES, parameters, document: FILELIST, call });
}

/**
 * Uploads one artifact into the newest build of the context, streamed from disk in constant memory. One upload at a
 * time: the platform refuses parallel ones.
 *
 * Compare the build id in the answer: when the newest build is finished already, the platform starts a new one, named
 * after the date, without a word.
 *
 * @param input.onBytes - hears how many bytes of the current attempt have been handed over
 * @returns all files of the build; look for name, status and checksum, because an accepted upload may still be broken
 * @operation POST /api/5.0/uploadlargefile.do (not idempotent)
 * @throws LocalError (the file changed or cannot be read), RefusedError, AuthorizationError, ProtocolError, and the
 *   errors of the transport
 * @see docs.veracode.com "uploadlargefile.do"
 * @public
 */
export async function uploadFile(
  client: VeracodeClient,
  { artifact, onBytes, ...context }: BuildContext & { readonly artifact: Artifact; readonly onBytes?: (sentBytes: number) => void },
  call: CallOptions = {},
): Promise<FileList> {
  const body = fileBody(artifact, onBytes === undefined ? {} : { onBytes });
  const parameters = { ...contextParameters(context), filename: artifact.name };
  const files = await uploadXml(client, { operation: UPLOAD_FILE, parameters, document: FILELIST, body, call });
  if (!body.isHandedOver()) throw answeredTooEarly(artifact);
  return files;
}

/**
 * Takes one file out of the newest build of the context.
 *
 * A repeat after a lost answer finds no file and is refused: then list the files.
 *
 * @operation POST /api/5.0/removefile.do (idempotent)
 * @throws RefusedError, AuthorizationError, ProtocolError, and the errors of the transport
 * @see docs.veracode.com "removefile.do"
 * @public
 */
export async function removeFile(
  client: VeracodeClient,
  { fileId, ...context }: BuildContext & { readonly fileId: string },
  call: CallOptions = {},
): Promise<void> {
  const parameters = { ...contextParameters(context), file_id: fileId };
  await callXml(client, { operation: REMOVE_FILE, parameters, document: REMOVEFILE, call });
}

function answeredTooEarly(artifact: Artifact): ProtocolError {
  return new ProtocolError(`${UPLOAD_FILE.name} was answered before the whole of ${artifact.name} had been sent.`, {
    code: 'answered-too-early',
    context: { operation: UPLOAD_FILE.name },
    advice: 'Something between here and the platform answers in its place; list the files to see what arrived.',
  });
}
