import { createHash } from 'node:crypto';
import type { EmulatedAccount } from '../exchange.js';
import { matchesPattern } from '../scenarios/patterns.js';
import type { ScanBehaviour } from '../scenarios/scan-rule-schema.js';
import { demandRight } from './access.js';
import { isAllowed } from './allowed-calls.js';
import { recordEvent } from './build-events.js';
import { buildPhase } from './build-status.js';
import { demandBuildFor, demandState, draftBuildForUpload, keepBuild } from './builds.js';
import { currentBuild, type ScanContext } from './lookup.js';
import { accessDenied, PlatformRefusal } from './refusal.js';
import type { BuildRecord, FileRecord } from './state.js';
import { takeFileId, type World } from './world.js';

/** What is left of an upload: its bytes are counted and hashed, never kept. */
export interface UploadDigest {
  readonly sizeBytes: number;
  readonly md5: string;
  readonly sha256: string;
}

/** Reads a body to its end. @param tap - sees each piece  @throws whatever the body throws when it breaks off */
export async function digestUpload(
  body: AsyncIterable<Uint8Array>,
  tap: (chunk: Uint8Array) => void = () => undefined,
): Promise<UploadDigest> {
  const md5 = createHash('md5');
  const sha256 = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of body) {
    md5.update(chunk);
    sha256.update(chunk);
    sizeBytes += chunk.byteLength;
    tap(chunk);
  }
  return { sizeBytes, md5: md5.digest('hex'), sha256: sha256.digest('hex') };
}

/**
 * Takes in one file of the context's current build; makes a build when there is no unfinished one.
 *
 * The body is read to its end before anything is decided, as a server does that sits behind a gateway. A body that breaks
 * off leaves no file.
 */
export async function uploadFile(
  world: World,
  account: EmulatedAccount,
  context: ScanContext,
  upload: { readonly name: string; readonly digest: () => Promise<UploadDigest> },
): Promise<BuildRecord> {
  demandRight(account, 'submit-scans');
  demandFileName(upload.name);
  const key = contextKey(context);
  if (world.openUploads.has(key)) {
    await upload.digest();
    throw new PlatformRefusal('An upload is in progress for this build. Upload one file at a time.');
  }
  world.openUploads.add(key);
  try {
    const digest = await upload.digest();
    return addFile(world, account, context, { name: upload.name, digest });
  } catch (error) {
    recordBrokenUpload(world, account, context, error);
    throw error;
  } finally {
    world.openUploads.delete(key);
  }
}

/** Is a file on its way into the context? */
export function isUploading(world: World, context: ScanContext): boolean {
  return world.openUploads.has(contextKey(context));
}

/** Takes a file out of the current build. */
export function removeFile(world: World, account: EmulatedAccount, context: ScanContext, fileId: string): BuildRecord {
  demandRight(account, 'submit-scans');
  const nowMs = world.clock.emulatedMs();
  const build = demandBuildFor('removefile', context, nowMs);
  const file = build.files.find(({ id }) => id === fileId);
  if (file === undefined) {
    throw new PlatformRefusal(`Could not find file ${fileId} in build ${build.id}.`);
  }
  build.files = build.files.filter((other) => other !== file);
  build.fileRevision += 1;
  recordEvent(build, 'file-removed', { by: account.userName, atMs: nowMs, detail: file.name });
  return build;
}

function addFile(
  world: World,
  account: EmulatedAccount,
  context: ScanContext,
  { name, digest }: { readonly name: string; readonly digest: UploadDigest },
): BuildRecord {
  const nowMs = world.clock.emulatedMs();
  if (context.application.deleted !== null || (context.sandbox?.deleted ?? null) !== null) {
    throw accessDenied();
  }
  const unfinished = unfinishedBuild(context, nowMs);
  const build = unfinished ?? draftBuildForUpload(world, account, context);
  demandWelcome(world, build, name, digest);
  if (unfinished === undefined) {
    keepBuild(context, build, 'created-by-upload');
  }
  const replaced = build.files.some((file) => file.name === name);
  const file: FileRecord = {
    id: takeFileId(world),
    name,
    status: uploadRule(build, name)?.status ?? 'Uploaded',
    ...digest,
    uploadedAtMs: nowMs,
    uploadedBy: account.userName,
  };
  build.files = [...build.files.filter((other) => other.name !== name), file];
  build.fileRevision += 1;
  recordEvent(build, replaced ? 'file-replaced' : 'file-uploaded', { by: account.userName, atMs: nowMs, detail: name });
  return build;
}

/** The current build, if files may be added to it; none, when the next file starts a new build. */
function unfinishedBuild(context: ScanContext, nowMs: number): BuildRecord | undefined {
  const build = currentBuild(context, nowMs);
  if (build === undefined) {
    return undefined;
  }
  demandState('upload', build, nowMs);
  const phase = buildPhase(build, nowMs);
  if (phase === 'prescan-succeeded' && build.prescan?.autoScan === true) {
    throw new PlatformRefusal(`Files cannot be added to build ${build.id} after its prescan: its scan starts by itself.`);
  }
  return phase === 'published' ? undefined : build;
}

function demandWelcome(world: World, build: BuildRecord, name: string, digest: UploadDigest): void {
  const refusal = uploadRule(build, name)?.refuse;
  if (refusal !== undefined) {
    throw new PlatformRefusal(refusal);
  }
  const { diskSpaceBytes } = world.scenario.settings;
  const used = build.files.reduce((total, file) => total + file.sizeBytes, 0);
  if (diskSpaceBytes !== undefined && used + digest.sizeBytes > diskSpaceBytes) {
    throw new PlatformRefusal('The uploaded files exceed the amount of disk space that is available for this build.');
  }
}

function uploadRule(build: BuildRecord, name: string): ScanBehaviour['uploads'][number] | undefined {
  return build.behaviour.uploads.find(({ file }) => matchesPattern(file, name));
}

function demandFileName(name: string): void {
  if (name === '' || /^[/.]|[/.]$/.test(name)) {
    throw new PlatformRefusal(`The file name "${name}" is not valid: it must not be empty nor begin or end with "/" or ".".`);
  }
}

function recordBrokenUpload(world: World, account: EmulatedAccount, context: ScanContext, error: unknown): void {
  const nowMs = world.clock.emulatedMs();
  const build = currentBuild(context, nowMs);
  const brokeOff = !(error instanceof PlatformRefusal);
  if (brokeOff && build !== undefined && isAllowed('removefile', buildPhase(build, nowMs))) {
    recordEvent(build, 'upload-broken-off', { by: account.userName, atMs: nowMs });
  }
}

function contextKey({ application, sandbox }: ScanContext): string {
  return `${application.id}/${sandbox?.id ?? 'policy'}`;
}
