import type { FindingDataPath, FindingDataStep, JudgedFinding } from '@verapipe/core';

import type { CiFacts } from '../../scan-results.js';
import { sourceUrl } from '../../source-url.js';
import { placeOf, placeOfStep, titleOf } from '../../finding-text.js';
import { STANDING_WORDS, STATUS_WORDS } from './finding-words.js';
import { factsOfFinding } from './finding-facts.js';
import { fixAdvice } from './fix-advice.js';
import { factList, html, link, type Content, type Markup } from './markup.js';

/** One finding of the page without script: a line, and everything about it when it is opened. */
export function findingArticle(finding: JudgedFinding, ci: CiFacts | null): Markup {
  const { status, standing, cwe, dataPaths } = finding;
  const words = [STATUS_WORDS[status], standing === null || standing === status ? null : STANDING_WORDS[standing]].filter((word) => word !== null);
  return html`<details>
<summary><b>${titleOf(finding)}</b> ${cwe === null ? null : `CWE-${String(cwe)}`} · <code>${placeOf(finding)}</code> · ${words.join(', ')}</summary>
<blockquote>
${paragraphs(finding.description)}${sourceOf(finding, ci)}${(dataPaths ?? []).map((path, index) => dataPathOf(path, index, ci))}${adviceOn(finding)}${factList(factsOfFinding(finding))}
</blockquote>
</details>
`;
}

function paragraphs(text: string): readonly Markup[] {
  return text.split(/\n\s*/u).filter((line) => line.trim() !== '').map((line) => html`<p>${line}</p>\n`);
}

function sourceOf({ location }: JudgedFinding, ci: CiFacts | null): Markup | null {
  const address = sourceUrl(ci, location.repositoryPath, location.line);
  return address === null ? null : html`<p>${link(address, 'The line in the repository')}</p>\n`;
}

function dataPathOf({ steps }: FindingDataPath, index: number, ci: CiFacts | null): Markup {
  return html`<h3>Data path ${index + 1}</h3>\n<ol>\n${steps.map((step) => html`<li><code>${placeInRepository(step, ci)}</code>${step.function === null ? null : html` in <code>${step.function}</code>`}</li>\n`)}</ol>\n`;
}

function placeInRepository(step: FindingDataStep, ci: CiFacts | null): Content {
  const place = placeOfStep(step) ?? 'No file is known';
  const address = sourceUrl(ci, step.repositoryPath, step.line);
  return address === null ? place : link(address, place);
}

function adviceOn(finding: JudgedFinding): Content {
  const advice = fixAdvice(finding);
  if (advice === null) return null;
  const { texts, more } = advice;
  return html`<h3>How to fix it</h3>\n${[...texts, more && link(more.address, more.text)].map((text) => text && html`<p>${text}</p>\n`)}`;
}
