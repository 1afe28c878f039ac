import type { ApiCall } from '../../../exchange.js';
import { parseFormLists } from '../../../router/form-text.js';
import { severities, type Severity } from '../../../scenarios/vocabulary.js';
import { RestProblem } from '../rest-route.js';

/** What findings can be asked for, in the order of the links; `scan_type` comes behind them. */
export const findingFilters = [
  'context',
  'severity',
  'severity_gte',
  'cwe',
  'finding_category',
  'cvss',
  'cvss_gte',
  'cve',
  'violates_policy',
  'include_annot',
  'new',
  'include_exp_date',
  'mitigated_after',
  'sca_scan_mode',
  'sca_dep_mode',
] as const;

const scanTypes = ['STATIC', 'DYNAMIC', 'MANUAL', 'SCA'] as const;
export type ScanType = (typeof scanTypes)[number];
/** Without the parameter; SCA must be asked for. */
const usualScanTypes: readonly ScanType[] = ['STATIC', 'DYNAMIC', 'MANUAL'];

const scanModes = ['UPLOAD', 'AGENT', 'BOTH'] as const;
const dependencyModes = ['UNKNOWN', 'DIRECT', 'TRANSITIVE', 'BOTH'] as const;

/** A query for findings, read. Absent filters are undefined. */
export interface FindingQuery {
  readonly scanTypes: readonly ScanType[];
  readonly context: string | undefined;
  readonly severity: Severity | undefined;
  readonly severityAtLeast: Severity | undefined;
  readonly cwes: readonly number[] | undefined;
  readonly categories: readonly number[] | undefined;
  readonly cvss: number | undefined;
  readonly cvssAtLeast: number | undefined;
  readonly cve: string | undefined;
  readonly violatesPolicy: boolean | undefined;
  readonly isNew: boolean | undefined;
  readonly withAnnotations: boolean;
  readonly withExpiry: boolean;
  /** From the end of that day on. */
  readonly mitigatedAfterMs: number | undefined;
  readonly scanMode: (typeof scanModes)[number] | undefined;
  readonly dependencyMode: (typeof dependencyModes)[number] | undefined;
  /** What links repeat, in the platform's own spelling. */
  readonly echo: ReadonlyMap<string, string>;
}

const dayMs = 86_400_000;

/** @throws RestProblem 400 that names the parameter */
export function readFindingQuery({ query }: Pick<ApiCall, 'query'>): FindingQuery {
  const given = parseFormLists(query);
  // Lists are written with commas or by repeating the name.
  const texts = (name: string): string[] => (given.get(name) ?? []).flatMap((text) => text.split(',')).map((text) => text.trim()).filter((text) => text !== '');
  const one = (name: string): string | undefined => texts(name)[0];
  const types = scanTypesOf(texts('scan_type'));
  const day = one('mitigated_after');
  return {
    scanTypes: types,
    context: one('context'),
    severity: severityOf('severity', one('severity')),
    severityAtLeast: severityOf('severity_gte', one('severity_gte')),
    cwes: numbersOf('cwe', texts('cwe')),
    categories: numbersOf('finding_category', texts('finding_category')),
    cvss: scoreOf('cvss', one('cvss')),
    cvssAtLeast: scoreOf('cvss_gte', one('cvss_gte')),
    cve: one('cve'),
    violatesPolicy: flagOf('violates_policy', one('violates_policy')),
    isNew: flagOf('new', one('new')),
    withAnnotations: flagOf('include_annot', one('include_annot')) ?? false,
    withExpiry: flagOf('include_exp_date', one('include_exp_date')) ?? false,
    mitigatedAfterMs: day === undefined ? undefined : dayOf('mitigated_after', day) + dayMs,
    scanMode: wordOf('sca_scan_mode', one('sca_scan_mode'), scanModes),
    dependencyMode: wordOf('sca_dep_mode', one('sca_dep_mode'), dependencyModes),
    echo: echoOf(given, texts),
  };
}

function scanTypesOf(texts: readonly string[]): readonly ScanType[] {
  const types = texts.map((text) => wordOf('scan_type', text, scanTypes));
  if (types.length === 0) {
    return usualScanTypes;
  }
  if (types.includes('SCA') && types.some((type) => type !== 'SCA')) {
    throw new RestProblem(400, 'scan_type SCA cannot be combined with other scan types');
  }
  return scanTypes.filter((type) => types.includes(type));
}

function echoOf(given: ReadonlyMap<string, readonly string[]>, texts: (name: string) => readonly string[]): Map<string, string> {
  const names = [...findingFilters, 'scan_type'].filter((name) => given.has(name) && texts(name).length > 0);
  // A request with True comes back with true.
  return new Map(names.map((name) => [name, texts(name).map((text) => (/^(?:true|false)$/i.test(text) ? text.toLowerCase() : text)).join(',')]));
}

function severityOf(name: string, text: string | undefined): Severity | undefined {
  const severity = severities.find((candidate) => String(candidate) === text);
  return text === undefined || severity !== undefined ? severity : refuse(name, 'a number from 0 to 5');
}

function numbersOf(name: string, texts: readonly string[]): readonly number[] | undefined {
  const numbers = texts.map((text) => (/^\d+$/.test(text) ? Number(text) : refuse(name, 'a number, or numbers with commas between them')));
  return numbers.length === 0 ? undefined : numbers;
}

function scoreOf(name: string, text: string | undefined): number | undefined {
  const fits = text === undefined || (/^\d+(?:\.\d+)?$/.test(text) && Number(text) <= 10);
  return fits ? (text === undefined ? undefined : Number(text)) : refuse(name, 'a number from 0 to 10');
}

function flagOf(name: string, text: string | undefined): boolean | undefined {
  const word = wordOf(name, text?.toLowerCase(), ['true', 'false'] as const);
  return word === undefined ? undefined : word === 'true';
}

function dayOf(name: string, text: string): number {
  const ms = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(ms) ? ms : refuse(name, 'a date, yyyy-MM-dd');
}

function wordOf<T extends string>(name: string, text: string | undefined, words: readonly T[]): T | undefined {
  const known = words.find((word) => word === text);
  return text === undefined || known !== undefined ? known : refuse(name, `one of ${words.join(', ')}`);
}

function refuse(name: string, wanted: string): never {
  throw new RestProblem(400, `${name} must be ${wanted}`);
}
