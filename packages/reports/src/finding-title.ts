import type { JudgedFinding } from '@verapipe/core';

import { cweLabel } from './cwe.js';
import { printable } from './printable.js';

const KIND_WORDS: Readonly<Record<JudgedFinding['kind'], string>> = {
  static: 'Finding of the static analysis',
  dynamic: 'Finding of the dynamic analysis',
  manual: 'Finding of a penetration test',
  sca: 'Vulnerability of a component',
};

/** What a finding is, in one line: the vulnerability and its component, else the weakness. Never empty. Pure. */
export function findingTitle({ component, category, cweName, cwe, kind }: JudgedFinding): string {
  if (component !== null) return printable(`${component.vulnerabilityId} in ${component.fileName}${component.version === null ? '' : ` ${component.version}`}`);
  const name = printable(category ?? cweName ?? '').trim();
  if (name !== '') return name;
  return cwe === null ? KIND_WORDS[kind] : cweLabel(cwe);
}
