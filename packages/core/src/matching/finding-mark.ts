import type { Finding, FindingKind, FindingLocation, FlawMatch } from '../domain/finding.js';
import { flawFingerprint } from '../domain/flaw-fingerprint.js';
import type { Severity } from '../domain/severity.js';

/**
 * What is kept of a finding to recognise it in another scan and to tell people which one it is: small, so that a
 * hundred thousand of them fit in memory.
 *
 * @public
 */
export interface FindingMark {
  readonly id: string;
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly cwe: number | null;
  /** The vulnerability of a component, else category or CWE name; empty when the report names none. */
  readonly title: string;
  readonly module: string | null;
  /** As in {@link FindingLocation}; for SCA the component. */
  readonly file: string | null;
  readonly line: number | null;
  /** Without types, qualifiers and parameters, which reports spell in several ways. */
  readonly function: string | null;
  /** Where it lies, in one text that is equal in both scans; null when the report says too little. */
  readonly place: string | null;
  /** CWE and all of {@link FlawMatch} in one text. */
  readonly flawKey: string | null;
}

/** Keeps what recognises a finding. Pure. */
export function markOf(finding: Finding): FindingMark {
  const { location, component } = finding;
  const name = bareFunctionName(location.function);
  return {
    id: finding.id,
    kind: finding.kind,
    severity: finding.severity,
    cwe: finding.cwe,
    title: component?.vulnerabilityId ?? finding.category ?? finding.cweName ?? '',
    module: location.module,
    file: component?.fileName ?? location.file ?? location.url,
    line: location.line,
    function: name,
    place: placeOf(finding, name),
    flawKey: finding.flawMatch === null ? null : flawKeyOf(finding.cwe, finding.flawMatch),
  };
}

/**
 * Equal texts are the same flaw: all eight values count, and the CWE, because recordings have one statement with two
 * flaws of equal hashes (a query that is put together, and a statement that is never closed).
 */
function flawKeyOf(cwe: number | null, match: FlawMatch): string {
  return `${cwe ?? '-'} ${flawFingerprint(match)}`;
}

function placeOf({ kind, location, component }: Finding, name: string | null): string | null {
  switch (kind) {
    case 'sca':
      return component === null ? null : joinKey(component.fileName, component.vulnerabilityId);
    case 'dynamic':
      return location.url === null ? null : joinKey(withoutQuery(location.url), location.parameter);
    case 'static':
    case 'manual':
      return sourcePlaceOf(location, name);
  }
}

/** Without debug information there is a module and a function, and no file. */
function sourcePlaceOf({ file, module, url }: FindingLocation, name: string | null): string | null {
  if (file !== null) return file.replaceAll('\\', '/').replace(/^(?:\.?\/)+/, '');
  if (url !== null) return withoutQuery(url);
  return module === null || name === null ? null : joinKey('module', module);
}

/** Joins parts to one key; no text of a report can look like a boundary. */
export function joinKey(...parts: readonly (string | number | null)[]): string {
  return parts.map((part) => (part === null ? '-' : `=${String(part).replaceAll('\u0000', '')}`)).join('\u0000');
}

/** `void find(java.lang.String)`, `com.example.Dao.find` and `find` are one function. */
function bareFunctionName(text: string | null): string | null {
  const beforeParameters = (text ?? '').split('(', 1)[0] ?? '';
  const name = beforeParameters.trim().split(/[\s.:]/).at(-1) ?? '';
  return name === '' || name.toUpperCase() === 'UNKNOWN' ? null : name;
}

/** Queries carry session ids and attack strings, which differ in each scan. */
function withoutQuery(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? '';
}
