import type { JudgedFinding } from '@verapipe/core';

import { cweLabel, cweUrl } from '../../cwe.js';
import { fixGuidance } from './fix-guidance.js';

/** How a finding is usually fixed. */
export interface FixAdvice {
  /** Paragraphs, the one about the component first. */
  readonly texts: readonly string[];
  /** Where more is said about the weakness. */
  readonly more: { readonly address: string; readonly text: string } | null;
}

/** Advice on a finding; null where there is nothing to say. The page's script shares it. Pure. */
export function fixAdvice({ cwe, component }: Pick<JudgedFinding, 'cwe' | 'component'>): FixAdvice | null {
  const upgrade = component === null ? null : `Use a version of ${component.fileName} without ${component.vulnerabilityId}, or another component.`;
  const guidance = cwe === null ? null : fixGuidance(cwe);
  const more = cwe === null ? null : { address: cweUrl(cwe), text: `${cweLabel(cwe)} at cwe.mitre.org` };
  const texts = [upgrade, guidance].filter((text) => text !== null);
  return texts.length === 0 && more === null ? null : { texts, more };
}
