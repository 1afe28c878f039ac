import { cleanJson } from '../clean-json.js';
import type { ReportFormat } from '../report.js';

/** Findings as they stand in `verapipe-results.json`, one JSON object a line that every reader takes. */
export const ndjson: ReportFormat = {
  tellsFailure: false,
  tellsIncomplete: false,
  async *render({ findings }) {
    for await (const finding of findings) yield `${cleanJson(finding)}\n`;
  },
};
