import { renderReport, type ReportFormatId } from '../src/report-formats.js';
import type { ReportInput } from '../src/report.js';

/** A report as one text; throws where none would be written. */
export async function readReport(format: ReportFormatId, input: ReportInput): Promise<string> {
  const pieces = await renderReport(format, input);
  if (pieces === null) throw new Error(`No ${format} report would be written.`);
  let whole = '';
  for await (const piece of pieces) whole += piece;
  return whole;
}

/** True for text without halves of surrogate pairs, escaped ones included: not every reader of JSON takes them. */
export function isWhole(text: string): boolean {
  return !/(?<!\\)(?:\\\\)*\\ud[89a-f][\da-f]{2}|\p{Surrogate}/iu.test(text);
}
