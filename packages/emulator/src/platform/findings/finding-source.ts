import type { ComponentSpec, ComponentsSpec, FindingsSpec } from '../../scenarios/finding-schema.js';
import type { FindingSource } from './finding.js';
import { generatedFindings } from './generated-findings.js';
import { listedFindings } from './listed-findings.js';
import { typicalComponents, typicalFindings } from './typical-findings.js';

/** The findings that a scenario gives a scan of these modules. */
export function createFindingSource(spec: FindingsSpec, moduleNames: readonly string[]): FindingSource {
  if (spec === 'typical') {
    return listedFindings(typicalFindings, moduleNames);
  }
  return 'generate' in spec ? generatedFindings(spec.generate, spec.seed, moduleNames) : listedFindings(spec, moduleNames);
}

/** The third-party components that a scenario gives a scan. */
export function componentsOf(spec: ComponentsSpec): readonly ComponentSpec[] {
  return spec === 'typical' ? typicalComponents : spec;
}
