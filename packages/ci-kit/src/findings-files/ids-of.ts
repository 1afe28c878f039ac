import type { PlaceFacts } from '@verapipe/reports';

/** Where findings come from. */
export interface FindingsPlace {
  readonly application: Pick<PlaceFacts, 'id'> | null;
  /** Null in the policy context. */
  readonly sandbox: Pick<PlaceFacts, 'id'> | null;
}

/** What the ids of findings belong to: equal texts, equal ids. Null where nobody says which application it is. Pure. */
export function idsOf({ application, sandbox }: FindingsPlace): string | null {
  return application === null ? null : `application ${application.id}, sandbox ${sandbox?.id ?? '-'}`;
}
