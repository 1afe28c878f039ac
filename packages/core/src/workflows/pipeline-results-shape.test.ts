import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { startEmulatedPlatform } from '../../test/emulated-platform.js';
import { withFacts } from '../../test/facts.js';
import { pipelineRequest } from '../../test/pipeline-request.js';
import { runPipelineScan } from './run-pipeline-scan.js';

/** Every field of a document with its type: `findings[].cwe_id: string`. */
function fieldsIn(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => fieldsIn(item, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [`${path}: ${value === null ? 'null' : typeof value}`];
  return Object.entries(value).flatMap(([name, inner]) => fieldsIn(inner, path === '' ? name : `${path}.${name}`));
}

describe('results of the emulator', () => {
  withFacts('have the fields of recorded ones', (facts) => {
    it('have no field, and no type, that no recording has', async () => {
      const folder = join(facts, 'veracode-api', 'samples', 'rest', 'pipeline');
      const recorded = new Set(
        readdirSync(folder).flatMap((file) => fieldsIn(JSON.parse(readFileSync(join(folder, file), 'utf8')))),
      );
      const platform = await startEmulatedPlatform();
      const { results } = await runPipelineScan(platform.client, pipelineRequest(await platform.artifact('shop.war')));
      const emulated = [...new Set(fieldsIn(results.original))];
      expect(emulated.length).toBeGreaterThan(30);
      expect(emulated.filter((field) => !recorded.has(field))).toEqual([]);
    });
  });
});
