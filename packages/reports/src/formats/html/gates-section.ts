import type { GateOutcome } from '@verapipe/core';

import type { ScanResults } from '../../scan-results.js';
import { html, table, type Markup } from './markup.js';

const OUTCOME_WORDS: Readonly<Record<GateOutcome, string>> = { pass: 'Pass', warn: 'Warn', fail: 'Fail' };

/** What each gate said. */
export function gatesSection({ gates }: ScanResults): Markup | null {
  if (gates.length === 0) return null;
  const rows = gates.map(({ id, outcome, sentence }) => [html`<code>${id}</code>`, html`<span class="outcome ${outcome}">${OUTCOME_WORDS[outcome]}</span>`, sentence]);
  return html`<section class="card gates">
<h2>Gates</h2>
${table('What each gate said', ['Gate', 'Outcome', 'Why'], rows)}
</section>
`;
}
