import { BUSINESS_CRITICALITIES, type ApplicationFields, type BusinessCriticality } from '../domain/application.js';
import type { DeleteIncomplete, ModuleSelection, ScanRequest } from '../domain/scan-request.js';
import { ValidationError, type ValidationIssue } from '../kernel/errors.js';
import { type ArtifactCandidate, checkArtifacts, toArtifact } from './artifacts.js';
import { parsePolling, type RawPolling } from './polling.js';

/** Not documented by the vendor; safe guesses. */
const MAX_NAME_LENGTH = 256;
const MAX_SCAN_NAME_LENGTH = 255;
/** A week: longer is a slip of the keyboard. */
const MAX_TIMEOUT_MINUTES = 7 * 24 * 60;

/** A scan as somebody asked for it, in user's units. @public */
export interface RawScanRequest extends RawPolling {
  readonly application: string | null;
  readonly sandbox: string | null;
  readonly createProfile: boolean;
  readonly updateProfile: boolean;
  readonly createSandbox: boolean;
  readonly criticality: BusinessCriticality | null;
  readonly teams: readonly string[];
  readonly policy: string | null;
  readonly businessUnit: string | null;
  readonly tags: readonly string[];
  readonly description: string | null;
  readonly repositoryUrl: string | null;
  readonly scanName: string;
  readonly scanNameSuffixes: readonly string[];
  readonly earlierScanNames: string | null;
  readonly artifacts: readonly ArtifactCandidate[];
  readonly modules: ModuleSelection;
  readonly includeModules: readonly string[];
  readonly excludeModules: readonly string[];
  readonly deleteIncomplete: DeleteIncomplete;
  readonly waitTurn: boolean;
  readonly keepFailedBuild: boolean;
  readonly wait: boolean;
  readonly timeoutMinutes: number;
}

/** A request that can be carried out, and what should be said about it. @public */
export interface ParsedScanRequest {
  readonly request: ScanRequest;
  readonly warnings: readonly string[];
}

/**
 * Checks a whole scan request. Pure: artifacts are judged by what is known of them.
 *
 * @param platformUrl - the host that is polled decides about the interval
 * @throws ValidationError with every fault: where, what was given, what is wanted
 * @public
 */
export function parseScanRequest(raw: RawScanRequest, { xmlBaseUrl }: { readonly xmlBaseUrl: string }): ParsedScanRequest {
  const polling = parsePolling(raw, xmlBaseUrl);
  const issues: ValidationIssue[] = [
    ...checkNames(raw),
    ...checkProfile(raw),
    ...checkModules(raw),
    ...checkArtifacts(raw.artifacts),
    ...checkTimes(raw),
    ...polling.issues,
  ];
  if (issues.length > 0 || raw.application === null) throw new ValidationError(issues);
  return { request: toRequest(raw, raw.application, polling.pollIntervalMs), warnings: [...polling.warnings, ...profileWarnings(raw)] };
}

function checkNames(raw: RawScanRequest): readonly ValidationIssue[] {
  const issues = [
    ...(raw.application === null
      ? [{ path: 'app', got: 'nothing', wanted: 'the exact name of the application profile' }]
      : checkName('app', raw.application, MAX_NAME_LENGTH)),
    ...(raw.sandbox === null ? [] : checkName('sandbox', raw.sandbox, MAX_NAME_LENGTH)),
    ...checkName('scanName', raw.scanName, MAX_SCAN_NAME_LENGTH),
  ];
  if (raw.createSandbox && raw.sandbox === null) {
    issues.push({ path: 'createSandbox', got: 'no sandbox', wanted: 'the name of the sandbox to create (--sandbox)' });
  }
  return issues;
}

function checkName(path: string, name: string, maxLength: number): ValidationIssue[] {
  if (name.trim() === '') return [{ path, got: 'an empty name', wanted: 'a name' }];
  const issues: ValidationIssue[] = [];
  if (name !== name.trim()) issues.push({ path, got: JSON.stringify(name), wanted: 'a name without blanks around it' });
  if (/\p{Cc}/u.test(name)) issues.push({ path, got: JSON.stringify(name), wanted: 'a name without control characters' });
  if (name.length > maxLength) issues.push({ path, got: `${name.length} characters`, wanted: `at most ${maxLength}` });
  return issues;
}

/** The wire joins names with commas, so that a comma in one would make two of it. */
function checkProfile({ teams, tags, repositoryUrl, criticality }: RawScanRequest): readonly ValidationIssue[] {
  const withComma = (path: string, names: readonly string[]): ValidationIssue[] =>
    names
      .filter((name) => name.includes(',') || name.trim() === '')
      .map((name) => ({ path, got: JSON.stringify(name), wanted: 'one name without a comma for each option' }));
  const issues = [...withComma('team', teams), ...withComma('tag', tags)];
  if (criticality !== null && !BUSINESS_CRITICALITIES.includes(criticality)) {
    issues.push({ path: 'criticality', got: JSON.stringify(criticality), wanted: BUSINESS_CRITICALITIES.join(', ') });
  }
  if (repositoryUrl !== null && !URL.canParse(repositoryUrl)) {
    issues.push({ path: 'repoUrl', got: JSON.stringify(repositoryUrl), wanted: 'an absolute URL' });
  }
  return issues;
}

function checkModules({ modules, includeModules, excludeModules }: RawScanRequest): readonly ValidationIssue[] {
  if (modules === 'all-non-fatal' || (includeModules.length === 0 && excludeModules.length === 0)) return [];
  return [{ path: 'modules', got: `${modules} together with patterns`, wanted: 'patterns (--include-modules, --exclude-modules) or --modules, not both' }];
}

function checkTimes({ timeoutMinutes }: RawScanRequest): readonly ValidationIssue[] {
  if (timeoutMinutes > 0 && timeoutMinutes <= MAX_TIMEOUT_MINUTES) return [];
  return [{ path: 'timeout', got: `${timeoutMinutes} minutes`, wanted: `more than 0, at most ${MAX_TIMEOUT_MINUTES} minutes` }];
}

function profileWarnings(raw: RawScanRequest): readonly string[] {
  if (raw.createProfile || raw.updateProfile) return [];
  const given = Object.keys(fieldsOf(raw));
  if (given.length === 0 && raw.repositoryUrl === null) return [];
  return ['Fields of the profile are given, but an existing profile is changed only with --update-profile.'];
}

function toRequest(raw: RawScanRequest, application: string, pollIntervalMs: number): ScanRequest {
  return {
    application: {
      name: application,
      create: raw.createProfile,
      update: raw.updateProfile,
      fields: fieldsOf(raw),
      repositoryUrl: raw.repositoryUrl,
    },
    sandbox: raw.sandbox === null ? null : { name: raw.sandbox, create: raw.createSandbox },
    scanName: raw.scanName,
    scanNameSuffixes: raw.scanNameSuffixes,
    earlierScanNames: raw.earlierScanNames,
    artifacts: raw.artifacts.map(toArtifact),
    modules: { selection: raw.modules, include: raw.includeModules, exclude: raw.excludeModules },
    deleteIncomplete: raw.deleteIncomplete,
    waitTurn: raw.waitTurn,
    keepFailedBuild: raw.keepFailedBuild,
    wait: raw.wait,
    timeoutMs: raw.timeoutMinutes * 60_000,
    pollIntervalMs,
  };
}

function fieldsOf(raw: RawScanRequest): ApplicationFields {
  return {
    ...(raw.criticality === null ? {} : { criticality: raw.criticality }),
    ...(raw.teams.length === 0 ? {} : { teams: raw.teams }),
    ...(raw.policy === null ? {} : { policy: raw.policy }),
    ...(raw.businessUnit === null ? {} : { businessUnit: raw.businessUnit }),
    ...(raw.tags.length === 0 ? {} : { tags: raw.tags }),
    ...(raw.description === null ? {} : { description: raw.description }),
  };
}
