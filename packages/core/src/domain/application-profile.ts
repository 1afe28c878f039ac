import type { BusinessCriticality } from './application.js';
import type { PolicyEvaluation } from './build.js';

/** Something with a name that the REST API refers to by GUID: a team, a business unit. @public */
export interface NamedReference {
  readonly guid: string;
  readonly name: string;
}

/** The newest scan of one kind in the policy context. @public */
export interface ProfileScan {
  /** `STATIC`, `DYNAMIC`, `MANUAL`. */
  readonly type: string;
  /** The platform's word, for instance `PUBLISHED`; the REST API has other words than the XML API. */
  readonly status: string;
  /** ISO 8601 UTC; the last change of the state. */
  readonly modifiedAt: string | null;
}

/** A policy of an application profile and what it came to. @public */
export interface AppliedPolicy extends NamedReference {
  readonly isDefault: boolean;
  /** `unknown` for every word that is not known, and for a vendor's review that has not ended. */
  readonly evaluation: PolicyEvaluation;
  /** The platform's word. */
  readonly evaluationText: string;
}

/** Somebody who answers for an application. @public */
export interface BusinessOwner {
  readonly name: string | null;
  readonly email: string | null;
}

/** The value of a custom field, by the field's name. @public */
export interface CustomFieldValue {
  readonly name: string;
  readonly value: string;
}

/** An application profile as the REST API shows it; all times are ISO 8601 UTC. @public */
export interface ApplicationProfile {
  readonly guid: string;
  /** The `app_id` of the XML API. */
  readonly applicationId: string;
  readonly name: string;
  /** null for a grade that is not known. */
  readonly criticality: BusinessCriticality | null;
  readonly policies: readonly AppliedPolicy[];
  readonly teams: readonly NamedReference[];
  readonly businessUnit: NamedReference | null;
  readonly businessOwners: readonly BusinessOwner[];
  readonly tags: readonly string[];
  readonly description: string | null;
  readonly customFields: readonly CustomFieldValue[];
  readonly archerName: string | null;
  readonly repositoryUrl: string | null;
  readonly createdAt: string | null;
  readonly modifiedAt: string | null;
  readonly lastScanCompletedAt: string | null;
  /** Of the last evaluation of the policy, which happens without a scan, too; null when the platform leaves it out. */
  readonly policyCheckedAt: string | null;
  readonly scans: readonly ProfileScan[];
}

/** A custom field that profiles of the account can have. @public */
export interface CustomFieldName {
  /** For instance `Custom 1`, or what an administrator called it. */
  readonly name: string;
  /** Its place among them; null when the platform does not say. */
  readonly sortOrder: number | null;
}

/** What can be set on an application profile over REST. @public */
export interface ApplicationProfileFields {
  readonly name?: string;
  readonly criticality?: BusinessCriticality;
  readonly policyGuid?: string;
  readonly teamGuids?: readonly string[];
  readonly businessUnitGuid?: string;
  readonly businessOwners?: readonly BusinessOwner[];
  readonly tags?: readonly string[];
  /** null clears it; so it does below. */
  readonly description?: string | null;
  /** All of them: a field that is not among them is cleared. */
  readonly customFields?: readonly CustomFieldValue[];
  readonly archerName?: string | null;
  readonly repositoryUrl?: string | null;
}

/** The platform's words for the compliance of an application. @public */
export type ProfileCompliance = 'DETERMINING' | 'NOT_ASSESSED' | 'DID_NOT_PASS' | 'CONDITIONAL_PASS' | 'VENDOR_REVIEW' | 'PASSED';

/** Which application profiles a list shows: those that fit all of these. @public */
export interface ApplicationProfileFilters {
  /** A part of the name is enough, whatever comes before or after it. */
  readonly name?: string;
  /** The `app_id` of the XML API. */
  readonly applicationId?: string;
  readonly tag?: string;
  readonly team?: string;
  readonly businessUnit?: string;
  readonly policy?: string;
  readonly policyGuid?: string;
  readonly policyCompliance?: ProfileCompliance;
  /** `2026-01-31`, or a time in ISO 8601 UTC; the platform may look at the day only. */
  readonly policyCheckedAfter?: string;
  /** `2026-01-31`. */
  readonly modifiedAfter?: string;
  /** One of these: the platform's words, for instance `PUBLISHED`. */
  readonly scanStatuses?: readonly string[];
  readonly scanType?: 'STATIC' | 'DYNAMIC' | 'MANUAL';
  /** All of these; `%` in a value stands for any text. */
  readonly customFields?: readonly CustomFieldValue[];
  /** Name of a custom field whose values order the list. */
  readonly sortByCustomField?: string;
  readonly repositoryUrl?: string;
}
