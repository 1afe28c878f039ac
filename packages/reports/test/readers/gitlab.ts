import { reportFaults, type ReportSchema } from '../report-schemas.js';
import { actingCharacters } from './acting-characters.js';
import { countsOf, ofEach, type ReportReader } from './report-reader.js';

interface SecurityReport {
  readonly vulnerabilities: readonly { readonly severity: string }[];
  readonly scan: { readonly messages: readonly { readonly value: string }[] };
}

/** GitLab's own schema of a security report. */
function securityReport(schema: ReportSchema): ReportReader {
  return {
    name: "GitLab's schema 15.2.1 (Ajv)",
    faults: ofEach((text) => [...reportFaults(schema, text), ...actingCharacters(text)]),
    counts(text) {
      const { vulnerabilities, scan } = JSON.parse(text) as SecurityReport;
      const leftOut = scan.messages.flatMap(({ value }) => /^Left out of \d+ findings: (\d+) /u.exec(value)?.[1] ?? []).map(Number);
      return { ...countsOf(vulnerabilities.map(({ severity }) => severity)), 'left out': leftOut.reduce((sum, count) => sum + count, 0) };
    },
  };
}

export const GITLAB_SAST = securityReport('gitlab-sast-report-15.2.1');
export const GITLAB_DEPENDENCY_SCANNING = securityReport('gitlab-dependency-scanning-report-15.2.1');

export const GITLAB_CODE_QUALITY: ReportReader = {
  name: "schema of ours, from GitLab's manual and reader (Ajv)",
  faults: ofEach((text) => [...reportFaults('gitlab-code-quality', text), ...actingCharacters(text)]),
  counts: (text) => countsOf((JSON.parse(text) as readonly { readonly severity: string }[]).map(({ severity }) => severity)),
};

interface Link {
  readonly external_link: { readonly label: string; readonly url: string };
}

/** A page that people may go to, and nobody's password. */
function isPlainAddress(url: string): boolean {
  return /^https?:\/\/[^\s"<>]+$/u.test(url) && `${new URL(url).username}${new URL(url).password}` === '';
}

const SEVERITY_WORDS = ['Very High', 'High', 'Medium', 'Low', 'Very Low', 'Informational'];

/** @see gitlab.com/gitlab-org/gitlab "ci_job_annotation_data.json", "parse_annotations_artifact_service.rb" */
export const GITLAB_ANNOTATIONS: ReportReader = {
  name: "reader of ours, after GitLab's",
  faults: ofEach((text) => {
    const lists = JSON.parse(text) as Readonly<Record<string, readonly Link[]>>;
    const faults = [...actingCharacters(text)];
    if (Object.keys(lists).join() !== 'Veracode') faults.push('has other lists than its own');
    const links = Object.values(lists).flat();
    if (links.length > 1000) faults.push('has more links than GitLab takes');
    for (const { external_link: link, ...rest } of links) {
      const { label, url, ...others } = link;
      if (Object.keys(rest).length + Object.keys(others).length > 0) faults.push('has members that GitLab refuses');
      if (typeof label !== 'string' || label.length > 255 || /\p{Cc}/u.test(label)) faults.push(`has the label ${JSON.stringify(label)}`);
      if (typeof url !== 'string' || !isPlainAddress(url)) faults.push(`links to ${JSON.stringify(url)}`);
    }
    return faults;
  }),
  counts(text) {
    const label = Object.values(JSON.parse(text) as Readonly<Record<string, readonly Link[]>>).flat()[0]?.external_link.label ?? '';
    const told = SEVERITY_WORDS.map((word) => [word, Number(new RegExp(`[:,] (\\d+) ${word}`, 'u').exec(label)?.[1] ?? 0)] as const);
    return { ...Object.fromEntries(told), open: Number(/(\d+) open\.$/u.exec(label)?.[1]), total: Number(/(\d+) findings?:/u.exec(label)?.[1] ?? (label.includes('No findings.') ? 0 : Number.NaN)) };
  },
};
