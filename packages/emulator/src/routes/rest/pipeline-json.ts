import type { EmulatedResponse } from '../../exchange.js';
import type { PipelineScanRecord } from '../../platform/pipeline/pipeline-record.js';
import { pipelineFindingTexts, pipelineModules, pipelineResultsBytes } from '../../platform/pipeline/pipeline-results.js';
import type { PipelineRefusal } from '../../platform/pipeline/pipeline-scans.js';
import { hasFindings, isOver, pipelineStatus } from '../../platform/pipeline/pipeline-status.js';
import { engineVersion } from '../xml/build-info.js';
import { jsonResponse } from './rest-route.js';

type Links = Readonly<Record<string, { readonly href: string }>>;

const help = { href: 'https://docs.veracode.com/r/Pipeline_Scan' };

/** Links are relative to `/pipeline_scan/v1`, not to the host. */
export function pipelineLinks(self: string, more: Readonly<Record<string, string>> = {}): Links {
  const entries = Object.entries(more).map(([name, href]) => [name, { href }] as const);
  return { root: { href: '/' }, self: { href: self }, help, ...Object.fromEntries(entries) };
}

/** A scan resource as every call shows it; `self` names the call. */
export function scanJson(scan: PipelineScanRecord, nowMs: number, self: string): object {
  const { status, atMs } = pipelineStatus(scan, nowMs);
  const { id, request, segmentsExpected, segments, startedAtMs } = scan;
  const succeeded = status === 'SUCCESS';
  const place = `/scans/${id}`;
  const further = {
    create: '/scans',
    details: place,
    ...(status === 'UPLOADING' || status === 'PENDING' ? nextStep(scan) : {}),
    ...(isOver(status) ? {} : { cancel: place }),
    ...(hasFindings(scan, nowMs) ? { findings: `${place}/findings` } : {}),
  };
  return {
    _links: pipelineLinks(self, further),
    scan_id: id,
    scan_status: status,
    api_version: 1,
    app_id: request.appId,
    project_name: request.projectName,
    project_uri: request.projectUri,
    project_ref: request.projectRef,
    commit_hash: request.commitHash,
    dev_stage: request.devStage,
    binary_name: request.binaryName,
    binary_size: request.binarySizeBytes,
    binary_hash: request.binaryHash,
    binary_segments_expected: segmentsExpected,
    binary_segments_uploaded: segments.length,
    scan_timeout: request.scanTimeoutMinutes,
    scan_duration: isOver(status) && startedAtMs !== null ? (atMs - startedAtMs) / 1000 : null,
    results_size: succeeded ? pipelineResultsBytes(scan) : null,
    message: status === 'FAILURE' ? 'Scan failed.' : null,
    created: pipelineTime(scan.createdAtMs),
    changed: pipelineTime(Math.max(scan.changedAtMs, isOver(status) ? atMs : 0)),
  };
}

/** The answer to an uploaded segment. */
export function segmentJson(scan: PipelineScanRecord, index: number): object {
  const segment = scan.segments[index];
  return {
    _links: pipelineLinks(`/scans/${scan.id}/segments/${index}`, { details: `/scans/${scan.id}`, cancel: `/scans/${scan.id}`, ...nextStep(scan) }),
    scan_id: scan.id,
    segment_id: index,
    segment_size: segment?.sizeBytes,
    segment_hash: segment?.sha256,
  };
}

/** The findings of a scan, streamed. */
export function findingsResponse(scan: PipelineScanRecord): EmulatedResponse {
  const modules = pipelineModules(scan);
  const head = {
    _links: pipelineLinks(`/scans/${scan.id}/findings`),
    scan_id: scan.id,
    scan_status: 'SUCCESS',
    message: `Scan successful. Results size: ${pipelineResultsBytes(scan)} bytes`,
    modules,
    modules_count: modules.length,
  };
  const tail = { selected_modules: scan.request.includeModules, engine_version: engineVersion };
  return { ...jsonResponse({}), body: streamed(JSON.stringify(head), pipelineFindingTexts(scan), JSON.stringify(tail)) };
}

/** The service's own shape of errors. */
export function pipelineProblem({ status, message, retryAfterSeconds }: PipelineRefusal): EmulatedResponse {
  const codes = { 400: 'BAD_REQUEST', 404: 'NOT_FOUND', 429: 'TOO_MANY_REQUESTS' } as const;
  const answer = jsonResponse({ code: codes[status], message, _links: { help } }, status);
  const retryAfter = retryAfterSeconds === null ? {} : { 'retry-after': String(retryAfterSeconds) };
  return { ...answer, headers: { ...answer.headers, ...retryAfter }, refusal: message };
}

/** Leads to the next segment, after the last one to the start. */
function nextStep({ id, segments, segmentsExpected }: PipelineScanRecord): Record<string, string> {
  return segments.length < segmentsExpected ? { upload: `/scans/${id}/segments/${segments.length}` } : { start: `/scans/${id}` };
}

async function* streamed(head: string, findings: Iterable<string>, tail: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${head.slice(0, -1)},"findings":[`);
  let separator = '';
  for (const text of findings) {
    yield Buffer.from(separator + text);
    separator = ',';
  }
  yield Buffer.from(`],${tail.slice(1)}`);
}

/** `2021-02-02T21:29:51.180433`: microseconds, no zone, UTC. */
function pipelineTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000');
}
