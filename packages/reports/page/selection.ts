import type { JudgedFinding, Severity } from '@verapipe/core';

import { STATUS_WORDS } from '../src/formats/html/finding-words.js';
import { severityName } from '../src/severity-name.js';
import type { Entry } from './read-findings.js';

/** Ways to put findings together. */
export const GROUPINGS = { none: 'Nothing', severity: 'Severity', file: 'File', cwe: 'CWE', module: 'Module', status: 'Status' } as const;

export type Grouping = keyof typeof GROUPINGS;

/** What the reader chose; empty sets and texts choose everything. */
export interface Choice {
  readonly text: string;
  readonly severities: ReadonlySet<Severity>;
  readonly status: string;
  readonly standing: string;
  readonly kind: string;
  readonly againstPolicy: boolean;
  readonly grouping: Grouping;
}

export const EVERYTHING: Choice = { text: '', severities: new Set(), status: '', standing: '', kind: '', againstPolicy: false, grouping: 'none' };

/** A line of the list. */
export type Line = { readonly group: Group; readonly isOpen: boolean } | { readonly finding: JudgedFinding };

export interface Group {
  readonly name: string;
  readonly grouping: Grouping;
  readonly worst: Severity;
  readonly findings: readonly JudgedFinding[];
}

/** The findings that fit a choice, in the order of the entries. Pure. */
export function select(entries: readonly Entry[], choice: Choice): readonly JudgedFinding[] {
  const words = choice.text.toLowerCase().split(/\s+/u).filter((word) => word !== '');
  return entries.filter(({ finding, text }) => fits(finding, choice) && words.every((word) => text.includes(word))).map(({ finding }) => finding);
}

function fits(finding: JudgedFinding, { severities, status, standing, kind, againstPolicy }: Choice): boolean {
  if (severities.size > 0 && !severities.has(finding.severity)) return false;
  if (status !== '' && finding.status !== status) return false;
  if (standing !== '' && finding.standing !== standing) return false;
  if (kind !== '' && finding.kind !== kind) return false;
  return !againstPolicy || finding.affectsPolicy === true;
}

/** Lines of a list: findings, under their groups where the reader wants groups. Pure. */
export function linesOf(findings: readonly JudgedFinding[], grouping: Grouping, closed: ReadonlySet<string>): readonly Line[] {
  if (grouping === 'none') return findings.map((finding) => ({ finding }));
  return groupsOf(findings, grouping).flatMap((group) => {
    const isOpen = !closed.has(group.name);
    return [{ group, isOpen }, ...(isOpen ? group.findings.map((finding) => ({ finding })) : [])];
  });
}

/** Groups, that with the worst finding first, then the largest. */
function groupsOf(findings: readonly JudgedFinding[], grouping: Exclude<Grouping, 'none'>): readonly Group[] {
  const groups = new Map<string, JudgedFinding[]>();
  for (const finding of findings) {
    const name = groupName(finding, grouping);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [finding]);
    else group.push(finding);
  }
  return [...groups]
    .map(([name, members]) => ({ name, grouping, findings: members, worst: members.reduce<Severity>((worst, { severity }) => (severity > worst ? severity : worst), 0) }))
    .sort((a, b) => b.worst - a.worst || b.findings.length - a.findings.length || (a.name < b.name ? -1 : 1));
}

function groupName({ severity, location, cwe, cweName, component, status }: JudgedFinding, grouping: Exclude<Grouping, 'none'>): string {
  switch (grouping) {
    case 'severity':
      return severityName(severity);
    case 'file':
      return location.repositoryPath ?? location.file ?? component?.fileName ?? 'No file';
    case 'cwe':
      return cwe === null ? 'No CWE' : `CWE-${String(cwe)}${cweName === null ? '' : `: ${cweName}`}`;
    case 'module':
      return location.module ?? component?.fileName ?? 'No module';
    case 'status':
      return STATUS_WORDS[status];
  }
}
