/** Ids of the analysis and of its static unit: the platform counts them apart, the emulator derives them from the build's. */
export function analysisIds(buildId: string): { readonly analysis_id: string; readonly analysis_unit_id: string } {
  return { analysis_id: String(BigInt(buildId) + 1_000_000n), analysis_unit_id: String(BigInt(buildId) + 2_000_000n) };
}
