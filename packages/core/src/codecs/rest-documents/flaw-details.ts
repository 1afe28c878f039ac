import type { DataPath, DynamicFlawDetails, StaticFlawDetails } from '../../domain/flaw-details.js';
import { type JsonObject, optionalNumber, optionalObject, optionalObjects, optionalText, readId, requireObject, requireObjects, requireText } from '../rest.js';

/** @throws ProtocolError `unexpected-shape` */
export function decodeStaticFlaw(answer: JsonObject, operation: string): StaticFlawDetails {
  const summary = requireObject(answer, 'issue_summary', operation);
  return {
    findingId: readId(summary, 'issue_id', operation),
    buildId: readId(summary, 'build_id', operation),
    dataPaths: requireObjects(answer, 'data_paths', operation).map((path) => dataPathOf(path, operation)),
  };
}

function dataPathOf(path: JsonObject, operation: string): DataPath {
  return {
    module: optionalText(path, 'module_name'),
    file: optionalText(path, 'local_path'),
    line: lineOf(path),
    function: optionalText(path, 'function_name'),
    steps: optionalObjects(path, 'calls', operation).map((step) => ({
      position: optionalNumber(step, 'data_path'),
      file: optionalText(step, 'file_path') ?? optionalText(step, 'file_name'),
      line: lineOf(step),
      function: optionalText(step, 'function_name'),
    })),
  };
}

function lineOf(place: JsonObject): number | null {
  const line = optionalNumber(place, 'line_number');
  return line !== null && Number.isInteger(line) && line > 0 ? line : null;
}

/** @throws ProtocolError `unexpected-shape` */
export function decodeDynamicFlaw(answer: JsonObject, operation: string): DynamicFlawDetails {
  const summary = requireObject(answer, 'issue_summary', operation);
  const info = requireObject(answer, 'dynamic_flaw_info', operation);
  const request = requireObject(info, 'request', operation);
  const response = optionalObject(info, 'response', operation);
  return {
    findingId: readId(summary, 'issue_id', operation),
    buildId: readId(summary, 'build_id', operation),
    url: requireText(request, 'url', operation),
    method: optionalText(request, 'method')?.toUpperCase() ?? null,
    attackVectors: optionalObjects(request, 'attack_vectors', operation).map((vector) => ({
      name: optionalText(vector, 'name') ?? '',
      type: optionalText(vector, 'type') ?? '',
      originalValue: optionalText(vector, 'original_value') ?? '',
      injectedValue: optionalText(vector, 'injected_value') ?? '',
    })),
    requestBase64: optionalText(request, 'raw_bytes') ?? '',
    responseBase64: (response && optionalText(response, 'raw_bytes')) ?? '',
  };
}
