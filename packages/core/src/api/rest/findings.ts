import { decodeRestFinding } from '../../codecs/rest-findings.js';
import { type JsonObject, optionalText, unexpectedShape } from '../../codecs/rest.js';
import type { Finding, FindingKind } from '../../domain/finding.js';
import type { Severity } from '../../domain/severity.js';
import type { CallOptions, Operation } from '../../transport/http.js';
import type { VeracodeClient } from '../veracode-client.js';
import { type PagedList, readWholeList } from './pages.js';
import type { Query } from './query.js';

const LIST_FINDINGS: Operation = { name: 'GET /appsec/v2/applications/{guid}/findings', idempotent: true, reads: true, limitClass: 'rest' };
/** The calls of this file. */
export const FINDING_OPERATIONS = [LIST_FINDINGS];

/** Which findings are wanted; a filter that is left out filters nothing. @public */
export interface FindingQuery {
  readonly applicationGuid: string;
  /** Null: the findings of the policy scans. */
  readonly sandboxGuid: string | null;
  readonly kinds: readonly [FindingKind, ...FindingKind[]];
  readonly severityAtLeast?: Severity;
  readonly cwes?: readonly number[];
  readonly cvssAtLeast?: number;
  /** For instance `CVE-2024-1`: leaves nothing but components. */
  readonly vulnerabilityId?: string;
  /** By the service's own judgement: sandboxes have no policy evaluation of their own to trust. */
  readonly violatesPolicy?: boolean;
  /** First seen in the newest scan. */
  readonly isNew?: boolean;
}

const WORDS: Readonly<Record<FindingKind, string>> = { static: 'STATIC', dynamic: 'DYNAMIC', manual: 'MANUAL', sca: 'SCA' };

/**
 * Lists the findings of the newest published scan of an application or a sandbox, with mitigations and grace periods.
 * Components have to be asked for on their own, so there are one or two lists, each read to its end and counted before the
 * first of its findings is handed out.
 *
 * @operation GET /appsec/v2/applications/{guid}/findings (idempotent)
 * @throws NotFoundError (no such application or sandbox), AuthorizationError, ProtocolError (`count-mismatch` when pages
 *   do not add up), and the errors of the transport
 * @see docs.veracode.com "Findings REST API"
 * @public
 */
export async function* listFindings(client: VeracodeClient, query: FindingQuery, call: CallOptions = {}): AsyncGenerator<Finding, void, undefined> {
  const ofCode = query.kinds.filter((kind) => kind !== 'sca');
  if (ofCode.length > 0) yield* await readWholeList(client, findingList(query, ofCode, call));
  if (query.kinds.includes('sca')) yield* await readWholeList(client, findingList(query, ['sca'], call));
}

function findingList(query: FindingQuery, kinds: readonly FindingKind[], call: CallOptions): PagedList<Finding> {
  const { applicationGuid, sandboxGuid } = query;
  const isSca = kinds.includes('sca');
  return {
    operation: LIST_FINDINGS,
    path: `/appsec/v2/applications/${encodeURIComponent(applicationGuid)}/findings`,
    query: {
      context: sandboxGuid,
      ...filtersOf(query),
      // Components know neither annotations nor grace periods.
      ...(isSca ? {} : { include_annot: true, include_exp_date: true }),
      scan_type: kinds.map((kind) => WORDS[kind]).join(','),
    },
    element: 'findings',
    call,
    decode: (item) => decodeExpected(item, { kinds, contextGuid: sandboxGuid ?? applicationGuid }),
    // Nothing but all of it tells two findings of components apart for certain.
    keyOf: (finding) => (isSca ? JSON.stringify(finding) : finding.id),
  };
}

function filtersOf({ severityAtLeast, cwes, cvssAtLeast, vulnerabilityId, violatesPolicy, isNew }: FindingQuery): Query {
  return {
    severity_gte: severityAtLeast,
    cwe: cwes?.join(','),
    cvss_gte: cvssAtLeast,
    cve: vulnerabilityId,
    violates_policy: violatesPolicy,
    new: isNew,
  };
}

interface Expected {
  readonly kinds: readonly FindingKind[];
  readonly contextGuid: string;
}

/** A list of another place must never decide about this one. */
function decodeExpected(item: JsonObject, { kinds, contextGuid }: Expected): Finding {
  const finding = decodeRestFinding(item, LIST_FINDINGS.name);
  const context = optionalText(item, 'context_guid');
  if (context !== null && context !== contextGuid) throw unexpectedShape(LIST_FINDINGS.name, 'the context that was asked for');
  if (!kinds.includes(finding.kind)) throw unexpectedShape(LIST_FINDINGS.name, 'a scan_type that was asked for');
  return finding;
}
