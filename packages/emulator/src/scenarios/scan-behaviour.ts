import { matchesPattern } from './patterns.js';
import { defaultBehaviour, type ScanBehaviour, type ScanRule } from './scan-rule-schema.js';

/** Where a scan takes place; `sandbox` is null for policy scans. */
export interface ScanPlace {
  readonly application: string;
  readonly sandbox: string | null;
  readonly scanName: string;
}

/** What a scan does: each setting from the first rule that matches and has it, else the default. */
export function resolveBehaviour(rules: readonly ScanRule[], place: ScanPlace): ScanBehaviour {
  const matching = rules.filter((rule) => ruleMatches(rule, place));
  return matching.reduceRight<ScanBehaviour>((behaviour, { application: _a, sandbox: _s, scanName: _n, ...settings }) => {
    const given = Object.entries(settings).filter(([, value]) => value !== undefined);
    return { ...behaviour, ...Object.fromEntries(given) };
  }, defaultBehaviour);
}

function ruleMatches(rule: ScanRule, place: ScanPlace): boolean {
  const sandboxFits = rule.sandbox === undefined || (place.sandbox !== null && matchesPattern(rule.sandbox, place.sandbox));
  return sandboxFits && matchesPattern(rule.application, place.application) && matchesPattern(rule.scanName, place.scanName);
}
