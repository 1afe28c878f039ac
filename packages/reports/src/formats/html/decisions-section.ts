import type { BaselineFacts, ProofFacts, ScanResults } from '../../scan-results.js';
import { html, table, type Content, type Markup } from './markup.js';
import { groupedCount, grouped } from './numbers.js';

/** Decisions of people that took findings out of the judgement: waivers, a baseline, mitigations, an organisation's floor. */
export function decisionsSection({ proof }: ScanResults): Markup | null {
  if (proof === null) return null;
  const parts = [...waiversOf(proof), ...baselineOf(proof), ...mitigationsOf(proof), ...floorOf(proof)];
  if (parts.length === 0) return null;
  return html`<section class="card decisions">
<h2>Waivers, mitigations and what was known</h2>
${parts}</section>
`;
}

function waiversOf({ waivers }: ProofFacts): readonly Content[] {
  return waivers.map(({ path, findings, warnings }) => [
    html`<p>Waivers of <code>${path}</code> covered ${groupedCount(findings, 'finding')}.</p>\n`,
    warnings.length === 0 ? null : html`<ul class="warnings">\n${warnings.map((warning) => html`<li>${warning}</li>\n`)}</ul>\n`,
  ]);
}

/** By equal hashes, by the platform's id, or by place alone. */
function knownByWords({ knownBy }: BaselineFacts): string {
  if (knownBy === null) return '';
  const words = (['exact', 'id', 'near'] as const).filter((confidence) => knownBy[confidence] > 0).map((confidence) => `${grouped(knownBy[confidence])} ${confidence}`);
  return words.length === 0 ? '' : `: ${words.join(', ')}`;
}

function baselineOf({ baseline }: ProofFacts): readonly Content[] {
  if (baseline === null) return [];
  return [html`<p>Only new findings counted: ${grouped(baseline.known)} are known from <code>${baseline.path}</code>${baseline.scanId === null ? null : ` (scan ${baseline.scanId})`}${knownByWords(baseline)}.</p>\n`];
}

function mitigationsOf({ mitigations }: ProofFacts): readonly Content[] {
  if (mitigations === null) return [];
  const { application, accepted, applied, withoutHashes, unmatched, ambiguous } = mitigations;
  const rows = applied.map(({ finding, policyFlaw, reason, approver }) => [html`<code>${finding}</code>`, policyFlaw, reason, approver]);
  return [
    html`<p>Of ${groupedCount(accepted, 'accepted mitigation')} of ${application}, ${grouped(applied.length)} were applied; ${grouped(unmatched)} match nothing here, ${grouped(ambiguous)} more than one, ${grouped(withoutHashes)} carry no hashes.</p>\n`,
    rows.length === 0 ? null : html`<details><summary>${groupedCount(rows.length, 'applied mitigation')}</summary>\n${table('Mitigations that were applied', ['Finding', 'Policy flaw', 'Reason', 'Approver'], rows)}\n</details>\n`,
  ];
}

function floorOf({ orgPolicy }: ProofFacts): readonly Content[] {
  return orgPolicy === null ? [] : [html`<p>Judged under the floor of <code>${orgPolicy.path}</code> (SHA-256 <code>${orgPolicy.sha256}</code>).</p>\n`];
}
