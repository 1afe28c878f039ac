import type { Finding } from '@verapipe/core';

/** The ids of the static findings that are there, are not mitigated and violate the policy, in their order. */
export async function violatingIds(findings: AsyncIterable<Finding> | Iterable<Finding>): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { id, kind, status, affectsPolicy, mitigation } of findings) {
    if (kind === 'static' && affectsPolicy === true && status !== 'fixed' && mitigation.state !== 'accepted') ids.push(id);
  }
  return ids;
}
