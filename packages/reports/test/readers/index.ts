import type { ReportFormatId } from '../../src/report-formats.js';
import { CODE_INSIGHTS } from './code-insights.js';
import { CSV } from './csv.js';
import { CYCLONEDX_VEX } from './cyclonedx-vex.js';
import { DOTENV } from './dotenv.js';
import { GITLAB_ANNOTATIONS, GITLAB_CODE_QUALITY, GITLAB_DEPENDENCY_SCANNING, GITLAB_SAST } from './gitlab.js';
import { HTML, HTML_STATIC } from './html.js';
import { JUNIT } from './junit.js';
import { MARKDOWN } from './markdown.js';
import { NDJSON } from './ndjson.js';
import type { ReportReader } from './report-reader.js';
import { SARIF } from './sarif.js';
import { SONAR } from './sonar.js';

/** Who reads each format. */
export const READERS: Readonly<Record<ReportFormatId, ReportReader>> = {
  sarif: SARIF,
  'gitlab-sast': GITLAB_SAST,
  'gitlab-dependency-scanning': GITLAB_DEPENDENCY_SCANNING,
  'gitlab-code-quality': GITLAB_CODE_QUALITY,
  'gitlab-annotations': GITLAB_ANNOTATIONS,
  dotenv: DOTENV,
  junit: JUNIT,
  sonar: SONAR,
  'code-insights': CODE_INSIGHTS,
  markdown: MARKDOWN,
  csv: CSV,
  ndjson: NDJSON,
  html: HTML,
  'html-static': HTML_STATIC,
  'cyclonedx-vex': CYCLONEDX_VEX,
};
