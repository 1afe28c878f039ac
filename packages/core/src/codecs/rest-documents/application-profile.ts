import { BUSINESS_CRITICALITIES, type BusinessCriticality } from '../../domain/application.js';
import type {
  ApplicationProfile,
  ApplicationProfileFields,
  AppliedPolicy,
  CustomFieldValue,
  NamedReference,
} from '../../domain/application-profile.js';
import type { PolicyEvaluation } from '../../domain/build.js';
import { type JsonObject, optionalFlag, optionalObject, optionalObjects, optionalText, readDate, readId, requireObject, requireText } from '../rest.js';

const EVALUATIONS: ReadonlyMap<string, PolicyEvaluation> = new Map([
  ['PASSED', 'pass'],
  ['CONDITIONAL_PASS', 'conditional-pass'],
  ['DID_NOT_PASS', 'did-not-pass'],
  ['NOT_ASSESSED', 'not-assessed'],
  ['DETERMINING', 'calculating'],
]);

/** @throws ProtocolError `unexpected-shape` */
export function decodeApplicationProfile(entry: JsonObject, operation: string): ApplicationProfile {
  const profile = requireObject(entry, 'profile', operation);
  const unit = optionalObject(profile, 'business_unit', operation);
  return {
    guid: requireText(entry, 'guid', operation),
    applicationId: readId(entry, 'id', operation),
    name: requireText(profile, 'name', operation),
    criticality: decodeCriticality(optionalText(profile, 'business_criticality')),
    policies: optionalObjects(profile, 'policies', operation).map((policy) => decodeAppliedPolicy(policy, operation)),
    teams: optionalObjects(profile, 'teams', operation).map((team) => decodeReference(team, 'team_name', operation)),
    businessUnit: unit === null ? null : decodeReference(unit, 'name', operation),
    businessOwners: optionalObjects(profile, 'business_owners', operation).map((owner) => ({
      name: optionalText(owner, 'name'),
      email: optionalText(owner, 'email'),
    })),
    tags: splitTags(optionalText(profile, 'tags')),
    description: optionalText(profile, 'description'),
    customFields: decodeCustomFields(profile, operation),
    archerName: optionalText(profile, 'archer_app_name'),
    repositoryUrl: optionalText(profile, 'git_repo_url'),
    createdAt: readDate(entry, 'created', operation),
    modifiedAt: readDate(entry, 'modified', operation),
    lastScanCompletedAt: readDate(entry, 'last_completed_scan_date', operation),
    policyCheckedAt: readDate(entry, 'last_policy_compliance_check_date', operation),
    scans: optionalObjects(entry, 'scans', operation).map((scan) => ({
      type: requireText(scan, 'scan_type', operation),
      status: optionalText(scan, 'status') ?? '',
      modifiedAt: readDate(scan, 'modified_date', operation),
    })),
  };
}

/** The fields that are given, as a profile has them on the wire; null where one is to be cleared. */
export function encodeProfileFields(fields: ApplicationProfileFields): JsonObject {
  return Object.fromEntries(
    Object.entries({
      name: fields.name,
      business_criticality: fields.criticality?.toUpperCase().replace(' ', '_'),
      policies: fields.policyGuid === undefined ? undefined : [{ guid: fields.policyGuid }],
      teams: fields.teamGuids?.map((guid) => ({ guid })),
      business_unit: fields.businessUnitGuid === undefined ? undefined : { guid: fields.businessUnitGuid },
      business_owners: fields.businessOwners,
      tags: fields.tags?.join(','),
      description: fields.description,
      custom_fields: fields.customFields,
      archer_app_name: fields.archerName,
      git_repo_url: fields.repositoryUrl,
    }).filter(([, value]) => value !== undefined),
  );
}

/** Custom fields of a profile or a sandbox; a field without a value is left out. @throws ProtocolError `unexpected-shape` */
export function decodeCustomFields(object: JsonObject, operation: string): readonly CustomFieldValue[] {
  return optionalObjects(object, 'custom_fields', operation).flatMap((field) => {
    const value = optionalText(field, 'value');
    return value === null ? [] : [{ name: requireText(field, 'name', operation), value }];
  });
}

function decodeAppliedPolicy(policy: JsonObject, operation: string): AppliedPolicy {
  const evaluationText = optionalText(policy, 'policy_compliance_status') ?? '';
  return {
    ...decodeReference(policy, 'name', operation),
    isDefault: optionalFlag(policy, 'is_default') ?? false,
    evaluation: EVALUATIONS.get(evaluationText) ?? 'unknown',
    evaluationText,
  };
}

function decodeReference(object: JsonObject, nameField: string, operation: string): NamedReference {
  return { guid: requireText(object, 'guid', operation), name: optionalText(object, nameField) ?? '' };
}

function decodeCriticality(word: string | null): BusinessCriticality | null {
  return BUSINESS_CRITICALITIES.find((grade) => grade.toUpperCase().replace(' ', '_') === word) ?? null;
}

function splitTags(text: string | null): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}
