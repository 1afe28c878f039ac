import type { CustomFieldValue } from './application-profile.js';

/** A development sandbox of an application. @public */
export interface Sandbox {
  readonly id: string;
  readonly name: string;
  readonly owner: string | null;
  /** ISO 8601 UTC. */
  readonly modifiedAt: string | null;
  readonly expiresAt: string | null;
}

/** A sandbox as the REST API shows it; all times are ISO 8601 UTC. @public */
export interface SandboxProfile {
  /** Changes when the platform recreates an expired sandbox under its old name: look it up for each run. */
  readonly guid: string;
  /** The `sandbox_id` of the XML API. */
  readonly sandboxId: string;
  readonly applicationGuid: string;
  readonly name: string;
  readonly owner: string | null;
  readonly createdAt: string | null;
  readonly modifiedAt: string | null;
  readonly autoRecreate: boolean;
  /** `Custom 1` to `Custom 5`; those without a value may be missing. */
  readonly customFields: readonly CustomFieldValue[];
}

/** What a sandbox is to be; what is left out is cleared. @public */
export interface SandboxProfileFields {
  readonly name: string;
  /** Start afresh under the same name when the sandbox expires. @defaultValue false */
  readonly autoRecreate?: boolean;
  readonly customFields?: readonly CustomFieldValue[];
}
