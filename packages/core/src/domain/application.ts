/** An application profile as a list shows it. @public */
export interface ApplicationSummary {
  readonly id: string;
  readonly name: string;
  /** ISO 8601 UTC; null until a first policy evaluation. */
  readonly policyUpdatedAt: string | null;
}

/** The platform's five grades. @public */
export type BusinessCriticality = 'Very High' | 'High' | 'Medium' | 'Low' | 'Very Low';

/** Every grade, highest first. @public */
export const BUSINESS_CRITICALITIES: readonly BusinessCriticality[] = ['Very High', 'High', 'Medium', 'Low', 'Very Low'];

/** What can be set on an application profile. @public */
export interface ApplicationFields {
  readonly criticality?: BusinessCriticality;
  readonly teams?: readonly string[];
  readonly policy?: string;
  readonly businessUnit?: string;
  readonly tags?: readonly string[];
  readonly description?: string;
}

/** A whole application profile. @public */
export interface Application extends ApplicationSummary {
  readonly criticality: string | null;
  readonly policy: string | null;
  readonly teams: readonly string[];
  readonly businessUnit: string | null;
  readonly tags: readonly string[];
  readonly description: string | null;
  readonly modifiedAt: string | null;
}
