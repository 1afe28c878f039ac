import { hasResults, type ReportFormat, type ReportInput, type ReportText } from './report.js';

/** Formats load when they are written: some bring a library with them. */
const FORMATS = {
  sarif: async () => (await import('./formats/sarif.js')).sarif,
  'gitlab-sast': async () => (await import('./formats/gitlab-sast.js')).gitlabSast,
  'gitlab-dependency-scanning': async () => (await import('./formats/gitlab-dependency-scanning.js')).gitlabDependencyScanning,
  'gitlab-code-quality': async () => (await import('./formats/gitlab-code-quality.js')).gitlabCodeQuality,
  'gitlab-annotations': async () => (await import('./formats/gitlab-annotations.js')).gitlabAnnotations,
  dotenv: async () => (await import('./formats/dotenv.js')).dotenv,
  junit: async () => (await import('./formats/junit.js')).junit,
  sonar: async () => (await import('./formats/sonar.js')).sonar,
  'code-insights': async () => (await import('./formats/code-insights.js')).codeInsights,
  markdown: async () => (await import('./formats/markdown.js')).markdown,
  csv: async () => (await import('./formats/csv.js')).csv,
  ndjson: async () => (await import('./formats/ndjson.js')).ndjson,
  html: async () => (await import('./formats/html/html.js')).htmlPage,
  'html-static': async () => (await import('./formats/html/html-static.js')).htmlStatic,
  'cyclonedx-vex': async () => (await import('./formats/cyclonedx-vex.js')).cyclonedxVex,
} as const satisfies Readonly<Record<string, () => Promise<ReportFormat>>>;

/** The name of a format, as `--report` takes it. @public */
export type ReportFormatId = keyof typeof FORMATS;

/** Every format, in the order in which manuals list them. @public */
export const REPORT_FORMATS = Object.keys(FORMATS) as readonly ReportFormatId[];

/** @public */
export function isReportFormat(name: string): name is ReportFormatId {
  return Object.hasOwn(FORMATS, name);
}

/**
 * Whether a report in this format says that findings are missing, where {@link ReportInput} says so.
 *
 * @param input - what the report is made of; without it the answer is whether every report in this format does
 * @public
 */
export async function tellsIncomplete(format: ReportFormatId, input?: ReportInput): Promise<boolean> {
  const { tellsIncomplete: tells, isSilent }: ReportFormat = await FORMATS[format]();
  return tells && (isSilent === undefined || (input !== undefined && !isSilent(input)));
}

/**
 * Renders a report.
 *
 * @returns null when the run came to no results and the format has no words for that, or when the format is about
 *   components and the scan looked at none: an empty report would look like a clean scan
 * @throws what reading the findings throws, while the text is read
 * @public
 */
export async function renderReport(format: ReportFormatId, input: ReportInput): Promise<ReportText | null> {
  const { render, tellsFailure, componentsOnly, isSilent }: ReportFormat = await FORMATS[format]();
  if (componentsOnly === true && input.results.scan?.kind === 'pipeline') return null;
  return hasResults(input) || (tellsFailure && isSilent?.(input) !== true) ? render(input) : null;
}
