import type { FileList, UploadedFile } from '../../domain/build.js';
import type { XmlDocument } from '../xml-answer.js';
import { childrenOf, optionalId, optionalText, requiredId, requiredText } from '../xml-fields.js';
import type { XmlElement } from '../xml-element.js';
import { successDocument } from './success.js';

/** Answer of `getfilelist.do` and of uploads. */
export const FILELIST: XmlDocument<FileList> = {
  roots: ['filelist'],
  decode: (root, operation) => ({
    applicationId: requiredId(root, 'app_id', operation),
    sandboxId: optionalId(root, 'sandbox_id', operation),
    buildId: requiredId(root, 'build_id', operation),
    files: childrenOf(root, 'file').map((file) => fileOf(file, operation)),
  }),
};

/** Answer of `removefile.do`; older versions list the remaining files. */
export const REMOVEFILE = successDocument('removefile', 'filelist');

function fileOf(file: XmlElement, operation: string): UploadedFile {
  const statusText = optionalText(file, 'file_status') ?? '';
  return {
    id: requiredId(file, 'file_id', operation),
    name: requiredText(file, 'file_name', operation),
    statusText,
    uploaded: statusText.toLowerCase() === 'uploaded',
    md5: md5Of(optionalText(file, 'file_md5')),
  };
}

/** Anything else than 32 hexadecimal digits proves nothing. */
function md5Of(text: string | null): string | null {
  return text !== null && /^[0-9a-f]{32}$/i.test(text) ? text.toLowerCase() : null;
}
