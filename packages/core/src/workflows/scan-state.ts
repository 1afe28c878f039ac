import type { VeracodeClient } from '../api/veracode-client.js';
import { MODULE_SELECTIONS, type ScanRequest } from '../domain/scan-request.js';
import { ConflictError, ValidationError } from '../kernel/errors.js';
import type { UploadedArtifact } from './scan-outcome.js';

/**
 * The changing step that a run is at. A state is written before a step is sent (`began`) and after its effect was
 * read back (`done`), so that whoever continues knows what may have happened.
 *
 * @public
 */
export type ScanStep = 'application' | 'sandbox' | 'delete-build' | 'build' | 'upload' | 'prescan' | 'scan' | 'results' | 'delete-sandbox';

const STEPS: readonly ScanStep[] = ['application', 'sandbox', 'delete-build', 'build', 'upload', 'prescan', 'scan', 'results', 'delete-sandbox'];

/** What another process needs to go on with a run. Plain data, no secrets. @public */
export interface ScanState {
  readonly schemaVersion: 1;
  /** Platform base URL, so that a state is never continued against another platform. */
  readonly platformUrl: string;
  readonly scanName: string;
  /** How modules are chosen once the prescan has ended. */
  readonly modules: ScanRequest['modules'];
  readonly step: ScanStep;
  readonly progress: 'began' | 'done';
  readonly application: NamedPlace | null;
  readonly sandbox: NamedPlace | null;
  readonly build: NamedPlace | null;
  readonly artifacts: readonly UploadedArtifact[];
  /** The name that the build was last to be made with; states of older versions do not tell. */
  readonly triedName?: string;
  /** Whether a build that failed is to stay; states of older versions do not tell. */
  readonly keepFailedBuild?: boolean;
  /** ISO 8601 UTC. */
  readonly updatedAt: string;
}

/** Something on the platform that a run uses. @public */
export interface NamedPlace {
  readonly id: string;
  readonly name: string;
  /** True when the run created it. */
  readonly created: boolean;
}

/** Keeps states durably; resolves once the state would survive a crash. @public */
export type SaveState = (state: ScanState) => Promise<void>;

/** The state of a run that has done nothing yet: no step is in doubt, so none counts as begun. */
export function firstState(client: VeracodeClient, { scanName, modules, keepFailedBuild }: ScanRequest): ScanState {
  return {
    schemaVersion: 1,
    platformUrl: client.hosts.xmlBaseUrl,
    scanName,
    modules,
    step: 'application',
    progress: 'done',
    application: null,
    sandbox: null,
    build: null,
    artifacts: [],
    keepFailedBuild,
    updatedAt: new Date(client.clock.now()).toISOString(),
  };
}

/** @throws ConflictError when the state is of another platform: its ids mean nothing here */
export function expectPlatform(state: ScanState, { hosts }: VeracodeClient): void {
  if (state.platformUrl === hosts.xmlBaseUrl) return;
  throw new ConflictError(`The saved state is of ${state.platformUrl}, and this run is against ${hosts.xmlBaseUrl}.`, {
    code: 'other-platform',
    advice: 'Use the credentials and the platform URL of the run that wrote the state.',
  });
}

/**
 * Reads a saved state.
 *
 * @param json - what `JSON.parse` made of the file
 * @throws ValidationError when it is not one, or of a newer version
 * @public
 */
export function parseScanState(json: unknown): ScanState {
  if (isState(json)) return json;
  const version = isRecord(json) && 'schemaVersion' in json ? json['schemaVersion'] : undefined;
  const got = typeof version === 'number' && version > 1 ? `a state of version ${version}` : 'something else';
  throw new ValidationError([{ path: 'state', got, wanted: 'a state file that this version of verapipe wrote (.verapipe/scan.json)' }], {
    code: 'invalid-state',
  });
}

function isState(value: unknown): value is ScanState {
  return (
    isRecord(value) &&
    value['schemaVersion'] === 1 &&
    isText(value['platformUrl']) &&
    isText(value['scanName']) &&
    isText(value['updatedAt']) &&
    isModules(value['modules']) &&
    STEPS.some((step) => step === value['step']) &&
    (value['progress'] === 'began' || value['progress'] === 'done') &&
    [value['application'], value['sandbox'], value['build']].every((place) => place === null || isPlace(place)) &&
    Array.isArray(value['artifacts']) &&
    value['artifacts'].every(isUploadedArtifact) &&
    (value['triedName'] === undefined || isText(value['triedName'])) &&
    (value['keepFailedBuild'] === undefined || typeof value['keepFailedBuild'] === 'boolean')
  );
}

function isModules(value: unknown): boolean {
  if (!isRecord(value) || !MODULE_SELECTIONS.some((selection) => selection === value['selection'])) return false;
  return [value['include'], value['exclude']].every((list) => Array.isArray(list) && list.every(isText));
}

function isPlace(value: unknown): boolean {
  return isRecord(value) && isText(value['id']) && isText(value['name']) && typeof value['created'] === 'boolean';
}

function isUploadedArtifact(value: unknown): boolean {
  const texts = ['path', 'name', 'sha256', 'md5', 'fileId'];
  return isRecord(value) && texts.every((field) => isText(value[field])) && Number.isSafeInteger(value['sizeBytes']);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
