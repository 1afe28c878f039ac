import type { Severity } from './severity.js';

/** What a rule asks of an application. @public */
export type PolicyRequirement =
  /** No finding of this severity or a higher one. */
  | { readonly kind: 'severity'; readonly severity: Severity }
  | { readonly kind: 'cwe'; readonly cwes: readonly number[] }
  /** No finding of these CWE categories, by the platform's ids or names. */
  | { readonly kind: 'category'; readonly categories: readonly string[] }
  /** No finding at all of the rule's scan types. */
  | { readonly kind: 'fail-all' }
  /** No component with a vulnerability of this CVSS score or a higher one. */
  | { readonly kind: 'cvss'; readonly score: number }
  | { readonly kind: 'cve'; readonly cves: readonly string[] }
  /** No component of the account's list, or of the rule's own. */
  | { readonly kind: 'component-blocklist' }
  | { readonly kind: 'component-allowlist' }
  /** A score of at least this. */
  | { readonly kind: 'minimum-score'; readonly score: number }
  /** No finding that a standard names, for instance `owasp`. */
  | { readonly kind: 'security-standard'; readonly standards: readonly string[] }
  | { readonly kind: 'license-risk'; readonly risk: string }
  /** A type that is not known, or a value that cannot be read: nobody can say whether the rule holds. */
  | { readonly kind: 'unknown' };

/** One rule of a policy. @public */
export interface PolicyRule {
  /** The platform's word, for instance `MAX_SEVERITY`. */
  readonly type: string;
  /** The platform's words, for instance `STATIC`, or `ALL`. */
  readonly scanTypes: readonly string[];
  /** As it was sent. */
  readonly value: string;
  readonly requirement: PolicyRequirement;
}

/** How often a kind of scan is due. @public */
export interface ScanFrequencyRule {
  readonly scanType: string;
  /** The platform's word, for instance `QUARTERLY` or `NOT_REQUIRED`. */
  readonly frequency: string;
}

/** One version of a policy. @public */
export interface Policy {
  readonly guid: string;
  readonly version: number;
  readonly name: string;
  readonly description: string | null;
  /** `APPLICATION` or `COMPONENT`. */
  readonly category: string;
  /** `BUILTIN`, `VERACODELEVEL`, `CUSTOMER` or `STANDARD`. */
  readonly type: string;
  /** ISO 8601 UTC. */
  readonly createdAt: string | null;
  readonly modifiedBy: string | null;
  readonly isVendorPolicy: boolean;
  readonly rules: readonly PolicyRule[];
  readonly scanFrequencies: readonly ScanFrequencyRule[];
  /** Severities that the policy gives to CWEs instead of the platform's own. */
  readonly customSeverities: readonly { readonly cwe: number; readonly severity: Severity }[];
  /** Days in which a finding that breaks a rule is tolerated, by its severity: index 0 to 5. */
  readonly graceDaysBySeverity: readonly number[];
  readonly scoreGraceDays: number;
  readonly blocklistGraceDays: number;
}

/** Which policies a list shows. @public */
export interface PolicyFilters {
  readonly category?: 'APPLICATION' | 'COMPONENT';
  /** The id of older APIs. */
  readonly legacyPolicyId?: string;
  /** A part is enough, unless `nameExact` is set. */
  readonly name?: string;
  readonly nameExact?: boolean;
  /** With the vendor's own. @defaultValue true, the platform's */
  readonly publicPolicy?: boolean;
  readonly vendorPolicy?: boolean;
}
