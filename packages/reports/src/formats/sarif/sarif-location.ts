import type { FindingDataPath, FindingDataStep, JudgedFinding } from '@verapipe/core';

import { findingLine, findingPath, pathUri } from '../../finding-path.js';
import { printable } from '../../printable.js';

/** The root of the repository, which only its reader knows. */
export const SOURCE_ROOT = '%SRCROOT%';

/** Where a finding lies: in a file if there is one, and in what the platform names. Pure. @see SARIF 2.1.0, 3.28 */
export function locationsOf({ location, component }: JudgedFinding): readonly object[] {
  const logical = [
    ...logicalLocation('module', location.module),
    ...logicalLocation('package', component === null ? null : `${component.fileName}${component.version === null ? '' : `@${component.version}`}`),
    ...logicalLocation('function', location.function),
    ...logicalLocation('resource', location.url),
    ...logicalLocation('parameter', location.parameter),
  ];
  const place = { ...physicalLocation(location), ...(logical.length === 0 ? {} : { logicalLocations: logical }) };
  return Object.keys(place).length === 0 ? [] : [place];
}

/** How data reaches a finding. Pure. @see SARIF 2.1.0, 3.36 */
export function codeFlowOf({ steps }: FindingDataPath): object {
  return { threadFlows: [{ locations: steps.map((step) => ({ location: stepLocation(step) })) }] };
}

function stepLocation(step: FindingDataStep): object {
  const logical = logicalLocation('function', step.function);
  const place = { ...physicalLocation(step), ...(logical.length === 0 ? {} : { logicalLocations: logical }) };
  return Object.keys(place).length === 0 ? { message: { text: 'A place that the platform does not name.' } } : place;
}

function physicalLocation(place: FindingDataStep): object {
  const [path, line] = [findingPath(place), findingLine(place.line)];
  if (path === null) return {};
  const region = line === null ? {} : { region: { startLine: line } };
  return { physicalLocation: { artifactLocation: { uri: pathUri(path), uriBaseId: SOURCE_ROOT }, ...region } };
}

function logicalLocation(kind: string, name: string | null): readonly object[] {
  const text = printable(name ?? '').trim();
  return text === '' ? [] : [{ name: text, fullyQualifiedName: text, kind }];
}
