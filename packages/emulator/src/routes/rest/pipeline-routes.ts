import { z } from 'zod';
import type { ApiCall, EmulatedResponse, Route } from '../../exchange.js';
import { demandRight } from '../../platform/access.js';
import type { PipelineScanOrder } from '../../platform/pipeline/pipeline-record.js';
import {
  addSegment,
  cancelPipelineScan,
  createPipelineScan,
  findPipelineScan,
  PipelineRefusal,
  startPipelineScan,
} from '../../platform/pipeline/pipeline-scans.js';
import { hasFindings, pipelineStatus } from '../../platform/pipeline/pipeline-status.js';
import { PlatformRefusal } from '../../platform/refusal.js';
import type { World } from '../../platform/world.js';
import { readMultipart } from '../xml/multipart-upload.js';
import { readJson } from './json-body.js';
import { findingsResponse, pipelineLinks, pipelineProblem, scanJson, segmentJson } from './pipeline-json.js';
import { jsonResponse, restRoute, RestProblem, type RestCall } from './rest-route.js';

const root = '/pipeline_scan/v1';
const scans = `${root}/scans`;
const optionalText = z.string().nullish();

const createSchema = z.looseObject({
  binary_name: z.string().min(1),
  binary_size: z.int().min(1),
  binary_hash: z.string().regex(/^[0-9a-fA-F]{64}$/),
  project_name: optionalText,
  project_uri: optionalText,
  project_ref: optionalText,
  commit_hash: optionalText,
  app_id: optionalText,
  dev_stage: z.enum(['DEVELOPMENT', 'TESTING', 'RELEASE']).nullish(),
  scan_timeout: z.int().min(0).max(60).nullish(),
  plugin_version: optionalText,
  emit_stack_dump: z.union([z.boolean(), z.string()]).nullish(),
  include_modules: optionalText,
});
const updateSchema = z.looseObject({ scan_status: z.enum(['STARTED', 'CANCELLED']) });

/** Pipeline scans: nothing of them is kept in any application profile. */
export function pipelineRoutes(world: World): Route[] {
  const nowMs = (): number => world.clock.emulatedMs();
  return [
    pipelineRoute({
      method: 'GET',
      path: root,
      answer(_, { account }) {
        demandRight(account, 'submit-scans');
        return jsonResponse({ _links: pipelineLinks('/', { create: '/scans' }) });
      },
    }),
    pipelineRoute({
      method: 'POST',
      path: scans,
      async answer(_, call) {
        const order = orderOf(await readJson(call.body, createSchema));
        const scan = createPipelineScan(world, call.account, order);
        return jsonResponse(scanJson(scan, nowMs(), '/scans'));
      },
    }),
    pipelineRoute({
      method: 'GET',
      path: `${scans}/{scan_id}`,
      answer: (_, { account }, path) => jsonResponse(scanJson(findPipelineScan(world, account, idOf(path)), nowMs(), `/scans/${idOf(path)}`)),
    }),
    pipelineRoute({
      method: 'PUT',
      path: `${scans}/{scan_id}`,
      async answer(_, { account, body }, path) {
        const { scan_status: wanted } = await readJson(body, updateSchema);
        const change = wanted === 'STARTED' ? startPipelineScan : cancelPipelineScan;
        const scan = change(world, account, idOf(path));
        return jsonResponse(scanJson(scan, nowMs(), `/scans/${scan.id}`));
      },
    }),
    pipelineRoute({
      method: 'PUT',
      path: `${scans}/{scan_id}/segments/{segment_id}`,
      async answer(_, call, path) {
        const index = segmentIndex(path['segment_id']);
        const scan = await addSegment(world, call.account, idOf(path), { index, receive: (tap) => receiveFile(call, tap) });
        return jsonResponse(segmentJson(scan, index));
      },
    }),
    pipelineRoute({
      method: 'GET',
      path: `${scans}/{scan_id}/findings`,
      answer(_, { account }, path) {
        const scan = findPipelineScan(world, account, idOf(path));
        if (hasFindings(scan, nowMs())) {
          return findingsResponse(scan);
        }
        const { status } = pipelineStatus(scan, nowMs());
        return jsonResponse({ _links: pipelineLinks(`/scans/${scan.id}/findings`), scan_id: scan.id, scan_status: status, message: null }, 202);
      },
    }),
  ];
}

/** A call of this service: refusals have its own shape, a missing role has the gateway's. */
function pipelineRoute(restCall: Omit<RestCall, 'parameters'>): Route {
  return restRoute({
    ...restCall,
    parameters: [],
    async answer(parameters, call, path) {
      try {
        return await restCall.answer(parameters, call, path);
      } catch (error) {
        return problemOf(error);
      }
    },
  });
}

function problemOf(error: unknown): EmulatedResponse {
  if (error instanceof PipelineRefusal) {
    return pipelineProblem(error);
  }
  if (error instanceof RestProblem || (error instanceof PlatformRefusal && error.message !== 'Access denied.')) {
    return pipelineProblem(new PipelineRefusal(400, error.message));
  }
  throw error;
}

function orderOf(body: z.output<typeof createSchema>): PipelineScanOrder {
  return {
    binaryName: body.binary_name,
    binarySizeBytes: body.binary_size,
    binaryHash: body.binary_hash.toLowerCase(),
    projectName: body.project_name ?? null,
    projectUri: body.project_uri ?? null,
    projectRef: body.project_ref ?? null,
    commitHash: body.commit_hash ?? null,
    appId: body.app_id ?? null,
    devStage: body.dev_stage ?? 'DEVELOPMENT',
    scanTimeoutMinutes: body.scan_timeout ?? null,
    emitStackDump: String(body.emit_stack_dump ?? false) === 'true',
    includeModules: (body.include_modules ?? '').split(',').map((name) => name.trim()).filter((name) => name !== ''),
  };
}

async function receiveFile({ headers, body }: ApiCall, tap: (chunk: Uint8Array) => void): Promise<{ sizeBytes: number; sha256: string }> {
  const { file } = await readMultipart(headers['content-type'] ?? '', body, tap);
  if (file === null) {
    throw new PipelineRefusal(400, 'The form must hold the segment in the part "file".');
  }
  return file.digest;
}

function idOf(path: Readonly<Record<string, string>>): string {
  return path['scan_id'] ?? '';
}

function segmentIndex(text: string | undefined): number {
  if (text === undefined || !/^\d{1,6}$/.test(text)) {
    throw new PipelineRefusal(400, 'A segment is named by its number, from 0.');
  }
  return Number(text);
}
