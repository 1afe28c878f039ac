import type { Sandbox } from '../../domain/sandbox.js';
import type { XmlDocument } from '../xml-answer.js';
import { childrenOf, optionalDate, optionalText, requiredChild, requiredId, requiredText } from '../xml-fields.js';
import { decodeTwice } from '../xml-references.js';
import type { XmlElement } from '../xml-element.js';
import { successDocument } from './success.js';

/** Answer of `getsandboxlist.do`. */
export const SANDBOXLIST: XmlDocument<readonly Sandbox[]> = {
  roots: ['sandboxlist'],
  decode: (root, operation) => childrenOf(root, 'sandbox').map((sandbox) => sandboxOf(sandbox, operation)),
};

/** Answer of `createsandbox.do` and `updatesandbox.do`. */
export const SANDBOXINFO: XmlDocument<Sandbox> = {
  roots: ['sandboxinfo'],
  decode: (root, operation) => sandboxOf(requiredChild(root, 'sandbox', operation), operation),
};

/** Answer of `promotesandbox.do`: the sandbox has no name there, and the platform is not done yet. */
export const PROMOTION: XmlDocument<undefined> = {
  roots: ['sandboxinfo'],
  decode: (root, operation) => {
    requiredChild(root, 'sandbox', operation);
    return undefined;
  },
};

/** Answer of `deletesandbox.do`. */
export const DELETESANDBOX = successDocument('deletesandboxresult');

function sandboxOf(sandbox: XmlElement, operation: string): Sandbox {
  const owner = optionalText(sandbox, 'owner');
  return {
    id: requiredId(sandbox, 'sandbox_id', operation),
    name: requiredText(sandbox, 'sandbox_name', operation),
    // Seen encoded twice; shown to people only.
    owner: owner === null ? null : decodeTwice(owner),
    modifiedAt: optionalDate(sandbox, 'last_modified') ?? optionalDate(sandbox, 'modified_date'),
    expiresAt: optionalDate(sandbox, 'expires'),
  };
}
