import type { Row } from './factors.js';
import { excuseOf, toldOf } from './oracle-findings.js';
import { FINDING_GATES, type FindingGate } from './oracle-gates.js';
import { platformSays } from './oracle-platform.js';
import { waiverSays } from './oracle-waiver.js';
import type { Said, SaidByGate } from './said.js';

/**
 * What should be said about a row. It shares nothing with the gates: it reads the row, not what was decoded, and has the
 * rules of docs/judgement.md in its own words.
 */
export function expectedOf(row: Row): Said {
  const findings = toldOf(row);
  const waiver = waiverSays(row, findings);
  const judged = findings.map((finding) => ({ ...finding, excuse: excuseOf(row, finding, waiver.covers) }));
  const platform = platformSays(row, findings);
  const gates = [...platform, ...findingGatesOf(row).map((id): SaidByGate => ({ id, ...FINDING_GATES[id](judged) }))];
  if (gates.length === 0) return { refused: 'gates: got none; wanted a gate: findings without a scan have none of their own' };
  const outcomes = gates.map(({ outcome }) => outcome);
  const verdict = outcomes.includes('fail') ? 'fail' : outcomes.includes('warn') ? 'warn' : 'pass';
  return { verdict, gates, waived: judged.filter(({ excuse }) => excuse === 'waived').length, warnings: waiver.warnings };
}

/**
 * The gates on findings, in order. Any finding fails where nothing else judges: in a pipeline scan without a policy, a
 * severity or a CWE; and where only new findings are to be judged.
 */
function findingGatesOf({ source, gate, baseline }: Row): readonly FindingGate[] {
  const isPipeline = source === 'pipeline results';
  if (gate === 'policy-rules' && isPipeline) return ['policy-rules'];
  // Rules of a policy are held against pipeline scans only; the platform judges the others by itself.
  if (gate === 'none given' || gate === 'policy-rules') return isPipeline || baseline !== 'none' ? ['any-finding'] : [];
  const replacesDefault = gate === 'severity' || gate === 'cwe' || gate === 'max-findings';
  return isPipeline && !replacesDefault ? ['any-finding', gate] : [gate];
}
