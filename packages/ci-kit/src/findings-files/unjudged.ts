import type { Finding, JudgedFinding } from '@verapipe/core';

/** Findings that nobody has judged, as those that somebody has. */
export function unjudged(findings: AsyncIterable<Finding> | Iterable<Finding>): AsyncIterable<JudgedFinding> {
  return { [Symbol.asyncIterator]: () => withoutStanding(findings) };
}

async function* withoutStanding(findings: AsyncIterable<Finding> | Iterable<Finding>): AsyncGenerator<JudgedFinding, void> {
  for await (const finding of findings) yield { ...finding, standing: null, waiver: null };
}
