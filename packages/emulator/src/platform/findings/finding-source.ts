import type { ComponentSpec, ComponentsSpec, FindingsSpec } from '../../scenarios/finding-schema.js';
import type { ScanBehaviour } from '../../scenarios/scan-rule-schema.js';
import { compareGroups, type FindingSource } from './finding.js';
import { generatedFindings } from './generated-findings.js';
import { listedFindings, otherListedFindings } from './listed-findings.js';
import { typicalComponents, typicalFindings } from './typical-findings.js';

/** The findings that a scenario gives a scan of these modules, of every kind. */
export function createFindingSource(
  { findings, dynamicFindings, manualFindings }: Pick<ScanBehaviour, 'findings' | 'dynamicFindings' | 'manualFindings'>,
  moduleNames: readonly string[],
): FindingSource {
  const ofCode = staticSource(findings, moduleNames);
  const others = otherListedFindings(dynamicFindings, manualFindings);
  return {
    count: ofCode.count + others.count,
    groups: [...ofCode.groups, ...others.groups].sort(compareGroups),
    find: (issueId) => others.find(issueId) ?? ofCode.find(issueId),
  };
}

/** The static findings of a scan alone. */
export function staticSource(spec: FindingsSpec, moduleNames: readonly string[]): FindingSource {
  if (spec === 'typical') {
    return listedFindings(typicalFindings, moduleNames);
  }
  return 'generate' in spec ? generatedFindings(spec.generate, spec.seed, moduleNames) : listedFindings(spec, moduleNames);
}

/** The third-party components that a scenario gives a scan. */
export function componentsOf(spec: ComponentsSpec): readonly ComponentSpec[] {
  return spec === 'typical' ? typicalComponents : spec;
}
