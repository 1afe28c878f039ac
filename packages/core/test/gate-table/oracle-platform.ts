import type { Row } from './factors.js';
import type { Told } from './oracle-findings.js';
import type { SaidByGate } from './said.js';

const WORDS: Readonly<Record<Row['evaluation'], string>> = {
  pass: 'Pass',
  'conditional-pass': 'Conditional Pass',
  'did-not-pass': 'Did Not Pass',
  'not-assessed': 'Not Assessed',
  calculating: 'still calculating',
  unknown: 'a word that this version does not know',
};

/**
 * The platform's own evaluation, which nothing on this side changes. A pipeline scan and a list of findings have none, and
 * only Pass and, where that was chosen, Conditional Pass are no failure.
 */
export function platformSays({ source, evaluation, conditionalPass }: Row, findings: readonly Told[]): readonly SaidByGate[] {
  if (source === 'pipeline results' || source === 'findings API') return [];
  const subject = source === 'detailed report, sandbox scan' ? 'the rules of policy "House rules" on the sandbox' : 'policy "House rules"';
  const start = `The platform's evaluation of ${subject} is ${WORDS[evaluation]}`;
  const affecting = `${findings.filter(({ affectsPolicy }) => affectsPolicy === true).length} of ${findings.length} findings affect it.`;
  if (evaluation === 'pass') return [{ id: 'policy', outcome: 'pass', sentence: `${start}.` }];
  if (evaluation === 'conditional-pass') {
    return [{ id: 'policy', outcome: conditionalPass, sentence: `${start} (grace period running; counted as ${conditionalPass}); ${affecting}` }];
  }
  return [{ id: 'policy', outcome: 'fail', sentence: `${start}; ${affecting}` }];
}
