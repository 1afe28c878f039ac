import type { PathMappingTally } from '@verapipe/core';

/** Says in one sentence how many paths of findings were found in the checkout, and what became of the others. Pure. @public */
export function renderPathMapping({ withPath, mapped, ambiguous, unmatched, ruleMissed, withoutPath }: PathMappingTally): string {
  if (withPath === 0) return `No finding has a path in source code (${withoutPath} without).`;
  // Rounded down: 100 % says that all of them were mapped.
  const rate = Math.floor((100 * mapped) / withPath);
  const parts = [
    [ambiguous, 'fit several files'],
    [unmatched, 'fit none'],
    [ruleMissed, 'were led by a rule to a file that is not there'],
    [withoutPath, 'have no path'],
  ] as const;
  const others = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return `${mapped} of ${withPath} findings with a path were mapped to files of the checkout (${rate} %)${others.length === 0 ? '' : `; ${others.join(', ')}`}.`;
}
