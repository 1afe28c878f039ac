import type { ReportInput } from '../src/report.js';
import { type ReportFormatId, renderReport } from '../src/report-formats.js';

/** A whole report; null where the format writes none. */
export async function reportText(format: ReportFormatId, input: ReportInput): Promise<string | null> {
  const pieces = await renderReport(format, input);
  if (pieces === null) return null;
  const texts: string[] = [];
  for await (const piece of pieces) texts.push(piece);
  return texts.join('');
}
