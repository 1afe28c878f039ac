/** The version that this program writes. */
export const NEWEST_VERSION = 1;

type JsonObject = Readonly<Record<string, unknown>>;

/** Turns what one version wrote into what the next one writes. What has a wrong type is left to the schema. */
export type VersionStep = (older: JsonObject) => JsonObject;

/** Findings of version 1 before they carried hashes: absent means that nobody said any. */
export function withFlawMatch(finding: JsonObject): JsonObject {
  return { flawMatch: null, ...finding };
}

/** Findings of version 1 before components carried licences: none was written down, which is not the same as none. */
export function withLicences(finding: JsonObject): JsonObject {
  const { component } = finding;
  return isObject(component) ? { ...finding, component: { licences: [], ...component } } : finding;
}

/** Findings of version 1 before what became of them in the judgement was written down with each. */
export function withStanding(finding: JsonObject): JsonObject {
  return { standing: null, waiver: null, ...finding };
}

/** Findings of version 1 before they were looked for in a checkout: absent means that nobody looked. */
export function withRepositoryPath(finding: JsonObject): JsonObject {
  const { location } = finding;
  return isObject(location) ? { ...finding, location: { repositoryPath: null, ...location } } : finding;
}

/** Findings of version 1 before data paths could be asked for. */
export function withDataPaths(finding: JsonObject): JsonObject {
  return { dataPaths: null, ...finding };
}

/** Results of version 1 before findings were looked for in a checkout, and before data paths could be asked for. */
export function withPlacesInCode(results: JsonObject): JsonObject {
  return { pathMapping: null, dataPaths: null, ...results };
}

/** Results of version 1 before outages could be tolerated. */
export function withOutage(results: JsonObject): JsonObject {
  return { outage: null, ...results };
}

/** Results of version 1 before artifacts were looked into. */
export function withLint(results: JsonObject): JsonObject {
  return { lint: null, ...results };
}

/** Results of version 1 before an organisation had a file, and before waivers counted: no release wrote any of them. */
export function withOrgPolicy(results: JsonObject): JsonObject {
  const { proof } = results;
  if (!isObject(proof)) return results;
  const { waivers } = proof;
  const counted = Array.isArray(waivers) ? waivers.map((waiver: unknown) => (isObject(waiver) ? { findings: 0, warnings: [], ...waiver } : waiver)) : waivers;
  return { ...results, proof: { orgPolicy: null, ...proof, waivers: counted } };
}

/** Results of version 1 before there were baselines: every finding counted. */
export function withBaseline(results: JsonObject): JsonObject {
  const { proof } = results;
  return isObject(proof) ? { ...results, proof: { baseline: null, ...proof } } : results;
}

/** Results of version 1 that named the file of a baseline, and not the scan. */
export function withBaselineScan(results: JsonObject): JsonObject {
  const { proof } = results;
  if (!isObject(proof) || !isObject(proof['baseline'])) return results;
  return { ...results, proof: { ...proof, baseline: { scanId: null, ...proof['baseline'] } } };
}

/** Results of version 1 that did not say what of a baseline is gone. */
export function withBaselineGone(results: JsonObject): JsonObject {
  const { proof } = results;
  if (!isObject(proof) || !isObject(proof['baseline'])) return results;
  return { ...results, proof: { ...proof, baseline: { goneBySeverity: null, ...proof['baseline'] } } };
}

/** Results of version 1 that did not say how sure they were of what a baseline knows. */
export function withKnownBy(results: JsonObject): JsonObject {
  const { proof } = results;
  if (!isObject(proof) || !isObject(proof['baseline'])) return results;
  return { ...results, proof: { ...proof, baseline: { knownBy: null, ...proof['baseline'] } } };
}

/** Results of version 1 before mitigations could be applied: none were. */
export function withMitigations(results: JsonObject): JsonObject {
  const { proof } = results;
  return isObject(proof) ? { ...results, proof: { mitigations: null, ...proof } } : results;
}

/** Oldest first. */
const FINDING_STEPS: readonly VersionStep[] = [withFlawMatch, withLicences, withStanding, withRepositoryPath, withDataPaths];
const RESULTS_STEPS: readonly VersionStep[] = [withOutage, withOrgPolicy, withBaseline, withBaselineScan, withBaselineGone, withMitigations, withPlacesInCode, withLint, withKnownBy];

/** Takes a finding of any older version to the newest one, a step at a time. Pure. */
export function newestFinding(value: unknown): unknown {
  return newest(value, FINDING_STEPS);
}

/** Takes results without findings of any older version to the newest one, a step at a time. Pure. */
export function newestResults(value: unknown): unknown {
  return newest(value, RESULTS_STEPS);
}

function newest(value: unknown, steps: readonly VersionStep[]): unknown {
  return isObject(value) ? steps.reduce((older, step) => step(older), value) : value;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
