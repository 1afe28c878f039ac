import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** What the wire facts say about a call. */
interface OperationFacts {
  readonly operation: string;
  readonly idempotent: boolean;
  readonly parts: readonly string[];
}

/** Calls of core that may not be made twice and that no command makes, so that no run can meet a fault or a kill there. */
export const UNREACHED: Readonly<Record<string, string>> = {
  'POST /appsec/v1/applications': '`scan --create-profile` makes profiles with createapp.do, which is in every variant with a new profile; the REST call is for programs that use the library',
  'promotesandbox.do': '`sandbox promote` promotes over REST',
};

/** Every call of core that may not be made twice. */
export function unrepeatableChanges(): readonly string[] {
  const path = createRequire(import.meta.url).resolve('@verapipe/protocol/operations.json');
  const operations = JSON.parse(readFileSync(path, 'utf8')) as readonly OperationFacts[];
  return operations.filter(({ idempotent, parts }) => !idempotent && parts.includes('core')).map(({ operation }) => operation);
}
