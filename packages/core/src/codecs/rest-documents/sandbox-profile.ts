import type { SandboxProfile, SandboxProfileFields } from '../../domain/sandbox.js';
import { type JsonObject, optionalFlag, optionalText, readDate, readId, requireText } from '../rest.js';
import { decodeCustomFields } from './application-profile.js';

/** @throws ProtocolError `unexpected-shape` */
export function decodeSandboxProfile(sandbox: JsonObject, operation: string): SandboxProfile {
  return {
    guid: requireText(sandbox, 'guid', operation),
    sandboxId: readId(sandbox, 'id', operation),
    applicationGuid: requireText(sandbox, 'application_guid', operation),
    name: requireText(sandbox, 'name', operation),
    owner: optionalText(sandbox, 'owner_username'),
    createdAt: readDate(sandbox, 'created', operation),
    modifiedAt: readDate(sandbox, 'modified', operation),
    autoRecreate: optionalFlag(sandbox, 'auto_recreate') ?? false,
    customFields: decodeCustomFields(sandbox, operation),
  };
}

/** The whole body of a POST or PUT. */
export function encodeSandboxProfile({ name, autoRecreate = false, customFields = [] }: SandboxProfileFields): JsonObject {
  return { name, auto_recreate: autoRecreate, ...(customFields.length === 0 ? {} : { custom_fields: customFields }) };
}
