import { missingFindings } from '../../missing-findings.js';
import { printable } from '../../printable.js';
import type { ReportInput } from '../../report.js';
import type { ScanResults } from '../../scan-results.js';
import { renderVerdictSentence } from '../../summary-text.js';
import { webAddress } from '../../web-address.js';
import { SOURCE_ROOT } from './sarif-location.js';
import type { SarifRules } from './sarif-rules.js';
import { sarifText } from './sarif-text.js';

/** All of a run but its results. Pure. @see SARIF 2.1.0, 3.14 */
export function runOf(input: ReportInput, { rules, taxa }: SarifRules): object {
  const { results, tally } = input;
  return {
    tool: { driver: { name: 'Veracode', organization: 'Veracode', informationUri: 'https://www.veracode.com', rules, supportedTaxonomies: [{ name: 'CWE', index: 0 }] } },
    taxonomies: [{ name: 'CWE', organization: 'MITRE', informationUri: 'https://cwe.mitre.org', isComprehensive: false, taxa }],
    conversion: { tool: { driver: { name: results.tool.name, version: printable(results.tool.version) } } },
    automationDetails: { id: automationIdOf(results) },
    invocations: [invocationOf(input)],
    ...provenanceOf(results),
    originalUriBaseIds: { [SOURCE_ROOT]: { description: { text: 'The root of the repository.' } } },
    columnKind: 'utf16CodeUnits',
    properties: { verdict: results.verdict, sentence: renderVerdictSentence(results), counts: results.counts === null ? null : tally },
  };
}

/** GitHub takes all but the last part for the category: an upload replaces the earlier one of its category. */
function automationIdOf({ scan, application, sandbox }: ScanResults): string {
  const parts = [`veracode-${scan?.kind ?? 'findings'}`, application?.name, sandbox?.name].flatMap((part) => (part === undefined ? [] : [printable(part).replaceAll('/', '-')]));
  return [...parts, printable(scan?.id ?? '').replaceAll('/', '-')].join('/');
}

/** A run without results, or without all of them, was not successful: readers refuse the file, or keep what they had. */
function invocationOf(input: ReportInput): object {
  const { scan, generatedAt } = input.results;
  const trouble = troubleOf(input);
  const isSuccessful = trouble === null;
  const startedAt = scan?.startedAt ?? null;
  const notification = { level: 'error', descriptor: { id: printable(trouble?.id ?? '') }, message: { text: sarifText(trouble?.text ?? '') } };
  return {
    executionSuccessful: isSuccessful,
    ...(startedAt === null ? {} : { startTimeUtc: instantOf(startedAt) }),
    endTimeUtc: instantOf(scan?.publishedAt ?? generatedAt),
    // Jenkins reads the second list and not the first, and takes a run without results for one without findings.
    ...(isSuccessful ? {} : { toolExecutionNotifications: [notification], toolConfigurationNotifications: [notification] }),
  };
}

function troubleOf(input: ReportInput): { readonly id: string; readonly text: string } | null {
  const { failure, verdict, counts } = input.results;
  if (failure !== null) return { id: failure.code, text: failure.message };
  const missing = missingFindings(input);
  if (missing !== null) return { id: 'findings-missing', text: missing };
  if (counts !== null) return null;
  return { id: verdict, text: verdict === 'pending' ? 'The scan was submitted and not waited for: nothing is known of its findings.' : 'The run came to no results.' };
}

function provenanceOf({ ci }: ScanResults): object {
  const repositoryUri = webAddress(ci?.repositoryUrl ?? null);
  if (ci === null || repositoryUri === null) return {};
  const revision = ci.commit === null ? {} : { revisionId: printable(ci.commit) };
  const branch = ci.branch === null ? {} : { branch: printable(ci.branch) };
  return { versionControlProvenance: [{ repositoryUri, ...revision, ...branch, mappedTo: { uriBaseId: SOURCE_ROOT } }] };
}

function instantOf(date: string): string {
  return new Date(date).toISOString();
}
