import type { ScanResults } from '../../scan-results.js';
import { factList, html, link, table, type Content, type Markup } from './markup.js';
import { groupedCount, grouped, shownTime } from './numbers.js';

/** What else is known of the run: for whoever asks what exactly was scanned, and where. Closed at first. */
export function runSection(results: ScanResults): Markup {
  return html`<section class="card run">
<h2>The run</h2>
<details>
<summary>What was scanned, when and by whom</summary>
${factList(factsOf(results))}
${artifactsOf(results)}</details>
${lintOf(results)}</section>
`;
}

function factsOf({ tool, generatedAt, ci, platform, application, sandbox, scan, policy, proof, pathMapping, dataPaths }: ScanResults): readonly (readonly [string, Content])[] {
  return [
    ['Made by', `${tool.name} ${tool.version}`],
    ['Made at', shownTime(generatedAt)],
    ['Platform', platform === null ? null : link(platform.url)],
    ['Application profile', application === null ? null : `${application.name} (${application.id})`],
    ['Sandbox', sandbox === null ? null : `${sandbox.name} (${sandbox.id})`],
    ['Scan', scan === null ? null : `${scan.name} (${scan.kind} scan ${scan.id})`],
    ['Status', scan?.statusText ?? scan?.status ?? null],
    ['Published', scan === null || scan.publishedAt === null ? null : shownTime(scan.publishedAt)],
    ['Modules', scan === null || scan.modules.length === 0 ? null : scan.modules.map(({ name }) => name).join(', ')],
    ['Policy', policy?.name ?? null],
    ['Findings read', proof === null ? null : `${grouped(proof.counts.read)} of ${grouped(proof.counts.reported)} that the platform reports`],
    ['Found in the checkout', pathMapping === null ? null : `${grouped(pathMapping.mapped)} of ${groupedCount(pathMapping.withPath, 'finding')} with a path`],
    ['Data paths', dataPaths === null ? null : `${grouped(dataPaths.read)} of ${groupedCount(dataPaths.findings, 'finding')} that were asked for`],
    ['CI', ci?.system ?? null],
    ['Pipeline', ci?.pipeline ?? null],
    ['CI run', ci === null || ci.run === null ? null : ci.runUrl === null ? ci.run : link(ci.runUrl, ci.run)],
    ['Job', ci?.job ?? null],
    ['Repository', ci === null || ci.repositoryUrl === null ? null : link(ci.repositoryUrl)],
    ['Commit', ci?.commit ?? null],
    ['Branch', ci?.branch ?? null],
    ['Pull request', ci?.pullRequest ?? null],
  ];
}

function artifactsOf({ artifacts }: ScanResults): Markup | null {
  if (artifacts.length === 0) return null;
  const rows = artifacts.map(({ name, path, sizeBytes, sha256 }) => [name, path, grouped(sizeBytes), html`<code>${sha256}</code>`]);
  return html`${table('Uploaded files', ['Name', 'Path', 'Bytes', 'SHA-256'], rows)}\n`;
}

function lintOf({ lint }: ScanResults): Markup | null {
  if (lint === null || lint.total === 0) return null;
  const rows = lint.findings.map(({ rule, severity, artifact, place, sentence }) => [html`<code>${rule}</code>`, severity === 'error' ? 'Error' : 'Warning', artifact, place, sentence]);
  return html`<details>
<summary>${groupedCount(lint.total, 'remark')} of the artifact lint</summary>
${table('What the lint found in the artifacts', ['Rule', 'Severity', 'Artifact', 'Place', 'Why'], rows)}
${lint.findings.length < lint.total ? html`<p>The first ${lint.findings.length} of ${lint.total}.</p>` : null}
</details>
`;
}
