import type { Finding, FindingDataStep } from '@verapipe/core';

import { cweLabel } from './cwe.js';
import { severityName } from './severity-name.js';

/** From here on the name of a weakness is longer than a line has room for. */
const LONG_NAME = 40;

/** What a finding is called, in a few words: people know weaknesses by these names. The page's script shares it. @public */
export function titleOf({ component, category, cweName, cwe, description, id }: Pick<Finding, 'component' | 'category' | 'cweName' | 'cwe' | 'description' | 'id'>): string {
  if (component !== null) return component.vulnerabilityId;
  if (category !== null) return category;
  if (cweName !== null) return shortName(cweName);
  if (cwe !== null) return cweLabel(cwe);
  return description === '' ? `Finding ${id}` : description;
}

/** Long names of weaknesses end with the one that people use: "Improper … ('SQL Injection')". */
function shortName(name: string): string {
  return name.length > LONG_NAME ? (/\('?([^()']{3,40})'?\)$/u.exec(name)?.[1] ?? name) : name;
}

/** One line on a finding, for lists whose entries have file and line apart: severity, weakness, and the place where there is no file. @public */
export function headlineOf(finding: Finding): string {
  const { severity, cwe, location } = finding;
  const hasFile = (location.repositoryPath ?? location.file) !== null;
  return [severityName(severity), cwe === null ? null : cweLabel(cwe), titleOf(finding), hasFile ? null : `in ${placeOf(finding)}`].filter((part) => part !== null).join(' ');
}

/** Where a finding lies, for people, as exactly as is known. @public */
export function placeOf({ location, component }: Pick<Finding, 'location' | 'component'>): string {
  if (component !== null) {
    return component.version === null ? component.fileName : `${component.fileName} ${component.version}`;
  }
  const place = placeOfStep(location);
  if (place !== null) return place;
  if (location.url !== null) return location.parameter === null ? location.url : `${location.url} (parameter ${location.parameter})`;
  return location.function ?? location.module ?? '-';
}

/** The file of the checkout, which people can open, else the platform's, with the line; null without a file. */
export function placeOfStep({ repositoryPath, file, line }: Pick<FindingDataStep, 'repositoryPath' | 'file' | 'line'>): string | null {
  const path = repositoryPath ?? file;
  if (path === null) return null;
  return line === null ? path : `${path}:${String(line)}`;
}

/** Whether a vulnerability is one of the public list. */
export function isCve(id: string): boolean {
  return /^CVE-\d{4}-\d{4,}$/u.test(id);
}

/** The page of a vulnerability; null where its id is not one of the public list. */
export function vulnerabilityUrl(id: string): string | null {
  return isCve(id) ? `https://nvd.nist.gov/vuln/detail/${id}` : null;
}
