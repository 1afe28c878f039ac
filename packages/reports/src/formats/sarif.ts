import { cleanJson, jsonItems, openJson } from '../clean-json.js';
import type { ReportFormat, ReportText } from '../report.js';
import { hasResults } from '../report.js';
import { setAside } from '../set-aside.js';
import { resultOf } from './sarif/sarif-result.js';
import { collectRules } from './sarif/sarif-rules.js';
import { runOf } from './sarif/sarif-run.js';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/**
 * SARIF 2.1.0. Findings are read twice: the rules come first. Fixed ones are no results: a reader closes what is not there
 * any more. Decisions about findings are suppressions. A run without results has no list of them, and was not successful.
 *
 * @see docs.oasis-open.org "Static Analysis Results Interchange Format (SARIF) Version 2.1.0"
 */
export const sarif: ReportFormat = {
  tellsFailure: true,
  tellsIncomplete: true,
  async *render(input): ReportText {
    const rules = await collectRules(input.findings);
    const run = runOf(input, rules);
    yield `${openJson({ $schema: SCHEMA, version: '2.1.0' })}"runs":[`;
    if (hasResults(input)) {
      yield `${openJson(run)}"results":[`;
      yield* jsonItems(input.findings, (finding) => (setAside(finding) === 'fixed' ? null : resultOf(finding, rules, input.results)));
      yield '\n]}';
    } else yield cleanJson(run);
    yield ']}\n';
  },
};
